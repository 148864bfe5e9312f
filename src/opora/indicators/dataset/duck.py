"""Parquet files: how DuckDB is told of them, and what is told of a broken one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from opora.indicators.dataset.faults import unreadable

_NOT_OF_THE_FILE = (
    duckdb.BinderException,
    duckdb.CatalogException,
    duckdb.InterruptException,
    duckdb.OutOfMemoryException,
    duckdb.ParserException,
)


def rows_of(file: Path) -> str:
    """The file for a FROM clause. What is a pattern for DuckDB may stand in the name of a folder: «Данные [2022]»."""
    plain = re.sub(r"([*?\[])", r"[\1]", str(file)).replace("'", "''")
    return f"read_parquet('{plain}')"


def distinct(source: Path | pa.Table, column: str) -> list[Any]:
    """The values of a column, each once. A file is not taken into memory: it may be of a country."""
    if not isinstance(source, Path):
        return list(source[column].unique().to_pylist())
    with duckdb.connect() as connection:
        rows = connection.execute(f'SELECT DISTINCT "{column}" FROM {rows_of(source)}').fetchall()
    return [value for (value,) in rows]


@contextmanager
def readable(file: Path) -> Iterator[None]:
    """A file whose footer is sound may still be broken further in: that shows only when its rows are read."""
    try:
        yield
    except (PermissionError, *_NOT_OF_THE_FILE):
        raise
    except (pa.ArrowInvalid, OSError, duckdb.Error) as error:
        message = "Файл испорчен или это не Parquet"
        raise unreadable(message, "Запишите его заново", f"файл {file.name}") from error
