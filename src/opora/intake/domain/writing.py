"""A plan into the registry: set-wise, table by table, within one transaction."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from opora.indicators.dataset.arrow import arrow_type
from opora.indicators.dataset.schema import Column
from opora.intake.domain.rows import Rows
from opora.intake.plan import Fate, Plan, is_new
from opora.registry.verbs import Fault, Refused
from opora.snapshot.copying import execute, names, quoted, stage
from opora.snapshot.numbering import next_ids
from opora.snapshot.tables import MUNICIPALITY, Place, places

_STAGED = "staged_intake"
_HELD = "Строку тем временем изменили или убрали"
_MEND = "Посмотрите на приём заново"
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Becoming:
    """What a value was when the plan was made, and what it becomes."""

    was: Any
    becomes: Any


@dataclass(slots=True)
class Gathered:
    """What a plan does to a table, whichever lines say it: two pages may fill one new card."""

    new: dict[str, Values] = field(default_factory=dict)
    """By the key that the plan gives the row."""
    changed: defaultdict[str, dict[str, Becoming]] = field(default_factory=lambda: defaultdict(dict))

    def change(self, row: str, column: str, was: Any, becomes: Any) -> None:
        if row in self.new:
            self.new[row][column] = becomes
            return
        earlier = self.changed[row].get(column)
        self.changed[row][column] = Becoming(earlier.was if earlier else was, becomes)


def gathered(plan: Plan) -> dict[str, Gathered]:
    """By table."""
    found: defaultdict[str, Gathered] = defaultdict(Gathered)
    for line in plan.lines:
        if line.fate is Fate.NEW:
            found[line.line.table].new[line.row] = {each.column: each.becomes for each in line.changes}
        elif line.fate is Fate.CHANGED:
            for each in line.changes:
                found[line.line.table].change(line.row, each.column, each.was, each.becomes)
    return dict(found)


class Writing:
    """Of one plan. ``rows``: as the plan found them."""

    def __init__(self, plan: Plan, rows: Rows, municipality: int, source: int) -> None:
        self._tables = gathered(plan)
        self._rows = rows
        self._municipality = municipality
        self._source = source
        self.ids = {table: self._ids(table, each) for table, each in self._tables.items()}
        """By table and key, of every row that is written."""

    def run(self) -> None:
        """Raises ``Refused`` where a row is not as it was."""
        for place in places().values():
            if place.name in self._tables:
                self._insert(place)
                self._update(place)

    def _ids(self, table: str, gathered: Gathered) -> dict[str, int]:
        fresh = dict(zip(gathered.new, next_ids(table, len(gathered.new)).to_pylist(), strict=True))
        there = self._rows.ids(table)
        return fresh | {key: there[key] for key in gathered.changed}

    def _value(self, column: Column, value: Any) -> Any:
        if not column.to or value is None:
            return value
        return self.ids.get(column.to, {}).get(value) or self._rows.ids(column.to)[value]

    # ── new rows ────────────────────────────────────────────────────────────────────────────────────────────────

    def _insert(self, place: Place) -> None:
        if not (new := self._tables[place.name].new):
            return
        columns = {name: column for name, column in place.columns.items() if name != MUNICIPALITY}
        ids = self.ids[place.name]
        made = {
            "id": pa.array([ids[key] for key in new], pa.int64()),
            "key": pa.array([str(uuid.uuid4()) if is_new(key) else key for key in new], pa.string()),
            MUNICIPALITY: pa.repeat(pa.scalar(self._municipality, pa.int64()), len(new)),
            "source_id": pa.repeat(pa.scalar(self._source, pa.int64()), len(new)),
        }
        for name, column in columns.items():
            values = [self._value(column, row.get(column.name)) for row in new.values()]
            made[name] = pa.array(values, _stored_type(column))
        stage(_STAGED, place.name, {name: quoted(name) for name in made}, pa.table(made))
        listed = names(list(made))
        execute(f"INSERT INTO {quoted(place.name)} ({listed}) SELECT {listed} FROM {_STAGED}")
        execute(f"DROP TABLE {_STAGED}")

    # ── rows that are there ─────────────────────────────────────────────────────────────────────────────────────

    def _update(self, place: Place) -> None:
        """Rows in which the same columns change, together."""
        alike: defaultdict[tuple[str, ...], dict[str, dict[str, Becoming]]] = defaultdict(dict)
        for key, columns in self._tables[place.name].changed.items():
            alike[tuple(sorted(columns))][key] = columns
        for together, rows in sorted(alike.items()):
            self._update_alike(place, together, rows)

    def _update_alike(self, place: Place, columns: tuple[str, ...], rows: Mapping[str, Mapping[str, Becoming]]) -> None:
        stored = {column.name: name for name, column in place.columns.items()}
        ids = self.ids[place.name]
        made = {"id": pa.array([ids[key] for key in rows], pa.int64())}
        kinds = {"id": quoted("id")}
        for column in (place.columns[stored[name]] for name in columns):
            name, kind = stored[column.name], _stored_type(column)
            every = [row[column.name] for row in rows.values()]
            made[f"was_{name}"] = pa.array([self._value(column, each.was) for each in every], kind)
            made[name] = pa.array([self._value(column, each.becomes) for each in every], kind)
            kinds |= {f"was_{name}": f"{quoted(name)} AS {quoted(f'was_{name}')}", name: quoted(name)}
        stage(_STAGED, place.name, kinds, pa.table(made))
        self._write_staged(place, [stored[name] for name in columns], len(rows))

    def _write_staged(self, place: Place, columns: list[str], number: int) -> None:
        becomes = ", ".join(f"s.{quoted(name)}" for name in columns)
        was = " AND ".join(f"t.{quoted(name)} IS NOT DISTINCT FROM s.{quoted(f'was_{name}')}" for name in columns)
        done = execute(
            f"UPDATE {quoted(place.name)} t SET ({names([*columns, 'source_id'])}) = ROW ({becomes}, {self._source}) "
            f"FROM {_STAGED} s WHERE t.id = s.id AND t.archived_at IS NULL AND {was}"
        )
        if done != number:
            raise Refused((Fault(None, "", f"{place.table.title}: {_HELD}", _MEND),))
        execute(f"DROP TABLE {_STAGED}")


def _stored_type(column: Column) -> pa.DataType:
    return pa.int64() if column.to else arrow_type(column)
