"""A folder of CSV files, one per table, as Excel and as programs write them."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from opora.indicators.dataset.descriptor import read_descriptor
from opora.indicators.dataset.faults import DatasetFault, plain
from opora.indicators.dataset.formula_guard import unguarded
from opora.indicators.dataset.grid import Grid, Line, read_grid
from opora.indicators.dataset.reading import Reading, number_keys
from opora.indicators.dataset.schema import Table
from opora.indicators.dataset.table_names import table_called, twice, unknown_table

_DELIMITERS = ";,\t"
_CHUNK = 1 << 20
_HEADING = 100_000
"""Letters of the first line that are looked at to tell the delimiter: the parser itself takes no longer cell."""
_MARK = 3
"""Bytes of the mark that Excel begins an UTF-8 file with, and at times ends it."""


def read_csv_folder(folder: Path) -> Reading:
    descriptor = read_descriptor(folder)
    reading = Reading(descriptor.title, descriptor.synthetic)
    taken: dict[str, str] = {}
    for path in csv_files(folder):
        table = table_called(path.stem)
        if table is None:
            reading.faults.add(unknown_table("файл", path.name))
        elif table.name in taken:
            reading.faults.add(twice("файл", (taken[table.name], path.name)))
        else:
            taken[table.name] = path.name
            _read_file(path, table, reading)
    if descriptor.numbered:
        number_keys(reading)
    return reading


def csv_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv")


def _read_file(path: Path, table: Table, reading: Reading) -> None:
    """A file that is broken in the middle is read up to there, and reported."""
    source = f"файл {path.name}"
    if path.stat().st_size <= _MARK:
        message, mend = "Файл пуст: нет даже названий столбцов", "Заполните его или удалите"
        reading.faults.add(DatasetFault(message, mend, source, table.name, rule="heading"))
    lines = _lines(path, table, source, reading)
    reading.sources[table.name], reading.origins[table.name] = read_grid(Grid(table, source, lines), reading.faults)


def _lines(path: Path, table: Table, source: str, reading: Reading) -> Iterator[Line]:
    with path.open(encoding=_encoding(path), newline="") as file:
        first = file.readline(_HEADING)
        file.seek(0)
        rows = csv.reader(file, delimiter=_delimiter(first, table), strict=True)
        number = 1
        try:
            for cells in rows:
                yield number, [unguarded(cell) for cell in cells]
                # A quoted cell may hold line breaks, so lines are counted by the reader, not by us.
                number = rows.line_num + 1
        except (csv.Error, UnicodeDecodeError):
            message = "Дальше файл не читается: незакрытая кавычка или испорченные знаки"
            mend = "Исправьте эту строку и прочитайте файл снова"
            reading.faults.add(DatasetFault(message, mend, source, table.name, row=number, rule="unreadable"))


def _encoding(path: Path) -> str:
    """UTF-8 where the bytes are valid in it, UTF-16 by its mark («Текст Юникод» of Excel), else the old Windows one."""
    with path.open("rb") as file:
        start = file.read(2)
        if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1251"
    return "utf-8-sig"


def _delimiter(first_line: str, table: Table) -> str:
    """The one that makes the first line a heading."""
    names = {plain(column.title) for column in table.columns} | {column.name for column in table.columns}

    def known(delimiter: str) -> int:
        cells = next(csv.reader(StringIO(first_line), delimiter=delimiter), [])
        return sum(1 for cell in cells if plain(cell) in names)

    return max(_DELIMITERS, key=known)
