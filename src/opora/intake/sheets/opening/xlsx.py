"""A workbook of Excel."""

from __future__ import annotations

import zipfile
from pathlib import Path

from opora.indicators.dataset.inflating import Inflating, TooLarge
from opora.indicators.dataset.workbook_scan import BROKEN, NoAddresses, SheetScan, scan_workbook
from opora.intake.sheets.opening.book import MAX_UNPACKED, SAVE_ANEW, Book, UnreadableBook
from opora.intake.sheets.opening.parser import Room, sheets_of, spoilt

TOO_LARGE = UnreadableBook(
    f"Файл распаковывается больше чем в {MAX_UNPACKED // 1_000_000} МБ или сжат так, как данные не сжимаются",
    "Такие файлы не читаются ради безопасности: удалите лишние листы и картинки или разделите его на несколько",
)


def open_xlsx(path: Path, name: str, *, macros: bool) -> Book:
    scans = _scanned(path)
    room = Room()
    for title, scan in scans.items():
        room.take(title, scan.rows, scan.width)
    with path.open("rb") as file:
        sheets = sheets_of(file, {title: scan.broken for title, scan in scans.items()})
    return Book(name, sheets, macros)


def _scanned(path: Path) -> dict[str, SheetScan]:
    try:
        with zipfile.ZipFile(path) as archive:
            return scan_workbook(Inflating(archive, MAX_UNPACKED))
    except TooLarge:
        raise TOO_LARGE from None
    except NoAddresses as error:
        raise UnreadableBook(f"Лист «{error}»: у ячеек нет адресов", SAVE_ANEW) from None
    except BROKEN as error:
        raise spoilt() from error
