"""Intensity over time: the scores of a ledger by month or year, as numbers, as a chart of characters and as a drawing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from xml.sax.saxutils import escape

from demarche.archive.ledger import Entry

BY = ("month", "year")
MONTHS = 60
"""Longer stretches than so many months go by year, unless months are asked for."""

ROWS = 6
"""Lines of a chart of characters above its line, and as many below."""

_WIDE, _HIGH, _LEFT, _RIGHT, _TOP, _BOTTOM = 960, 480, 70, 20, 50, 60
_COOPERATION, _CONFLICT, _MEAN, _INK = "#2a7f62", "#b3392f", "#222222", "#444444"
_LABEL = 54
"""The least distance of two labels of the drawing, in pixels."""


class PlotError(Exception):
    """A drawing that cannot be made: what is missing, and what to do."""


@dataclass(frozen=True, slots=True)
class Period:
    """A month (2024-03) or year: the entries that count, the mean and sum of their scores, and the sums of those above and below nought."""

    name: str
    entries: int
    mean: float
    sum: float
    cooperation: float
    conflict: float

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Series:
    """Every period from the first to the last with an entry, empty ones too; `left_out` counts entries whose date does not tell the period."""

    by: str
    periods: tuple[Period, ...]
    left_out: int

    def to_dict(self) -> dict[str, Any]:
        return {"by": self.by, "left_out": self.left_out, "periods": [period.to_dict() for period in self.periods]}


def series(entries: Iterable[Entry], by: str | None = None, most: int = MONTHS) -> Series:
    """The scores of the entries that count by "month" or "year"; None takes months unless there were more than `most`. ValueError for another `by`."""
    if by not in (None, *BY):
        raise ValueError(f"intensity goes by {' or '.join(BY)}, not by {by!r}")
    counted = [entry for entry in entries if entry.counts]
    if by is None:
        months = [at for entry in counted if (at := _index(entry, "month")) is not None]
        fine = len(months) * 2 >= len(counted) and (not months or max(months) - min(months) < most)
        by = "month" if fine else "year"
    scores: dict[int, list[float]] = {}
    for entry in counted:
        if (at := _index(entry, by)) is not None:
            scores.setdefault(at, []).append(entry.event.intensity)
    stretch = range(min(scores), max(scores) + 1) if scores else range(0)
    return Series(by, tuple(_period(_name(at, by), scores.get(at, ())) for at in stretch), len(counted) - sum(map(len, scores.values())))


def drawn(found: Series, width: int = 80) -> str:
    """The series as lines of characters at most `width` wide: the sum of cooperation above the line, that of conflict below it."""
    periods = _gathered(found.periods, max(1, (width - 8) // 2))
    if not periods:
        return ""
    step = min(8, (width - 8) // len(periods))
    top = max(max(p.cooperation for p in periods), -min(p.conflict for p in periods)) or 1.0
    up, down = ([round(2 * ROWS * value / top) for value in values] for values in ([p.cooperation for p in periods], [-p.conflict for p in periods]))
    bar = step - (step > 1)
    lines = []
    for row in range(ROWS, 0, -1):
        label = f"{top:+.0f}" if row == ROWS else ""
        lines.append(f"{label:>6} │" + "".join(_block(height - 2 * (row - 1), "▄") * bar + " " * (step - bar) for height in up))
    lines.append(f"{'0':>6} ┼" + "─" * (step * len(periods)))
    for row in range(1, ROWS + 1):
        label = f"{-top:+.0f}" if row == ROWS else ""
        lines.append(f"{label:>6} │" + "".join(_block(height - 2 * (row - 1), "▀") * bar + " " * (step - bar) for height in down))
    lines.append(" " * 8 + _axis([period.name for period in periods], step, width - 8))
    if step >= 6:
        lines += [f"{name:>6}  " + "".join(f"{_number(getattr(p, name)) if p.entries else '':<{step}}" for p in periods) for name in ("sum", "mean")]
    return "".join(line.rstrip() + "\n" for line in lines)


def svg(found: Series, title: str) -> str:
    """The series as an SVG drawing; the same series gives the same bytes."""
    wide, high = _WIDE - _LEFT - _RIGHT, _HIGH - _TOP - _BOTTOM
    top = _round_up(max([1.0, *(p.cooperation for p in found.periods), *(-p.conflict for p in found.periods)]))
    step = wide / max(1, len(found.periods))

    def y(value: float) -> float:
        return _TOP + high * (top - value) / (2 * top)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDE}" height="{_HIGH}" viewBox="0 0 {_WIDE} {_HIGH}" font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDE}" height="{_HIGH}" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="24" font-size="16" fill="{_INK}">{escape(_printable(title))}</text>',
        _legend(found.by),
    ]
    for tick in (-top, -top / 2, 0.0, top / 2, top):
        parts.append(f'<line x1="{_LEFT}" y1="{y(tick):.1f}" x2="{_WIDE - _RIGHT}" y2="{y(tick):.1f}" stroke="{"#888888" if tick == 0 else "#e2e2e2"}"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{y(tick) + 4:.1f}" text-anchor="end" fill="{_INK}">{tick:+g}</text>'.replace("+0<", "0<"))
    mean = []
    every = max(1, round(_LABEL / step + 0.5))
    for at, period in enumerate(found.periods):
        left, bar = _LEFT + step * (at + 0.1), step * 0.8
        told = f"<title>{period.name}: {period.entries} entries, mean {period.mean:+.2f}, sum {period.sum:+.1f}</title>"
        for value, colour in ((period.cooperation, _COOPERATION), (period.conflict, _CONFLICT)):
            if value:
                box = f'y="{y(max(value, 0)):.1f}" width="{bar:.1f}" height="{abs(y(value) - y(0)):.1f}"'
                parts.append(f'<rect x="{left:.1f}" {box} fill="{colour}">{told}</rect>')
        if period.entries:
            mean.append((left + bar / 2, y(period.mean)))
        if at % every == 0:
            parts.append(f'<text x="{left + bar / 2:.1f}" y="{_HIGH - _BOTTOM + 20}" text-anchor="middle" fill="{_INK}">{period.name}</text>')
    parts += [f'<circle cx="{x:.1f}" cy="{at:.1f}" r="3" fill="{_MEAN}"/>' for x, at in mean]
    if not found.periods:
        parts.append(f'<text x="{_LEFT + wide / 2:.1f}" y="{y(0) - 10:.1f}" text-anchor="middle" fill="{_INK}">nothing dated that counts</text>')
    return "\n".join([*parts, "</svg>", ""])


def png(found: Series, title: str) -> bytes:
    """The same drawing as a PNG image; PlotError when what makes it is not installed."""
    try:
        import cairosvg
    except ImportError:
        raise PlotError('a PNG needs cairosvg: pip install "demarche[plot]" (or give a file that ends in .svg)') from None
    except OSError as error:
        raise PlotError(f"a PNG needs the cairo library: {error} (install cairo, on Debian libcairo2, or give a file that ends in .svg)") from None
    return bytes(cairosvg.svg2png(bytestring=svg(found, title).encode(), output_width=2 * _WIDE))


def _index(entry: Entry, by: str) -> int | None:
    """The number of the period that the entry's date tells; None when it is wider than one."""
    date = entry.event.date
    start, end = (date.start, date.end) if date else (None, None)
    if start is None or end is None:
        start = end = start or end
    if start is None or end is None:
        return None
    first, last = (_number_of(day, by) for day in (start, end))
    return first if first == last else None


