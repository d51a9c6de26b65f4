"""Collections for the tests: texts of our own, and what a collection gave."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from demarche.intake import Document, Fields, IntakeError
from demarche.intake.collection import documents

NIGER = "Niger cancelled its military accord with the United States on Saturday, the junta said in an address on state television."
KENYA = "Kenya's president withdrew a tax bill on Wednesday, a day after police fired on crowds outside parliament in Nairobi."
GERMAN = "Der Präsident hat am Montag angekündigt, dass die Truppen des Landes bis zum Ende des Jahres aus der Region abgezogen werden sollen."


def found(*inputs: Path | str, fields: Fields | None = None, fetch: bool = False) -> tuple[list[Document], list[IntakeError]]:
    """The documents and the errors that the inputs give."""
    both = list(documents([str(one) for one in inputs], fields or Fields(), fetch=fetch))
    return [one for one in both if isinstance(one, Document)], [one for one in both if isinstance(one, IntakeError)]


def ends(errors: Sequence[IntakeError | Document]) -> list[str]:
    """Where each lies, without the folders."""
    return [one.where.rpartition("/")[2] for one in errors]
