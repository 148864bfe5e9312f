"""Columns of texts without what nobody sees, as ``trimming`` says it of one text."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from opora.indicators.dataset.duck import rows_of
from opora.indicators.dataset.trimming import NO_WIDTH

_SPACE = r"[\s\v\x{1c}-\x{1f}\x{85}\p{Z}]"
_UNTIDY = f"^{_SPACE}|{_SPACE}$|[{NO_WIDTH}]"
"""For RE2, which DuckDB and Arrow share; the same as ``trimmed`` says for Python."""


def trimmed_column(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """The same of a column of texts."""
    if not pc.any(pc.match_substring_regex(texts, _UNTIDY)).as_py():
        return texts
    visible = pc.replace_substring_regex(texts, f"[{NO_WIDTH}]", "")
    return pc.replace_substring_regex(visible, f"^{_SPACE}+|{_SPACE}+$", "")


def has_untidy_texts(file: Path, schema: pa.Schema) -> bool:
    """Whether any text of a Parquet file wants trimming. Only looks through it; nothing is kept in memory."""
    names = [re.sub('"', '""', field.name) for field in schema if _is_text(field.type)]
    if not names:
        return False
    tests = ", ".join(f"bool_or(regexp_matches(\"{name}\", '{_UNTIDY}'))" for name in names)
    with _database().cursor() as connection:
        found = connection.execute(f"SELECT {tests} FROM {rows_of(file)}").fetchall()
    return any(found[0])


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """One for all files: to open it takes longer than to look through a small town's table."""
    return duckdb.connect()


def _is_text(kind: pa.DataType) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
