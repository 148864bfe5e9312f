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


def copy_out(query: str, types: Mapping[str, pa.DataType]) -> pa.Table:
    """The answer to a query whose columns are of these types, in their order."""
    with connection.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv)") as stream:
        written = b"".join(stream)
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