def _number_of(day: dt.date, by: str) -> int:
    return day.year if by == "year" else day.year * 12 + day.month - 1


def _name(at: int, by: str) -> str:
    return f"{at:04}" if by == "year" else f"{at // 12:04}-{at % 12 + 1:02}"


def _period(name: str, scores: Sequence[float]) -> Period:
    total, above = sum(scores), sum(score for score in scores if score > 0)
    return Period(name, len(scores), round(total / len(scores), 3) if scores else 0.0, round(total, 3), round(above, 3), round(total - above, 3))


def _gathered(periods: Sequence[Period], most: int) -> list[Period]:
    """Neighbouring periods taken together until there are at most `most`, named by the first of them."""
    size = -(-len(periods) // most)
    return [_together(periods[at : at + size]) for at in range(0, len(periods), size)] if periods else []


def _together(periods: Sequence[Period]) -> Period:
    count, total = sum(p.entries for p in periods), sum(p.sum for p in periods)
    sums = (sum(p.cooperation for p in periods), sum(p.conflict for p in periods))
    return Period(periods[0].name, count, round(total / count, 3) if count else 0.0, round(total, 3), *sums)


def _block(height: int, half: str) -> str:
    return "█" if height >= 2 else half if height == 1 else " "


def _axis(names: Sequence[str], step: int, width: int) -> str:
    """Names under their columns, as many as there is room for."""
    every = -(-(max(map(len, names)) + 1) // step)
    fitting = (name for at, name in enumerate(names) if at % every == 0 and at * step + len(name) <= width)
    return "".join(f"{name:<{step * every}}" for name in fitting)


def _number(value: float) -> str:
    return f"{value:+.1f}" if value else "0"


def _round_up(value: float) -> float:
    """The next of 1, 2, 4, 5, 10 times a power of ten."""
    power = 1.0
    while power * 10 < value:
        power *= 10
    return next((power * step for step in (1, 2, 4, 5) if power * step >= value), power * 10)


def _legend(by: str) -> str:
    def entries() -> Iterator[str]:
        marks = ((_COOPERATION, f"cooperation, sum a {by}"), (_CONFLICT, f"conflict, sum a {by}"), (_MEAN, f"mean score a {by}"))
        for at, (colour, label) in enumerate(marks):
            x = _LEFT + at * 190
            yield f'<rect x="{x}" y="{_HIGH - 22}" width="10" height="10" fill="{colour}"/>'
            yield f'<text x="{x + 16}" y="{_HIGH - 13}" fill="{_INK}">{label}</text>'

    return "\n".join(entries())


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)
