import shutil

from demarche.knowledge.check_gazetteer import problems
from demarche.knowledge.gazetteer import TABLES


def test_the_packaged_tables_are_sound():
    assert list(problems()) == []


def test_problems_are_told(tmp_path):
    for name in ("geonames.bin", "places.csv"):
        shutil.copy(TABLES / name, tmp_path)
    with (tmp_path / "places.csv").open("a", encoding="utf-8") as file:
        file.write("Niger,,,NER,,16,8,country,,2440476\nNowhere,,,NER,Nosuch,1,2,admin1,,\nElsewhere,,,QQQ,,1,2,point,,\n")
    told = "\n".join(problems(tmp_path))
    assert "Niger is listed twice" in told and "admin1 'Nosuch'" in told and "lies in QQQ" in told
