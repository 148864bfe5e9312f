"""Random small towns, in which what a formula asks is often true, often false and often not known."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from hypothesis import strategies as st

from opora.indicators.dataset.schema import Column, Kind, Table, Time
from opora.indicators.dataset.tables import STORED
from tests.truth.days import shift
from tests.truth.reads import Reads
from tests.truth.town import Cell, Context, Row, Town, calendar_year, declared

T = TypeVar("T")

CONTEXTS = (
    calendar_year(dt.date(2022, 12, 31), dt.date(2021, 9, 1)),
    calendar_year(dt.date(2024, 2, 29)),
    Context(dt.date(2022, 8, 31), dt.date(2021, 9, 1), 12, dt.date(2020, 2, 29)),
    Context(dt.date(2022, 6, 30), dt.date(2022, 1, 1), 6, dt.date(2022, 6, 30)),
    Context(dt.date(2023, 3, 1), dt.date(2022, 1, 1), 12, dt.date(2022, 1, 1)),
)
"""Dates of counts: the end of a year, 29 February, a school year, a half-year, a year that is over."""

TEXTS = ("математика", "физика")
LONG_AGO = dt.date(2011, 9, 1)
LEAP_DAYS = (dt.date(2020, 2, 29), dt.date(2024, 2, 29))


Cover = tuple[str, dt.date | None, dt.date | None]
ALWAYS: Sequence[Cover] = (("complete", None, None),)


class Pick(Protocol):
    """How a value is chosen: drawn by Hypothesis, or by a seeded generator."""

    def __call__(self, options: Sequence[T], /) -> T: ...


class Choices:
    """What a cell may hold, by table and column, and when a table may be complete."""

    def __init__(self, reads: Reads, context: Context) -> None:
        self.reads = reads
        self.context = context
        self.tables = _needed(reads)
        self.covers = _covers(context)
        self._edges = around(self._turns())
        self._options = {
            (table, column.name): self._cells(declared(table), column)
            for table in self.tables
            for column in declared(table).columns
            if column.kind not in (Kind.KEY, Kind.REF)
        }

    def of(self, table: str, column: str) -> Sequence[Cell]:
        return self._options[table, column]

    def _cells(self, table: Table, column: Column) -> list[Cell]:
        known = self._known(table, column)
        if column.required:
            return known
        if column.name == table.end and table.time is Time.STATE:
            return known + [None] * len(known)
        return known + [None] * max(1, len(known) // 5)

    def _known(self, table: Table, column: Column) -> list[Cell]:
        mentioned = sorted(self.reads.mentioned.get((table.name, column.name), ()), key=str)
        if column.kind is Kind.FLAG:
            return [True, True, False]
        if column.kind is Kind.DATE:
            return [*mentioned, *self._days(table, column)]
        if column.kind is Kind.CHOICE:
            others = [code for code, _ in column.choices if code not in mentioned]
            return [*mentioned, *mentioned, *others[:1]]
        if column.kind is Kind.TEXT:
            return [*mentioned, *TEXTS, *(f" {text} " for text in mentioned)]
        numbers = [number + more for number in mentioned if isinstance(number, float) for more in (-1, 0, 1)]
        found = [number for number in (*numbers, 0, 1, 2) if number >= 0]
        return [int(number) for number in found] if column.kind is Kind.INTEGER else [*found, 0.5]

    # ── days ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _days(self, table: Table, column: Column) -> list[dt.date]:
        edges = self._edges
        if column.name == "born":
            return [*self._births(), *edges[:4]]
        if table.time is Time.STATE and column.name == table.start:
            return [*edges, *(LONG_AGO,) * len(edges)]
        recent = [day for day in edges if shift(self.context.on, -2, "year") <= day]
        return [*edges, *recent, *recent]

    def _turns(self) -> set[dt.date]:
        """Days on which something in the formula turns."""
        context = self.context
        found = {context.on, context.period_start, context.period_end, context.previous_start, *self.reads.days}
        found |= {shift(context.after, -amount, unit) for amount, unit in self.reads.lengths}
        found |= {shift(context.on, -int(number), "year") for number in self.reads.numbers if number <= 15}
        return found | {day for day in (*LEAP_DAYS, context.programme_start) if day is not None}

    def _births(self) -> list[dt.date]:
        ages = [int(number) for number in self.reads.numbers if 16 <= number <= 70] or [35]
        days = (self.context.on, shift(self.context.on, -4, "year"))
        return [*around(shift(day, -age, "year") for day in days for age in ages), dt.date(1988, 2, 29)]


def _needed(reads: Reads) -> list[str]:
    """The tables that are read, and those that their rows must refer to."""
    needed: set[str] = set()
    waiting = sorted({*reads.tables, "person", "organisation"} - {"coverage"})
    while waiting:
        name = waiting.pop()
        needed.add(name)
        waiting += [column.to for column in _musts(declared(name)) if column.to not in needed]
    return [name for name in STORED if name in needed]


def _musts(table: Table) -> list[Column]:
    return [column for column in table.refs() if column.required and column.to != table.name]


def _covers(context: Context) -> Sequence[Sequence[Cover]]:
    """Ways in which a table may be complete in a municipality; mostly it always is."""
    start, on, after = context.period_start, context.on, context.after
    return (
        *(ALWAYS,) * 6,
        [],
        [("partial", None, None)],
        [("complete", start, None)],
        [("complete", None, on)],
        [("complete", None, after)],
        [("complete", start, on), ("complete", on, after)],
        [("complete", None, start), ("complete", shift(start, 1, "day"), None)],
        [("complete", shift(after, -3, "year"), None), ("partial", None, None)],
    )


@dataclass(frozen=True)
class Maker:
    """Makes a town row by row."""

    pick: Pick
    choices: Choices
    prefix: str = ""
    whole: frozenset[str] = frozenset()
    """Tables that are complete everywhere."""

    def town(self) -> Town:
        counts: dict[str, int] = {}
        for name in self.choices.tables:
            self._count(name, counts)
        rows: dict[str, list[Row]] = {
            name: [self._row(declared(name), place, counts) for place in range(count)] for name, count in counts.items()
        }
        return Town({**rows, "coverage": list(self._coverage(counts))})

    def _count(self, name: str, counts: dict[str, int]) -> int:
        """How many rows a table has. None, where a table that they must refer to has none."""
        if name not in counts:
            most = min([self._count(column.to, counts) for column in _musts(declared(name))], default=1)
            counts[name] = self.pick(ROWS.get(name, (3, 4, 5, 6, 8, 2, 1, 0))) if most else 0
        return counts[name]

    def _row(self, table: Table, place: int, counts: dict[str, int]) -> Row:
        row = {column.name: self._cell(table, column, counts) for column in table.columns}
        row["id"] = self._key(place)
        if table.name == "territory":
            row["kind"] = "municipality" if place < 2 else "region"
        if table.name == "employment" and place < counts["person"]:
            row["person"] = self._key(place)
        return row

    def _key(self, place: int) -> str:
        """The same keys in every table: a link by the wrong column must not come out right by luck."""
        return f"{self.prefix}{place + 1}"

    def _cell(self, table: Table, column: Column, counts: dict[str, int]) -> Cell:
        if column.kind is Kind.KEY:
            return None
        if column.kind is Kind.REF:
            return self._ref(column, counts.get(column.to, 0))
        return self.pick(self.choices.of(table.name, column.name))

    def _ref(self, column: Column, count: int) -> str | None:
        """Mostly to the first rows, so that one row has several."""
        keys = [self._key(place) for place in range(count)]
        options: list[str | None] = [*keys, *keys[:3], *keys[:1] * 3]
        if column.to == "territory":
            options = [*keys[:1], *keys[:1], *keys[:2]]
        return self.pick(options if column.required else [*options, None]) if options else None

    def _coverage(self, counts: dict[str, int]) -> Iterable[Row]:
        for place in range(min(2, counts["territory"])):
            for table in counts:
                whole = table in self.whole
                for status, since, until in ALWAYS if whole else self.pick(self.choices.covers):
                    yield {
                        "id": f"{self.prefix}{table}{place}{since}",
                        "municipality": self._key(place),
                        "table": table,
                        "since": since,
                        "until": until,
                        "status": status,
                    }


ROWS: dict[str, tuple[int, ...]] = {
    "territory": (1, 2, 3),
    "organisation": (1, 2, 3),
    "person": (2, 3, 4, 5, 6, 7, 8),
    "employment": (4, 6, 8, 9),
    "training_programme": (3, 2, 1),
}


def around(days: Iterable[dt.date]) -> list[dt.date]:
    """Each day, the day before and the day after."""
    return sorted({day + dt.timedelta(days=more) for day in days for more in (-1, 0, 1)})


def towns(choices: Choices) -> st.SearchStrategy[Town]:
    """Towns whose every cell Hypothesis draws, and can make simpler."""

    @st.composite
    def draw_town(draw: st.DrawFn) -> Town:
        def pick(options: Sequence[T], /) -> T:
            return draw(st.sampled_from(options))

        return Maker(pick, choices).town()

    return draw_town()


def small_towns(choices: Choices, seed: int, count: int, whole: frozenset[str] = frozenset()) -> list[Town]:
    """So many towns from one seed: much faster than drawing. No two share a key."""
    generator = random.Random(seed)
    return [Maker(generator.choice, choices, f"{place}-", whole).town() for place in range(count)]
