"""Arrow tables to and from PostgreSQL, by COPY."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.csv
from django.db import connection

_ROWS = 50_000
_BLOCK = 16 << 20


def quoted(name: str) -> str:
    return f'"{name}"'


def names(columns: Sequence[str]) -> str:
    return ", ".join(map(quoted, columns))


def copy_in(table: str, data: pa.Table) -> None:
    """Appends the rows to a table that has these columns and no row-level security."""
    # All texts are written in quotes, so that an empty one is not taken for NULL.
    options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="needed")
    with connection.cursor() as cursor, cursor.copy(
        f"COPY {quoted(table)} ({names(data.column_names)}) FROM STDIN (FORMAT csv)"
    ) as stream:  # fmt: skip
        for batch in data.to_batches(max_chunksize=_ROWS):
            buffer = io.BytesIO()
            pyarrow.csv.write_csv(batch, buffer, options)
            stream.write(buffer.getbuffer())


def stage(name: str, like: str, columns: Mapping[str, str], rows: pa.Table) -> None:
    """Rows into a temporary table until the end of the transaction. ``columns``: how each is made of those of the table
    ``like``, whose types they have."""
    made = ", ".join(columns.values())
    execute(f"CREATE TEMP TABLE {quoted(name)} ON COMMIT DROP AS SELECT {made} FROM {quoted(like)} WITH NO DATA")
    copy_in(name, rows.select(list(columns)))


def execute(statement: str) -> int:
    """How many rows it has touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


def rows_out(table: str, where: str, types: Mapping[str, pa.DataType]) -> pa.Table:
    """These columns of a table's rows.

    PostgreSQL itself puts many rows into one text: row by row, as COPY gives them, Python would take most of the time.
    """
    fields = ", ',', ".join(_csv(name, kind) for name, kind in types.items())
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT string_agg(concat({fields}, E'\\n'), '') FROM {quoted(table)} WHERE {where} GROUP BY id / {_ROWS}"
        )
        written = "".join(text for (text,) in cursor.fetchall()).encode()
    if not written:
        return pa.schema(list(types.items())).empty_table()
    return pyarrow.csv.read_csv(
        pa.BufferReader(written),
        read_options=pyarrow.csv.ReadOptions(column_names=list(types), block_size=_BLOCK),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict(types),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            true_values=["t"],
            false_values=["f"],
        ),
    )


def _csv(name: str, kind: pa.DataType) -> str:
    """Texts in quotes, so that an empty one is not taken for NULL, which is nothing."""
    return f"'\"' || replace({quoted(name)}, '\"', '\"\"') || '\"'" if pa.types.is_string(kind) else quoted(name)
