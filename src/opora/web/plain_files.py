"""A table of a page for other programs: the same columns, words and rows as in its workbook, as CSV or Parquet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import BinaryIO, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from opora.indicators.dataset.csv_writing import write_csv_table
from opora.web.layout.cells import words
from opora.web.layout.table import Column

R = TypeVar("R")


def csv_answer(name: str, columns: Sequence[Column[R]], rows: Iterable[R]) -> HttpResponse:
    """To be downloaded as ``name``.csv; days are ISO's, and nothing in it is carried out as a formula."""
    return _answer(f"{name}.csv", "text/csv; charset=utf-8", columns, rows, write_csv_table)


def parquet_answer(name: str, columns: Sequence[Column[R]], rows: Iterable[R]) -> HttpResponse:
    """To be downloaded as ``name``.parquet; numbers and days keep their types."""
    return _answer(f"{name}.parquet", "application/vnd.apache.parquet", columns, rows, _write_parquet)


def _answer(
    name: str,
    kind: str,
    columns: Sequence[Column[R]],
    rows: Iterable[R],
    write: Callable[[BinaryIO, pa.Table], None],
) -> HttpResponse:
    buffer = BytesIO()
    write(buffer, _table(columns, list(rows)))
    disposition = content_disposition_header(True, name) or ""
    return HttpResponse(buffer.getvalue(), kind, headers={"Content-Disposition": disposition})


def _write_parquet(file: BinaryIO, table: pa.Table) -> None:
    pq.write_table(table, file)


def _table(columns: Sequence[Column[R]], rows: Sequence[R]) -> pa.Table:
    return pa.table({column.title: _values([column.of(row) for row in rows]) for column in columns})


def _values(told: list[object]) -> pa.Array:
    """Numbers and days where there is nothing else, and words; an empty text is nothing."""
    known = [each for each in told if each is not None]
    if known and all(isinstance(each, dt.date) and not isinstance(each, dt.datetime) for each in known):
        return pa.array(told, pa.date32())
    if known and all(isinstance(each, int | float) and not isinstance(each, bool) for each in known):
        return pa.array(told, pa.int64() if all(isinstance(each, int) for each in known) else pa.float64())
    return pa.array([words(each) or None for each in told], pa.string())
