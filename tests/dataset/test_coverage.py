"""Where a table is complete, no row means "no"; everywhere else it means "not known"."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.indicators.dataset.coverage import ALWAYS_COMPLETE, Coverage, Interval, coverage_of, merge
from tests.dataset.files import dataset_of


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def row(municipality: str, table: str, since: str = "", until: str = "", status: str = "complete") -> dict[str, object]:
    return {
        "id": f"{municipality}{table}{since}",
        "municipality": municipality,
        "table": table,
        "since": day(since) if since else None,
        "until": day(until) if until else None,
        "status": status,
    }


@pytest.fixture
def coverage() -> Coverage:
    territories = [{"id": key, "title": key, "kind": "municipality"} for key in ("a", "b")]
    rows = [
        row("a", "training", "2022-01-01", "2023-01-01"),
        row("a", "training", "2021-01-01", "2022-01-01"),
        row("a", "training", "2020-01-01", "2021-01-01", status="partial"),
        row("b", "training", until="2022-01-01"),
        row("b", "employment"),
    ]
    return coverage_of(dataset_of(territory=territories, coverage=rows))


@pytest.mark.parametrize(
    ("table", "municipality", "start", "end", "complete"),
    [
        ("training", "a", "2021-01-01", "2023-01-01", True),
        ("training", "a", "2020-12-31", "2021-06-01", False),
        ("training", "a", "2022-06-01", "2023-01-02", False),
        ("training", "a", "", "2022-01-01", False),
        ("training", "a", "2030-01-01", "2030-01-01", True),
        ("training", "b", "", "2022-01-01", True),
        ("training", "b", "1999-01-01", "2022-01-02", False),
        ("training", "c", "2021-01-01", "2022-01-01", False),
        ("training", None, "2021-01-01", "2022-01-01", False),
        ("spell", "b", "", "2050-01-01", True),
        ("spell", "a", "2021-01-01", "2022-01-01", False),
        *((table, None, "", "2022-01-01", True) for table in sorted(ALWAYS_COMPLETE)),
    ],
)
def test_a_window_is_covered_whole_or_not_at_all(
    coverage: Coverage, table: str, municipality: str | None, start: str, end: str, complete: bool
) -> None:
    assert coverage.covers(table, municipality, day(start) if start else None, day(end)) is complete


def test_the_intervals_of_a_table_are_merged(coverage: Coverage) -> None:
    assert coverage.intervals("training") == [
        ("a", day("2021-01-01"), day("2023-01-01")),
        ("b", None, day("2022-01-01")),
    ]
    assert coverage.intervals("spell") == [("b", None, None)]


def test_the_complete_municipalities_are_named(coverage: Coverage) -> None:
    assert coverage.complete_municipalities("training", day("2021-01-01"), day("2022-01-01")) == {"a", "b"}
    assert coverage.complete_municipalities("training", None, day("2022-01-01")) == {"b"}
    assert coverage.complete_municipalities("leave", None, day("2022-01-01")) == frozenset()
    assert coverage.complete_municipalities("instrument", None, day("2022-01-01")) == {"a", "b"}


days = st.dates(dt.date(2022, 1, 1), dt.date(2022, 1, 20))
intervals = st.lists(st.tuples(st.none() | days, st.none() | days), max_size=6)


def holds(interval: Interval, moment: dt.date) -> bool:
    start, end = interval
    return (start is None or start <= moment) and (end is None or moment < end)


@given(intervals)
def test_merging_keeps_every_day_and_leaves_gaps_between_intervals(written: list[Interval]) -> None:
    merged = merge(written)
    for number in range(-5, 25):
        moment = dt.date(2022, 1, 1) + dt.timedelta(number)
        assert any(holds(interval, moment) for interval in merged) == any(
            holds(interval, moment) for interval in written
        )
    for (_, earlier), (later, _) in pairwise(merged):
        assert earlier is not None
        assert later is not None
        assert earlier < later
