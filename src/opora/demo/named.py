"""Rows that a programme's formulas name by their words: put into the synthetic town as they are written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from opora.demo.draw import Ints
from opora.demo.spec import TownSpec, as_day
from opora.demo.world import World
from opora.indicators.dataset.schema import Column, Kind
from opora.indicators.dataset.tables import STORED

ONE_EACH = frozenset({"innovation_site"})
"""Tables whose named rows are dealt out to the organisations, one each, in order."""


@dataclass(slots=True)
class Named:
    """The named rows of a town, and the keys of those that were already put in."""

    spec: TownSpec
    organisations: Ints
    """Keys of the educational organisations."""
    keys: dict[str, int] = field(default_factory=dict)
    """Word by which a row is called → its key."""

    def rows(self, table: str) -> list[dict[str, Any]]:
        return list(self.spec.named.get(table, ()))

    def has(self, table: str, **values: Any) -> bool:
        """Whether the town names such a row."""
        return any(all(row.get(name) == value for name, value in values.items()) for row in self.rows(table))

    def put(self, world: World, table: str, municipality: int) -> tuple[Ints, list[dict[str, Any]]]:
        """Adds the rows of a table; returns their keys and the rows."""
        rows = self.rows(table)
        if not rows:
            return np.zeros(0, np.int64), rows
        columns = {
            column.name: _values(column, [self._value(table, column, row, municipality) for row in rows])
            for column in STORED[table].columns
            if column.kind is not Kind.KEY
        }
        if table == "project" or table in ONE_EACH:
            columns["organisation"] = self._dealt(table, rows)
        ids = world.add(table, len(rows), **columns)
        self.keys.update({row["ref"]: int(key) for row, key in zip(rows, ids, strict=True) if "ref" in row})
        return ids, rows

    def _value(self, table: str, column: Column, row: dict[str, Any], municipality: int) -> Any:
        if column.name == "municipality" and column.name not in row:
            outside = table == "contest" and row.get("level") != "municipal"
            return -1 if outside else municipality
        value = row.get(column.name)
        if column.kind is Kind.REF:
            return -1 if value is None else self.keys[str(value)]
        return value

    def _dealt(self, table: str, rows: list[dict[str, Any]]) -> Ints:
        """An organisation for each row that stands for one; equal topics go to different ones."""
        given: dict[str, int] = {}
        found = []
        for row in rows:
            inside = table in ONE_EACH or row.get("level") == "organisation"
            turn = str(row.get("topic")) if table == "project" else table
            found.append(int(self.organisations[given.get(turn, 0) % len(self.organisations)]) if inside else -1)
            given[turn] = given.get(turn, 0) + inside
        return np.array(found, dtype=np.int64)


def _values(column: Column, values: list[Any]) -> Any:
    """A column of what is written; a flag that is not mentioned is «no»."""
    if column.kind is Kind.REF:
        return np.array(values, dtype=np.int64)
    if column.kind is Kind.DATE:
        return np.array([as_day(value) for value in values], dtype="datetime64[D]")
    if column.kind is Kind.FLAG:
        return np.array([0 if value is None else int(value) for value in values])
    if column.kind in (Kind.NUMBER, Kind.INTEGER):
        return np.array([np.nan if value is None else float(value) for value in values])
    return [None if value is None else str(value) for value in values]
