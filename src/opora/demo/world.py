"""The tables while they grow: blocks of columns, numbered rows, Arrow at the end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from opora.demo.draw import Coded, Ints, Rng
from opora.indicators.dataset.schema import Column, Kind, Table
from opora.indicators.dataset.tables import STORED

ARROW: dict[Kind, pa.DataType] = {
    Kind.KEY: pa.int64(),
    Kind.REF: pa.int64(),
    Kind.TEXT: pa.string(),
    Kind.CHOICE: pa.string(),
    Kind.INTEGER: pa.int64(),
    Kind.NUMBER: pa.float64(),
    Kind.FLAG: pa.bool_(),
    Kind.DATE: pa.date32(),
}


class World:
    """Rows of every table. ``add`` numbers them; the keys of a table run from 1."""

    def __init__(
        self, rng: Rng, *, first_id: dict[str, int] | None = None, wanted: Iterable[str] | None = None
    ) -> None:
        self.rng = rng
        self.next_id = dict.fromkeys(STORED, 1) | (first_id or {})
        self.wanted = frozenset(wanted) if wanted is not None else frozenset(STORED)
        self._blocks: dict[str, list[pa.RecordBatch]] = {name: [] for name in STORED}

    def add(self, table: str, size: int, /, **columns: Any) -> Ints:
        """Adds rows and returns their keys. A column is one value for all rows, or an array; absent = empty."""
        first = self.next_id[table]
        self.next_id[table] = first + size
        ids = np.arange(first, first + size, dtype=np.int64)
        if size and table in self.wanted:
            self._blocks[table].append(_batch(STORED[table], ids, columns))
        return ids

    def take(self) -> dict[str, pa.Table]:
        """The tables, with dictionary-coded words; forgets them."""
        tables = {name: self._table(name) for name in STORED if name in self.wanted}
        self._blocks = {name: [] for name in STORED}
        return tables

    def _table(self, name: str) -> pa.Table:
        return pa.Table.from_batches(self._blocks[name], schema=coded_schema(STORED[name]))


def coded_schema(table: Table) -> pa.Schema:
    """Schema with the words of texts and choices held once."""
    return pa.schema([(column.name, _coded_type(column)) for column in table.columns])


def plain(table: pa.Table) -> pa.Table:
    """The same with every word written out."""
    return table.cast(pa.schema([(field.name, _plain_type(field.type)) for field in table.schema]))


def _plain_type(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _coded_type(column: Column) -> pa.DataType:
    if column.kind in (Kind.TEXT, Kind.CHOICE):
        return pa.dictionary(pa.int32(), pa.string())
    return ARROW[column.kind]


def _batch(table: Table, ids: Ints, columns: dict[str, Any]) -> pa.RecordBatch:
    unknown = set(columns) - {column.name for column in table.columns}
    if unknown:
        raise KeyError(f"{table.name}: no column {', '.join(sorted(unknown))}")
    columns = {**columns, "id": ids}
    arrays = [_array(column, columns.get(column.name), len(ids)) for column in table.columns]
    return pa.RecordBatch.from_arrays(arrays, schema=coded_schema(table))


def _array(column: Column, value: Any, size: int) -> pa.Array:
    target = _coded_type(column)
    if value is None:
        return pa.nulls(size, target)
    if pa.types.is_dictionary(target):
        return _words(value, size)
    values = np.asarray(value)
    if values.ndim == 0:
        values = np.full(size, values)
    if column.kind in (Kind.KEY, Kind.REF):
        return pa.array(values.astype(np.int64), mask=values < 0)
    if column.kind is Kind.DATE:
        return pa.array(values.astype("datetime64[D]"), type=pa.date32())
    if column.kind is Kind.FLAG:
        return pa.array(values == 1, mask=values.astype(np.int8) < 0)
    return _numbers(values.astype(float), target)


def _numbers(values: Any, target: pa.DataType) -> pa.Array:
    missing = np.isnan(values)
    return pa.array(np.where(missing, 0, values), mask=missing).cast(target)


def _words(value: Any, size: int) -> pa.Array:
    if isinstance(value, str):
        return pa.DictionaryArray.from_arrays(pa.array(np.zeros(size, np.int32)), pa.array([value]))
    if isinstance(value, Coded):
        codes = value.codes.astype(np.int32)
        return pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0), pa.array(value.words, pa.string()))
    if isinstance(value, (pa.Array, pa.ChunkedArray)):
        return _chunk(pc.cast(value, pa.string()).dictionary_encode())
    return pa.array(list(value), pa.string()).dictionary_encode()


def _chunk(array: Any) -> pa.Array:
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
