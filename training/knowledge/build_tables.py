"""Rewrite facts of the shared sources into the tables of who held which office and which parties and parliaments there are.

    python training/knowledge/build_tables.py --shared ../shared

Writes `officeholders.tsv.gz` (Wikidata officeholders, Wikidata leaders, REIGN leaders, CIA World Factbook, and the reviewed
`leaders.csv`, which overrides) and `factbook_groups.csv` (parties and parliaments of the CIA World Factbook) into
`src/demarche/knowledge/tables`. The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import calendar
import csv
import datetime as dt
import gzip
import html
import io
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz.fuzz import ratio

from demarche.knowledge import tables
from demarche.knowledge.countries import Countries, find_countries
from demarche.knowledge.offices import HEADS, office_of
from demarche.knowledge.phrases import fold, split
from demarche.knowledge.spellings import parts

SINGLE = HEADS | {"foreign minister", "defence minister", "interior minister", "finance minister", "army chief", "speaker"}
KEPT = re.compile(
    r"minister$|^(vice )?president$|^monarch$|^supreme leader$|^leader$|^pope$|^crown prince$|^army chief$|^central bank governor$|^chief justice$"
    r"|^attorney general$|^speaker$|^national security adviser$|^chief minister of|^governor of|^secretary of|^deputy prime minister$|spokes|press secretary"
)
DROPPED = re.compile(
    r"without portfolio|^deputy (?!prime minister)|parliamentary|^state minister|^minister of state|governor of (the )?(bank|province)|permanent"
)
GOVERNORS = {"USA", "NGA", "MEX", "BRA", "ARG"}
SPELLING = 70  # two spellings of one name, begun in office on one day (Tiani, Tchiani)
SINCE = re.compile(r"([^;<]*?)\s*\(since (?:(\d{1,2}) )?(?:(\w+) )?(\d{4})\)")
# Territories and realms whose chief of state is another country's.
DEPENDENT = frozenset(
    re.findall(
        "...",
        "ABWAIAALAASMBLMBMUCOKCUWCYMFLKFROGGYGIBGRLGUFGUMHKGIMNJEYMACMAFMNPMSRNCLNFKNIUPCNPRIPYFSHNSPMSXMTCATKLVGBVIRWLF"
        "ANDATGAUSBHSBLZCANGRDJAMKNALCANZLPNGSLBTUVVCT",
    )
)
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}


@dataclass(frozen=True)
class Row:
    country: str
    office: str
    person: str
    start: str
    end: str
    id: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(sorted(fold(self.person).lower().replace("-", " ").split()))


def day(value: str, last: bool = False) -> str:
    """A full date from YYYY, YYYY-MM or YYYY-MM-DD; the first or last day that fits."""
    parts = [int(part) for part in value.split("-") if part.isdigit()]
    if not parts:
        return ""
    year, month = parts[0], parts[1] if len(parts) > 1 else (12 if last else 1)
    number = parts[2] if len(parts) > 2 else (calendar.monthrange(year, month)[1] if last else 1)
    return f"{year:04d}-{month:02d}-{number:02d}"


def officeholders(folder: Path) -> Iterator[Row]:
    """Ministers, heads and chiefs from the Wikidata officeholder files."""
    labels = {row["position_qid"]: row["label"] for row in csv.DictReader((folder / "positions.csv").open(encoding="utf-8"))}
    for name in ("officeholders.csv", "officeholders_supplement.csv"):
        for item in csv.DictReader((folder / name).open(encoding="utf-8")):
            office = office_of(national(item["position"], labels.get(item["position_qid"], ""))) or ""
            if not wanted(item["country_iso3"], office) or not (item["start"] or item["end"]):
                continue
            yield Row(item["country_iso3"], office, clean(item["person"]), day(item["start"]), day(item["end"], last=True), item["person_qid"])


def national(position: str, label: str) -> str:
    """The title as it tells the office: the full one where a bare "President" presides over no country."""
    bare = office_of(position)
    if bare not in HEADS or not label or label.lower() == position.lower() or find_countries(label):
        return position
    return label


def wanted(country: str, office: str) -> bool:
    if DROPPED.search(office) or not KEPT.search(office):
        return False
    return not office.startswith("governor of") or country in GOVERNORS


def clean(person: str) -> str:
    return re.sub(r"\s*\([^)]*\)|,? (King |Queen |Grand Duke |Prince |Emir |Sultan )?of .*$", "", unicodedata.normalize("NFC", person)).strip()


def wikidata_leaders(folder: Path) -> Iterator[Row]:
    """Heads of state and government as of 2021-22, by year."""
    for name in ("wikidata.csv", "wikipedia.csv"):
        for item in csv.DictReader((folder / name).open(encoding="utf-8")):
            code, office = code_of(item["country"]), office_of((item.get("positionLabel") or item.get("positionlabel") or "").split(" of ")[0])
            person = clean(item.get("officeholderLabel") or item.get("officeholderlabel") or "")
            if code and office in HEADS and person and item["start_year"]:
                yield Row(code, office, person, day(item["start_year"]), day(item["end_year"], last=True), item["officeholder"])


def reign(folder: Path) -> Iterator[Row]:
    """Effective leaders since 1945."""
    names = {row["ccode"]: row["country"] for row in csv.DictReader((folder / "electionlist_3_21.csv").open(encoding="utf-8", errors="replace"))}
    for item in csv.DictReader((folder / "leaderlist_3_21.csv").open(encoding="utf-8", errors="replace")):
        code = code_of(names.get(item["ccode"], "")) or (item["stateabb"] if item["stateabb"] in Countries.load() else None)
        if code and item["syear"] and item["leader"].strip():
            start = day(f"{item['syear']}-{item['smonth'] or 1}-{item['sdate'] or 1}")
            end = day(f"{item['eyear']}-{item['emonth']}" if item["emonth"] else item["eyear"], last=True)
            yield Row(code, "leader", clean(item["leader"]), start, end)


def code_of(name: str) -> str | None:
    found = find_countries(name.replace("_", " "))
    return found[0][2] if found else None


def factbook_pages(folder: Path) -> Iterator[tuple[str, dict[str, object]]]:
    for path in sorted(folder.glob("*/*.json")):
        government = json.loads(path.read_text(encoding="utf-8")).get("Government")
        names = government.get("Country name", {}) if government else {}
        texts = [text_of(names.get(key)) for key in ("conventional short form", "conventional long form")]
        code = next((code for text in texts if text and (code := code_of(text))), None)
        if government and code:
            yield code, government


def text_of(node: object) -> str:
    text = node.get("text", "") if isinstance(node, dict) else ""
    return html.unescape(re.sub(r"<[^>]+>", "\n", str(text))).replace("\xa0", " ")


def factbook_heads(folder: Path) -> Iterator[Row]:
    """Chiefs of state and heads of government with the day they took office."""
    for code, government in factbook_pages(folder):
        branch = government.get("Executive branch")
        if not isinstance(branch, dict):
            continue
        for field in ("head of government",) if code in DEPENDENT else ("chief of state", "head of government"):
            for found in SINCE.finditer(text_of(branch.get(field))):
                yield from head_row(code, field, found)


def head_row(code: str, field: str, found: re.Match[str]) -> Iterator[Row]:
    title, name = title_and_name(found.group(1))
    office = office_of(title.removeprefix("CNSP ")) or ""
    office = office if office in HEADS else ("prime minister" if field == "head of government" else "leader")
    month = MONTHS.get((found.group(3) or "").lower(), 1)
    if name:
        yield Row(code, office, name, day(f"{found.group(4)}-{month}-{found.group(2) or 1}"), "")


TITLES = re.compile(
    r"\b(President|Prime Minister|King|Queen|Emir|Amir|Sultan|Chancellor|Premier|Supreme Leader|Captain|General|Gen\.|Lieutenant|Colonel|Governor-General"
    r"|Leader|Pope|Prince|Chairman|Chairperson|Grand Duke|Sheikh|Dr\.|Sir|Dame|Taoiseach|Commission|Republic|Council|Ministers|Government|Homeland"
    r"|\(CNSP\)|Marshal|State|Chief Executive|Sheikh|Major|Field)\b\.?"
)


def title_and_name(text: str) -> tuple[str, str]:
    """Cut "Prime Minister Keir STARMER" into title and name, the capitals of the surname lowered."""
    last = max((found.end() for found in TITLES.finditer(text)), default=0)
    name = " ".join(lower(word) for word in re.sub(r"\(.*?\)", "", text[last:]).replace(",", " ").split())
    return text[:last].strip(), name


def lower(word: str) -> str:
    roman = re.fullmatch(r"[IVX]+\.?", word)
    return word if roman or not word.isupper() or len(word) < 3 else "-".join(part.capitalize() for part in word.split("-"))


def reviewed() -> Iterator[Row]:
    """The hand-kept leaders of this project."""
    for item in tables.read("leaders"):
        yield Row(item["country"], item["office"], item["person"], item["from"], item["to"])


def aliases() -> dict[tuple[str, str], tuple[str, ...]]:
    """Other names and spellings of the reviewed leaders."""
    return {(item["country"], item["person"]): tuple(split(item["aliases"])) for item in tables.read("leaders") if item["aliases"]}


def line(row: Row, name: str) -> str:
    """A row of the packed table, found by the words of `name`."""
    return "\t".join((row.country, row.office, row.person, row.start, row.end, row.id, " ".join(parts(name))))


def merge(*sources: Iterable[Row]) -> list[Row]:
    """All rows, an earlier source winning where two tell of the same tenure of the same person."""
    kept: dict[str, list[Row]] = defaultdict(list)
    ids: dict[tuple[str, tuple[str, ...]], str] = {}
    for rows in sources:
        for row in rows:
            if not row.key:
                continue
            if row.id:
                ids.setdefault((row.country, row.key), row.id)
            if row.start[:4] >= "1945" or row.end[:4] >= "1945":
                kept[row.country] += [] if any(same_tenure(row, other) or intrudes(row, other) for other in kept[row.country]) else [row]
    everything = [replace(row, id=row.id or ids.get((row.country, row.key), "")) for rows in kept.values() for row in close(rows)]
    return sorted(set(everything), key=lambda row: (row.country, row.office, row.start, row.person, row.end, row.id))


def same_tenure(row: Row, other: Row) -> bool:
    """Whether two rows tell of one person in one office at one time."""
    within = row.start[:4] >= other.start[:4] and other.office in HEADS
    alike = row.office == other.office or (row.office == "leader" and within)
    names = set(row.key) <= set(other.key) or set(other.key) <= set(row.key)
    overlap = (row.start or "0") <= (other.end or "9") and (other.start or "0") <= (row.end or "9")
    began = row.office in HEADS and row.start == other.start and ratio(row.person, other.person) > SPELLING
    return alike and overlap and (names or began)


def intrudes(row: Row, other: Row) -> bool:
    """Whether a row puts somebody into an office of one holder while an earlier source has another there."""
    single = row.office != "leader" and (row.office in HEADS or (row.office in SINGLE and not other.id))  # without an id: from the reviewed leaders
    return single and row.office == other.office and other.start < row.start < (other.end or "9")


def close(rows: list[Row]) -> Iterator[Row]:
    """Give an open tenure of a single-holder office the day before the next holder's start as its end."""
    starts: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        starts[row.office].append(row.start)
    for row in rows:
        later = min((s for s in starts[row.office] if row.start and s > row.start), default="")
        if row.end == "" and later and row.office in SINGLE:
            row = replace(row, end=(dt.date.fromisoformat(later) - dt.timedelta(1)).isoformat())
        yield row


