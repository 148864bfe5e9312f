"""For what time each table is complete: where it is, no row means "no"; elsewhere it means "not known"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from opora.indicators.dataset.store import Dataset

Key = str | int
Interval = tuple[dt.date | None, dt.date | None]
"""Half-open; an empty start is −∞, an empty end is +∞."""

ALWAYS_COMPLETE = frozenset({"territory", "instrument", "training_programme", "coverage"})
"""Reference tables: what is not in them does not exist."""

DECIDED_BY = {"spell": "employment", "last_answer": "card_answer"}
"""A derived table is as complete as the one it is computed from."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The table of coverage, understood. Intervals of one table and municipality are disjoint and in order."""

    merged: dict[tuple[str, Key], tuple[Interval, ...]] = field(default_factory=dict)
    municipalities: frozenset[Key] = frozenset()
    """Every territory of the dataset: a reference table is complete in all of them."""

    def covers(self, table: str, municipality: Key | None, start: dt.date | None, end: dt.date) -> bool:
        """Whether the table is complete in ``[start, end)``. No days at all are always covered."""
        if table in ALWAYS_COMPLETE or (start is not None and start >= end):
            return True
        if municipality is None:
            return False
        intervals = self.merged.get((DECIDED_BY.get(table, table), municipality), ())
        return any(_contains(interval, start, end) for interval in intervals)

    def intervals(self, table: str) -> list[tuple[Key, dt.date | None, dt.date | None]]:
        """When the table is complete, by municipality. Nothing for a reference table: it needs no record."""
        decided_by = DECIDED_BY.get(table, table)
        return [
            (municipality, start, end)
            for (name, municipality), intervals in self.merged.items()
            if name == decided_by
            for start, end in intervals
        ]

    def complete_municipalities(self, table: str, start: dt.date | None, end: dt.date) -> frozenset[Key]:
        """The territories in which the table is complete in ``[start, end)``."""
        known = self.municipalities | {municipality for _, municipality in self.merged}
        return frozenset(key for key in known if self.covers(table, key, start, end))


def _contains(interval: Interval, start: dt.date | None, end: dt.date) -> bool:
    begins, ends = interval
    return (begins is None or (start is not None and begins <= start)) and (ends is None or end <= ends)


def coverage_of(dataset: Dataset) -> Coverage:
    found: dict[tuple[str, Key], list[Interval]] = {}
    for row in dataset.table("coverage").to_pylist():
        if row["status"] == "complete" and row["table"] is not None and row["municipality"] is not None:
            found.setdefault((row["table"], row["municipality"]), []).append((row["since"], row["until"]))
    territories = frozenset(dataset.table("territory")["id"].drop_null().to_pylist())
    return Coverage({place: merge(intervals) for place, intervals in found.items()}, territories)


def merge(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The same days in as few intervals as can be: those that overlap or touch become one, empty ones go."""
    merged: list[Interval] = []
    for start, end in sorted(intervals, key=lambda interval: interval[0] or dt.date.min):
        if start is not None and end is not None and end <= start:
            continue
        if merged and _touches(merged[-1], start):
            merged[-1] = (merged[-1][0], _later(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def _touches(earlier: Interval, start: dt.date | None) -> bool:
    return start is None or earlier[1] is None or start <= earlier[1]


def _later(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return None if one is None or other is None else max(one, other)
