import pytest

from demarche.knowledge.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.load()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Agadez", ("Agadez", "NER", "seat")),
        ("the city of Mosul", ("Mosul", "IRQ", "seat")),
        ("Saint Petersburg", ("Saint Petersburg", "RUS", "seat")),
        ("KHARTOUM", ("Khartoum", "SDN", "capital")),
        ("Ivory Coast", ("Ivory Coast", "CIV", "country")),
        ("Côte d’Ivoire", ("Ivory Coast", "CIV", "country")),
        ("Nigerien", ("Niger", "NER", "country")),
        ("U.S.", ("United States", "USA", "country")),
        ("Strait of Hormuz", ("Strait of Hormuz", None, "point")),
        ("Gaza", ("Gaza Strip", "PSE", "region")),
        ("the Sahel", ("Sahel", None, "region")),
        ("Calif.", ("California", "USA", "admin1")),
        ("Borno state", ("Borno", "NGA", "admin1")),
        ("Rapides Parish", ("Rapides Parish", "USA", "admin2")),
    ],
)
def test_candidates(gazetteer, name, found):
    assert found in [(place.name, place.country, place.kind) for place in gazetteer.candidates(name)]


def test_kinds_have_a_precision(gazetteer):
    assert {place.precision for name in ("Georgia", "Agadez", "Kent", "Tahrir Square", "Sahel") for place in gazetteer.candidates(name)} <= {
        "point",
        "town",
        "admin1",
        "country",
        "region",
    }


def test_a_reviewed_row_replaces_the_compiled_one(gazetteer):
    assert [(place.lat, place.lon) for place in gazetteer.candidates("California") if place.kind == "admin1"] == [(37.25, -119.75)]


def test_misspelt_names_are_the_last_resort(gazetteer):
    assert {place.match for place in gazetteer.candidates("Mogadisho")} <= {"fuzzy", "alias"}
    assert "Kabul" in {place.name for place in gazetteer.candidates("Kabull")}
    assert all(place.match == "name" or place.match == "alias" for place in gazetteer.candidates("Kabul"))


@pytest.mark.parametrize("name", ["West", "northern", "", "...", "Xqzzjvw", "Republic"])
def test_what_is_no_name(gazetteer, name):
    assert gazetteer.candidates(name) == []


def test_country_points(gazetteer):
    (niger,) = [place for place in gazetteer.candidates("Niger") if place.kind == "country"]
    assert (niger.lat, niger.lon, niger.geonames_id, niger.precision) == (16.0, 8.0, 2440476, "country")


def test_own_places(tmp_path):
    path = tmp_path / "places.csv"
    path.write_text("name,lat,lon,country,aliases\nPost 7,13.9,8.1,NER,Checkpoint Seven|Paris\n", "utf-8")
    own = Gazetteer.load(path)
    (place,) = own.candidates("checkpoint seven")
    assert (place.name, place.country, place.precision, place.user) == ("Post 7", "NER", "point", True)
    assert [place.name for place in own.candidates("Paris")] == ["Post 7"]
    assert Gazetteer.load().candidates("Post 7") == []
