"""The codes of other projects for our types, sectors and countries: reviewed tables, read once."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from demarche.archive.exports.tally import NotHeld
from demarche.knowledge import tables
from demarche.records import Event, Party

VERBAL_COOPERATION, MATERIAL_COOPERATION, VERBAL_CONFLICT, MATERIAL_CONFLICT = range(1, 5)
QUADS = {"verbal-coop": VERBAL_COOPERATION, "material-coop": MATERIAL_COOPERATION, "verbal-conf": VERBAL_CONFLICT, "material-conf": MATERIAL_CONFLICT}
"""The numbers of the quad classes, the same in PLOVER and GDELT."""


class Cameo(NamedTuple):
    """A CAMEO code with its title, and its score on the Goldstein scale."""

    code: str
    text: str
    goldstein: float

    @property
    def root(self) -> str:
        return self.code[:2]

    @property
    def base(self) -> str:
        return self.code[:3]

    @property
    def quad(self) -> int:
        """GDELT's class of the code, which goes by its root alone."""
        root = int(self.root)
        if root <= 5:
            return VERBAL_COOPERATION
        return MATERIAL_COOPERATION if root <= 8 else VERBAL_CONFLICT if root <= 13 else MATERIAL_CONFLICT


class Country(NamedTuple):
    """What other projects call a country; null where they have no code for it."""

    iso_numeric: int | None = None
    cow: int | None = None
    fips: str | None = None
    acled_region: str | None = None
    name: str | None = None


class Sector(NamedTuple):
    """What other projects call a sector. `acled_inter` is the type of actor it is when it does violence, `acled_target` what it is as a victim."""

    icews: str
    acled_inter: int | None
    acled_target: str | None


class AcledType(NamedTuple):
    """Disorder, type and sub-type of an ACLED event."""

    disorder: str
    type: str
    sub_type: str


def cameo(event: Event) -> Cameo:
    """The CAMEO code of an event by type and mode, and by whether an army or a state as such acts where CAMEO asks for that; NotHeld without one."""
    codes = _cameo()
    sectors = ("MIL", "") if any(map(_is_army, event.actor)) else ("",)
    keys = [(event.type, mode, sector) for mode in (event.mode or "", "") for sector in sectors]
    found = next((codes[key] for key in keys if key in codes), None)
    if found is None:
        raise NotHeld(f"events of type {event.type}, which CAMEO does not have")
    return found


def country(code: str | None) -> Country:
    """The codes and the name of the country with an alpha-3 code; all null for another code or none."""
    return _countries().get(code or "", Country())


def sector(code: str | None) -> Sector | None:
    """What other projects call a sector; None for an unknown one."""
    return _sectors().get(code or "")


def acled(type: str, mode: str | None, target: str | None) -> AcledType | None:
    """The ACLED type of violence or protest against a `target` that is armed, civilian or unknown (None); None when it is no ACLED event."""
    found = _acled()
    return found.get((type, mode or "", "any")) or found.get((type, mode or "", target or ""))


def is_acled(type: str, mode: str | None) -> bool:
    """Whether events of that type and mode can be ACLED events."""
    return any(key[:2] == (type, mode or "") for key in _acled())


def target(party: Party) -> str | None:
    """Whether a victim is armed or civilian; None when the report does not tell."""
    found = sector(party.sector)
    return found.acled_target if found else None


def _is_army(party: Party) -> bool:
    """Whether a party is an army, or a state as such, which fights by its army."""
    return party.sector == "MIL" or (party.sector is None and party.country not in (None, "IGO"))


@cache
def _cameo() -> dict[tuple[str, str, str], Cameo]:
    scale = {row["cameo"]: float(row["goldstein"]) for row in tables.read("goldstein")}
    return {(row["type"], row["mode"], row["sector"]): Cameo(row["cameo"], row["text"], scale[row["cameo"]]) for row in tables.read("cameo")}


@cache
def _countries() -> dict[str, Country]:
    names = {row["code"]: row["name"] for row in tables.read("countries")}
    return {
        row["code"]: Country(_whole(row["iso_numeric"]), _whole(row["cow"]), row["fips"] or None, row["acled_region"] or None, names.get(row["code"]))
        for row in tables.read("country_codes")
    }


@cache
def _sectors() -> dict[str, Sector]:
    return {row["sector"]: Sector(row["icews"], _whole(row["acled_inter"]), row["acled_target"] or None) for row in tables.read("sector_codes")}


@cache
def _acled() -> dict[tuple[str, str, str], AcledType]:
    return {
        (row["type"], row["mode"], row["target"]): AcledType(row["disorder_type"], row["event_type"], row["sub_event_type"]) for row in tables.read("acled")
    }


def _whole(text: str) -> int | None:
    return int(text) if text else None
