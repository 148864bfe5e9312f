"""The rows that are there: those of a snapshot, and those that lines before have made."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from opora.indicators.dataset.schema import Table
from opora.indicators.dataset.store import Dataset
from opora.indicators.dataset.tables import STORED
from opora.intake.matching.natural import natural
from opora.intake.plan import is_new
from opora.intake.words.letters import plain

Row = dict[str, object]


@dataclass(slots=True)
class HeldTable:
    table: Table
    rows: dict[str, Row] = field(default_factory=dict)
    """By key."""
    _found: defaultdict[object, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, key: str, row: Row) -> None:
        self.rows[key] = row
        self._found[self._anchor(row)].append(key)

    def like(self, stated: Mapping[str, object], year: int | None) -> list[str]:
        """Keys of the rows that a line may speak of, those that are most like it first."""
        keyed = natural(self.table.name)
        near = [(key, self.rows[key]) for key in self._found[self._anchor(stated)]]
        agreeing = [(key, row) for key, row in near if self._agrees(row, stated, year)]
        columns = (*keyed.must, *keyed.tells_apart)
        alike = [(sum(same(row.get(name), stated.get(name)) for name in columns), key) for key, row in agreeing]
        best = max((count for count, _ in alike), default=0)
        return [key for count, key in alike if count == best]

    def _anchor(self, row: Mapping[str, object]) -> object:
        """Rows are looked up by the first of what must be equal."""
        must = natural(self.table.name).must
        return _folded(row.get(must[0])) if must else None

    def _agrees(self, row: Row, stated: Mapping[str, object], year: int | None) -> bool:
        keyed = natural(self.table.name)
        if any(name in stated and not same(row.get(name), stated[name]) for name in keyed.must[1:]):
            return False
        apart = ((row.get(name), stated.get(name)) for name in keyed.tells_apart)
        if any(None not in (was, now) and not same(was, now) for was, now in apart):
            return False
        return self._in_year(row, year) and not self._over(row, stated)

    def _in_year(self, row: Row, year: int | None) -> bool:
        day = row.get(self.table.start) if self.table.start else None
        known = day.year if isinstance(day, dt.date) else row.get("year")
        return year is None or known in (None, year)

    def _over(self, row: Row, stated: Mapping[str, object]) -> bool:
        """What had ended before the day on which the line saw it holding is another state."""
        ended, seen = row.get(self.table.end), stated.get(self.table.observed) or stated.get(self.table.start)
        return isinstance(ended, dt.date) and isinstance(seen, dt.date) and ended <= seen


def held_table(dataset: Dataset, name: str) -> HeldTable:
    held = HeldTable(STORED[name])
    columns: Sequence[str] = [column.name for column in STORED[name].columns]
    table = dataset.table(name).select(columns)
    for values in zip(*(table[column].to_pylist() for column in columns), strict=True):
        row: Row = dict(zip(columns, values, strict=True))
        held.add(str(row["id"]), row)
    return held


def same(one: object, other: object) -> bool:
    """As rows are told apart: case, ё and quotation marks are nothing."""
    return one is not None and _folded(one) == _folded(other)


def _folded(value: object) -> object:
    return plain(value).strip(' ."«»“”') if isinstance(value, str) and not is_new(value) else value
