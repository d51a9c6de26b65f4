import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demarche.language.interval import Interval, month_add

DAYS = st.dates(dt.date(1600, 1, 1), dt.date(2300, 12, 31))
UNITS = st.sampled_from(["day", "week", "weekend", "month", "quarter", "half", "year", "decade", "century"])


@st.composite
def intervals(draw):
    start, end = sorted((draw(DAYS), draw(DAYS)))
    return Interval(draw(st.sampled_from([start, start, None])), draw(st.sampled_from([end, end, None])))


@given(intervals(), intervals())
def test_the_intersection_lies_in_both_and_the_hull_covers_both(a, b):
    both, hull = a.intersect(b), a.hull(b)
    assert hull.covers(a) and hull.covers(b)
    assert (both is not None) == a.meets(b) == b.meets(a)
    if both:
        assert a.covers(both) and b.covers(both) and hull.covers(both)


@given(intervals(), intervals(), intervals())
def test_hull_and_intersection_do_not_depend_on_order(a, b, c):
    assert _ends(a.hull(b)) == _ends(b.hull(a))
    assert _ends(a.intersect(b)) == _ends(b.intersect(a))
    assert _ends(a.hull(b).hull(c)) == _ends(a.hull(b.hull(c)))


@given(intervals())
def test_an_interval_meets_covers_and_equals_itself(a):
    assert a.covers(a) and a.meets(a) and a.intersect(a) == a == a.hull(a)


@given(DAYS, UNITS, st.integers(-15, 15))
def test_shifting_there_and_back_is_nothing(day, unit, count):
    whole = Interval.containing(day, unit)
    assert whole.shift(count).shift(-count) == whole


@given(DAYS, UNITS.filter(lambda unit: unit != "weekend"))
def test_units_tile_the_calendar(day, unit):
    whole = Interval.containing(day, unit)
    assert whole.covers(Interval.day(day))
    assert whole.shift(1).start == whole.end + dt.timedelta(days=1)


@given(DAYS, st.sampled_from(["month", "quarter", "half", "year", "decade", "century"]))
def test_early_mid_and_late_make_the_whole(day, unit):
    whole = Interval.containing(day, unit)
    parts = [whole.part(name) for name in ("early", "mid", "late")]
    assert parts[0].start == whole.start and parts[2].end == whole.end
    assert all(first.end + dt.timedelta(days=1) == second.start for first, second in pairwise(parts))


@given(DAYS, st.integers(-600, 600))
def test_adding_months_keeps_the_day_or_takes_the_months_last(day, months):
    moved = month_add(day, months)
    assert moved.day == day.day or (moved + dt.timedelta(days=1)).day == 1


def test_thirds_of_a_month_and_a_year():
    july, year = Interval.month(2023, 7), Interval.year(2023)
    assert [(p.start.day, p.end.day) for p in map(july.part, ("early", "mid", "late"))] == [(1, 10), (11, 20), (21, 31)]
    assert [(p.start.month, p.end.month) for p in map(year.part, ("early", "mid", "late"))] == [(1, 4), (5, 8), (9, 12)]


def test_a_week_runs_from_monday_to_sunday():
    assert Interval.week(dt.date(2024, 3, 20)) == Interval(dt.date(2024, 3, 18), dt.date(2024, 3, 24), "week")
    assert Interval.weekend(dt.date(2024, 3, 20)).start == dt.date(2024, 3, 23)


def test_an_interval_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="cannot end"):
        Interval(dt.date(2024, 2, 1), dt.date(2024, 1, 1))


def _ends(interval):
    return interval and (interval.start, interval.end)
