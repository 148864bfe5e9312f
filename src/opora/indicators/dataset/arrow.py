"""The dataset's tables as Arrow sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from opora.indicators.dataset.faults import DatasetFault, unreadable
from opora.indicators.dataset.schema import Column, Kind, Table
from opora.indicators.dataset.texts import trimmed_column

TEXT_KEYS = pa.string()
NUMBER_KEYS = pa.int64()

_TYPES = {
    Kind.TEXT: pa.string(),
    Kind.CHOICE: pa.string(),
    Kind.INTEGER: pa.int64(),
    Kind.NUMBER: pa.float64(),
    Kind.FLAG: pa.bool_(),
    Kind.DATE: pa.date32(),
}
_WORDS = {
    Kind.TEXT: "текст",
    Kind.CHOICE: "текст",
    Kind.INTEGER: "целые числа (int64)",
    Kind.NUMBER: "числа (double)",
    Kind.FLAG: "да / нет (bool)",
    Kind.DATE: "даты (date32)",
}


def arrow_type(column: Column, key_type: pa.DataType = TEXT_KEYS) -> pa.DataType:
    """Type in which the column is stored. ``key_type`` is that of all keys of a dataset: text or int64."""
    return _TYPES.get(column.kind, key_type)


def arrow_schema(table: Table, key_type: pa.DataType = TEXT_KEYS) -> pa.Schema:
    return pa.schema([(column.name, arrow_type(column, key_type)) for column in table.columns])


def empty_table(table: Table, key_type: pa.DataType = TEXT_KEYS) -> pa.Table:
    return arrow_schema(table, key_type).empty_table()


def table_of_rows(table: Table, rows: Sequence[Mapping[str, Any]], key_type: pa.DataType = TEXT_KEYS) -> pa.Table:
    """The table of these rows; a column that a row does not name is empty there."""
    return pa.Table.from_pylist([dict(row) for row in rows], schema=arrow_schema(table, key_type))


def key_type_of(schemas: Mapping[str, tuple[Table, pa.Schema]]) -> pa.DataType:
    """The type of all keys and references; text and numbers together cannot be joined, so that is not readable."""
    found: dict[str, str] = {}
    for source, (table, schema) in schemas.items():
        for column in table.columns:
            if column.kind in (Kind.KEY, Kind.REF) and column.name in schema.names:
                found.setdefault(_family(schema.field(column.name).type), source)
    if {"text", "number"} <= found.keys():
        message = (
            f"Коды должны быть одного типа во всех таблицах, а они текст ({found['text']}) и числа ({found['number']})"
        )
        raise unreadable(message, "Запишите все коды и ссылки либо текстом, либо целыми числами")
    return NUMBER_KEYS if "number" in found else TEXT_KEYS


def _family(kind: pa.DataType) -> str:
    if pa.types.is_integer(kind):
        return "number"
    return "text" if _is_text(kind) else "other"


def _is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def fits(table: Table, schema: pa.Schema, key_type: pa.DataType) -> bool:
    """Whether data of this schema can be used as it is, without reading it."""
    return all(
        column.name in schema.names and _same_type(schema.field(column.name).type, arrow_type(column, key_type))
        for column in table.columns
    )


def _same_type(actual: pa.DataType, wanted: pa.DataType) -> bool:
    return bool(actual == wanted) or (_is_text(actual) and bool(wanted == pa.string()))


def schema_faults(table: Table, schema: pa.Schema, key_type: pa.DataType, source: str) -> Iterable[DatasetFault]:
    """Columns that are not declared, required ones that are missing, types from which nothing can be read."""
    for name in schema.names:
        if table.column(name) is None:
            yield DatasetFault(
                f"Непонятный столбец «{name}»", "Удалите его", source, table.name, name, rule="unknown_column"
            )
    for column in table.columns:
        if column.name not in schema.names:
            if column.required:
                yield missing_column(table, column, source)
        elif not _can_cast(schema.field(column.name).type, arrow_type(column, key_type)):
            actual = schema.field(column.name).type
            message = f"Тип столбца — {actual}, а нужны {_WORDS.get(column.kind, 'коды')}"
            mend = "Запишите столбец в нужном типе; пока его значения считаются неизвестными"
            yield DatasetFault(message, mend, source, table.name, column.name, rule="wrong_type")


def missing_column(table: Table, column: Column, source: str) -> DatasetFault:
    message = f"Нет обязательного столбца «{column.title}»"
    return DatasetFault(message, "Добавьте его", source, table.name, column.name, rule="missing_column")


def _can_cast(actual: pa.DataType, wanted: pa.DataType) -> bool:
    """Only casts that guess nothing: 1.0 is not taken for yes, nor a text for a date."""
    if _same_type(actual, wanted) or pa.types.is_null(actual):
        return True
    if pa.types.is_date(wanted):
        return bool(pa.types.is_date(actual) or pa.types.is_timestamp(actual))
    if pa.types.is_floating(wanted):
        return bool(pa.types.is_integer(actual) or pa.types.is_floating(actual))
    return bool(pa.types.is_integer(wanted) and pa.types.is_integer(actual) and not pa.types.is_uint64(actual))


def conform(table: Table, data: pa.Table, key_type: pa.DataType) -> pa.Table:
    """The declared columns in the declared types; what is missing or cannot be taken is empty."""
    arrays = [_column(data, column.name, arrow_type(column, key_type)) for column in table.columns]
    return pa.Table.from_arrays(arrays, schema=arrow_schema(table, key_type))


def _column(data: pa.Table, name: str, wanted: pa.DataType) -> pa.ChunkedArray | pa.Array:
    if name not in data.column_names or not _can_cast(data[name].type, wanted):
        return pa.nulls(len(data), wanted)
    # Unsafe, that a time of the day may be dropped from a date.
    taken = data[name].cast(wanted, safe=False)
    return trimmed_column(taken) if pa.types.is_string(wanted) else taken
