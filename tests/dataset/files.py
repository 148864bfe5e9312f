"""Files as people bring them, for the tests of this folder."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import xlsxwriter

from opora.indicators.dataset.arrow import table_of_rows
from opora.indicators.dataset.faults import DatasetFault
from opora.indicators.dataset.store import Dataset, dataset_of_tables
from opora.indicators.dataset.tables import STORED

Rows = Sequence[Sequence[Any]]

TOWN = ["Код", "Название", "Вид"], ["m", "Город", "муниципалитет"]


def dataset_of(**rows: list[dict[str, Any]]) -> Dataset:
    """A dataset in memory: ``person=[{"id": "p1"}]``."""
    return dataset_of_tables({name: table_of_rows(STORED[name], listed) for name, listed in rows.items()})


def workbook(path: Path, sheets: Mapping[str, Rows]) -> Path:
    with xlsxwriter.Workbook(path, {"default_date_format": "dd.mm.yyyy"}) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    write(sheet, number, place, cell)
    return path


def write(sheet: Any, number: int, place: int, cell: Any) -> None:
    if isinstance(cell, str):
        sheet.write_string(number, place, cell)
    elif isinstance(cell, dt.date):
        sheet.write_datetime(number, place, cell)
    elif cell is not None:
        sheet.write(number, place, cell)


def csv_text(rows: Rows, delimiter: str = ";") -> str:
    text = StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def csv_folder(folder: Path, files: Mapping[str, Rows]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, rows in files.items():
        (folder / name).write_text(csv_text(rows), "utf-8", newline="")
    return folder


def told(faults: Iterable[DatasetFault]) -> list[str]:
    """The faults as a person reads them."""
    return [str(fault) for fault in faults]
