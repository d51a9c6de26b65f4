"""Check the gazetteer as it ships, without its sources: `python -m demarche.knowledge.check_gazetteer`.

`tables/places.csv` is read as it is, so it cannot be stale; its rows are checked here. `tables/geonames.bin` is rebuilt from GeoNames by
`training/knowledge/build_gazetteer.py`; here its contents are compared with the digest written when it was built.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from demarche.knowledge.atlas import Atlas, digest, unpack
from demarche.knowledge.gazetteer import TABLES
from demarche.knowledge.place_table import Toponym, read_table


def problems(tables: Path = TABLES) -> Iterator[str]:
    """What is wrong with the files, one line each."""
    packed, table = tables / "geonames.bin", tables / "places.csv"
    written, sections = unpack(packed.read_bytes())
    if digest(sections) != written:
        yield f"{packed}: the contents do not fit their digest; rebuild it with training/knowledge/build_gazetteer.py"
    places = [place for _, place in read_table(table) if place.match == "name"]
    yield from (f"{table}: {problem}" for problem in (*_twice(places), *_unknown(places, Atlas.read(packed))))


def _twice(places: list[Toponym]) -> Iterator[str]:
    seen: set[object] = set()
    for place in places:
        for sign in filter(None, (place.geonames_id, (place.name, place.country, place.kind))):
            if sign in seen:
                yield f"{place.name} is listed twice; remove one row"
            seen.add(sign)


def _unknown(places: list[Toponym], atlas: Atlas) -> Iterator[str]:
    countries = {place.country for place in places if place.kind == "country"}
    for place in places:
        if place.country and place.country not in countries:
            yield f"{place.name} lies in {place.country}, which has no row of its own; correct the code or add the country"
        if place.kind == "admin1" and place.admin1 and (place.country, place.admin1) not in atlas.areas:
            yield f"{place.name} has the admin1 {place.admin1!r}, which GeoNames does not list in {place.country}; correct it"


def main() -> int:
    """Print the problems; status 1 when there are any."""
    found = list(problems())
    print("\n".join(found), file=sys.stderr if found else sys.stdout, end="\n" if found else "")
    return int(bool(found))


if __name__ == "__main__":
    raise SystemExit(main())