PARTY = re.compile(r"\b(part(y|ies)|other|none|note|coalition|alliances?|opposition|major|minor|registered|defunct)\b[^:]*:$", re.I)
WORDS = re.compile(
    r"party|parti\b|partido|movement|front|alliance|union|congress|league|democra|liberal|socialis|republic|people|national|rally|progress|coalition|labou?r"
    r"|green|communis|justice|reform|freedom|unity|patriot|christian|independen|forum|assembly|bloc|development|change|popular|workers", re.I
)  # fmt: skip


def factbook_groups(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Parties with their acronyms, and parliaments."""
    for code, government in factbook_pages(folder):
        for line in text_of(government.get("Political parties")).split("\n"):
            yield from party(code, line.strip(" ;-*\u2022"))
        branch = government.get("Legislative branch")
        if isinstance(branch, dict):
            yield from parliament(code, text_of(branch.get("legislature name")))


def party(code: str, line: str) -> Iterator[tuple[str, str, str, str]]:
    bare = re.sub(r"\s*[\[(].*?[\])]", "", line).strip()
    name, *aliases = (part.strip(' .;,"') for part in re.split(r"\bor\b|;", bare))
    if PARTY.search(line) or len(name) < 5 or len(name) > 60 or not name[0].isupper() or not WORDS.search(name):
        return
    good = [alias for alias in aliases if 2 < len(alias) < 40 and alias[0].isupper()]
    yield name, "|".join(dict.fromkeys(good)), code, "PTY"


def parliament(code: str, text: str) -> Iterator[tuple[str, str, str, str]]:
    own = re.search(r"\(([^)]+)\)", text)
    for name in [re.sub(r"\(.*?\)", "", text).strip()] + ([own.group(1)] if own else []):
        if 4 < len(name) < 50 and not GENERIC.fullmatch(name):
            yield name, "", code, "LEG"


GENERIC = re.compile(
    r"(the )?(national |federal |legislative |general |supreme )*(parliament|assembly|congress|council|legislature|parlement|house|senate)( of the republic)?"
    r"|assemblee nationale|congreso.*|asamblea.*|parlament.*|assembl.*|national assembly.*|congress.*|senado.*",
    re.I,
)


def write_lines(path: Path, lines: Iterable[str]) -> None:
    data = "".join(line + "\n" for line in lines).encode("utf-8")
    path.write_bytes(gzip.compress(data, 9, mtime=0) if path.suffix == ".gz" else data)


def write(path: Path, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    write_lines(path, out.getvalue().splitlines())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, required=True, help="the folder that holds data/actors")
    folder = parser.parse_args().shared / "data" / "actors"
    rows = merge(
        reviewed(),
        officeholders(folder / "officeholders"),
        wikidata_leaders(folder / "world-leaders-2021"),
        factbook_heads(folder / "factbook"),
        reign(folder / "reign"),
    )
    called = aliases()
    lines = (line(row, name) for row in rows for name in (row.person, *called.get((row.country, row.person), ())))
    write_lines(tables.FOLDER / "officeholders.tsv.gz", ["\t".join(("country", "office", "person", "from", "to", "id", "words")), *lines])
    groups = sorted(set(factbook_groups(folder / "factbook")), key=lambda g: (g[2], g[3], g[0]))
    write(tables.FOLDER / "factbook_groups.csv", ("name", "aliases", "country", "sector"), groups)
    print(f"{len(rows)} tenures, {len(groups)} parties and parliaments")


if __name__ == "__main__":
    main()
