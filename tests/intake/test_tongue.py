from __future__ import annotations

from pathlib import Path

import pytest

from demarche.intake import IntakeError
from demarche.intake.plain import split_address
from demarche.intake.tongue import check, foreign

FOREIGN = {
    "fr": "Le président a déclaré lundi que le gouvernement retirera ses troupes de la région avant la fin de l'année.",
    "es": "El presidente anunció el lunes la retirada de las tropas de la frontera norte.",
    "de": "Der Präsident hat am Montag den Abzug der Truppen angekündigt.",
    "ru": "Президент заявил в понедельник о выводе войск из региона.",
    "zh": "总统周一宣布从该地区撤出全部军队，并呼吁各方保持克制，尽快恢复谈判。",
    "ar": "أعلن الرئيس يوم الاثنين سحب القوات من المنطقة الحدودية.",
}


@pytest.mark.parametrize("code", FOREIGN)
def test_other_languages_are_told(code: str) -> None:
    assert foreign(FOREIGN[code]) == code


@pytest.mark.parametrize(
    "text",
    [
        "Niger cancels pact",
        "PRESIDENT SIGNS DEAL WITH REBELS IN JUBA AFTER NIGHT OF TALKS",
        "Mohamed Bazoum, Abdourahamane Tchiani, Amadou Abdramane, Salifou Mody",
        "“Le Monde” reported that the minister had said “non” to Washington on Monday.",
        "2024: 16, 17, 18",
        "",
    ],
)
def test_english_names_and_short_texts_pass(text: str) -> None:
    assert foreign(text) is None


def test_the_error_names_the_language_and_the_remedy() -> None:
    with pytest.raises(IntakeError) as caught:
        check(FOREIGN["fr"], "rapport.txt")
    assert str(caught.value) == "rapport.txt: not in English (it looks like French) (translate it first; only English is read)"


def test_every_english_article_of_the_corpus_passes(shared: Path) -> None:
    found = sorted(shared.glob("data/articles/dev/*.txt"))
    assert len(found) > 50
    for path in found:
        text = path.read_text(encoding="utf-8")
        assert foreign(text[split_address(text)[1] :]) is None, path
