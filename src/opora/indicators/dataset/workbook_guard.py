"""What is asked of a workbook before anything in it is parsed: it may have come from anybody."""

from __future__ import annotations

import zipfile
from pathlib import Path

from opora.indicators.dataset.faults import DatasetFaults, unreadable
from opora.indicators.dataset.inflating import Inflating, TooLarge
from opora.indicators.dataset.workbook_scan import BROKEN, NoAddresses, SheetScan, column_letters, scan_workbook

MAX_UNPACKED = 300_000_000
MAX_CELLS = 20_000_000
"""The parser keeps a cell for every place of the rectangle, so one cell in a far corner would take all the memory."""

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


BrokenCells = dict[str, frozenset[tuple[int, int]]]
"""By sheet: row (from 1) and place (from 0) of the cells whose formula failed; the parser gives them as empty."""


def inspect_workbook(path: Path) -> BrokenCells:
    """Refuses what is no workbook and what would eat the memory; otherwise tells what the parser would not."""
    _refuse_other_formats(path)
    try:
        with zipfile.ZipFile(path) as archive:
            scans = scan_workbook(Inflating(archive, MAX_UNPACKED))
    except TooLarge as error:
        message = "Книга распаковывается в слишком большой объём"
        mend = "Такие файлы не читаются ради безопасности; большие данные дайте папкой CSV или Parquet"
        raise unreadable(message, mend, f"файл {path.name}") from error
    except NoAddresses as error:
        mend = "Откройте книгу в Excel или LibreOffice и сохраните заново"
        raise unreadable("У ячеек нет адресов", mend, f"лист «{error}»") from error
    except BROKEN as error:
        raise unreadable("Книга испорчена", "Откройте её в Excel и сохраните заново", f"файл {path.name}") from error
    for title, scan in scans.items():
        if scan.rows * scan.width > MAX_CELLS:
            raise _too_wide(title, scan)
    return {title: scan.broken for title, scan in scans.items()}


def _too_wide(title: str, scan: SheetScan) -> DatasetFaults:
    message = f"Лист занят до ячейки {column_letters(scan.width)}{scan.rows}: это слишком много"
    mend = "Удалите лишние строки и столбцы; большие данные дайте папкой CSV или Parquet"
    return unreadable(message, mend, f"лист «{title}»")


def _refuse_other_formats(path: Path) -> None:
    source = f"файл {path.name}"
    if path.suffix.lower() in (".csv", ".parquet"):
        mend = "Положите его в папку с другими таблицами и укажите эту папку"
        raise unreadable("Это одна таблица, а нужен весь набор", mend, source)
    if path.suffix.lower() != ".xlsx":
        message = f"Файлы {path.suffix or 'без расширения'} не читаются"
        raise unreadable(message, "Сохраните книгу Excel как .xlsx", source)
    with path.open("rb") as file:
        if file.read(len(_OLD_EXCEL)) == _OLD_EXCEL:
            message = "Это старый формат .xls или книга под паролем"
            raise unreadable(message, "Снимите пароль и сохраните книгу как .xlsx", source)
    if not zipfile.is_zipfile(path) or "xl/workbook.xml" not in _parts(path):
        message = "Это не книга Excel, хотя файл так назван"
        raise unreadable(message, "Откройте его в Excel и сохраните как .xlsx, а не переименуйте", source)


def _parts(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    except zipfile.BadZipFile:
        return []
