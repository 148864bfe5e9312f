"""A tiny town in memory: lists of plain rows, ``None`` where something is not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from opora.indicators.dataset.arrow import table_of_rows
from opora.indicators.dataset.schema import Table
from opora.indicators.dataset.tables import STORED, TABLES
from tests.truth.days import shift

Cell = str | float | bool | dt.date | None
Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Context:
    """When a count is made: section 1 of ``docs/semantics.md``."""

    on: dt.date
    period_start: dt.date
    months: int = 12
    programme_start: dt.date | None = None

    @property
    def after(self) -> dt.date:
        return shift(self.on, 1, "day")

    @property
    def period_end(self) -> dt.date:
        return shift(self.period_start, self.months, "month")

    @property
    def previous_start(self) -> dt.date:
        return shift(self.period_start, -self.months, "month")


def calendar_year(on: dt.date, programme_start: dt.date | None = None) -> Context:
    """The default period: the calendar year of the date."""
    return Context(on, dt.date(on.year, 1, 1), 12, programme_start)


@dataclass(frozen=True)
class Town:
    """The stored tables. A column that a row does not name is empty there."""

    tables: Mapping[str, Sequence[Row]] = field(default_factory=dict)

    def rows(self, table: str) -> Sequence[Row]:
        return self.tables.get(table, ())

    def arrow(self) -> dict[str, pa.Table]:
        """What the engine reads: every stored table with its declared columns."""
        return {name: table_of_rows(table, self.rows(name)) for name, table in STORED.items()}

    def with_rows(self, added: Mapping[str, Iterable[Row]]) -> Town:
        names = {*self.tables, *added}
        return Town({name: [*self.rows(name), *added.get(name, ())] for name in names})

    def without(self, table: str, index: int) -> Town:
        kept = [row for place, row in enumerate(self.rows(table)) if place != index]
        return Town({**self.tables, table: kept})

    def changed(self, table: str, index: int, column: str, value: Cell) -> Town:
        rows = [dict(row) for row in self.rows(table)]
        rows[index][column] = value
        return Town({**self.tables, table: rows})

    def __str__(self) -> str:
        lines = []
        for name, rows in sorted(self.tables.items()):
            lines += [f"{name}: {_told(row)}" for row in rows]
        return "\n".join(lines)


def _told(row: Row) -> str:
    return ", ".join(f"{name}={value}" for name, value in row.items() if value is not None)


def joined(towns: Iterable[Town]) -> Town:
    """Several towns as one dataset; their keys must differ."""
    rows: dict[str, list[Row]] = {}
    for town in towns:
        for name in town.tables:
            rows.setdefault(name, []).extend(town.rows(name))
    return Town(rows)


def declared(table: str) -> Table:
    return TABLES[table]
