"""From a path to a book, by what the file holds and not by how it is called."""

from __future__ import annotations

import zipfile
from pathlib import Path

from opora.indicators.dataset.workbook_scan import BROKEN
from opora.intake.sheets.opening.book import MAX_BYTES, SAVE_ANEW, Book, UnreadableBook
from opora.intake.sheets.opening.old_excel import open_old
from opora.intake.sheets.opening.open_document import open_ods
from opora.intake.sheets.opening.text import open_text
from opora.intake.sheets.opening.xlsx import open_xlsx

_ZIP, _EMPTY_ZIP, _OLD = b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AS_BOOK = "Откройте его в Excel или LibreOffice и сохраните как книгу .xlsx, а не переименуйте"
_NOT_BOOKS = (
    (b"%PDF", "Это PDF, а не книга Excel"),
    (b"{\\rtf", "Это документ RTF, а не книга Excel"),
    (b"\x1f\x8b", "Это архив, а не книга Excel"),
    (b"Rar!", "Это архив, а не книга Excel"),
    (b"7z\xbc\xaf", "Это архив, а не книга Excel"),
    (b"\x89PNG", "Это картинка, а не книга Excel"),
    (b"\xff\xd8\xff", "Это картинка, а не книга Excel"),
    (b"SQLite format", "Это база данных, а не книга Excel"),
    (b"PAR1", "Это файл Parquet, а не книга Excel"),
)
_PARTS = (
    ("word/document.xml", "Это документ Word, а не книга Excel", _AS_BOOK),
    ("ppt/presentation.xml", "Это презентация, а не книга Excel", _AS_BOOK),
    ("xl/workbook.bin", "Это двоичная книга .xlsb", "Сохраните её в Excel как .xlsx"),
)


def open_book(path: Path, name: str = "") -> Book:
    """``name``: how the user calls the file. Raises `UnreadableBook` and nothing else for whatever the file holds."""
    name = name or path.name
    size = path.stat().st_size
    if size > MAX_BYTES:
        message = f"Файл больше {MAX_BYTES // 1_000_000} МБ"
        raise UnreadableBook(message, "Удалите картинки и лишние листы или разделите его на несколько")
    with path.open("rb") as file:
        start = file.read(512)
    if not start.strip(b"\0 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise UnreadableBook("Файл пуст", "Проверьте, тот ли это файл; возможно, он не докачался")
    for beginning, what in _NOT_BOOKS:
        if start.startswith(beginning):
            raise UnreadableBook(what, _AS_BOOK)
    if start.startswith((_ZIP, _EMPTY_ZIP)):
        return _open_archive(path, name)
    return open_old(path, name) if start.startswith(_OLD) else open_text(path, name)


def _open_archive(path: Path, name: str) -> Book:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = frozenset(archive.namelist())
    except BROKEN as error:
        raise UnreadableBook("Книга испорчена: возможно, файл скачан не до конца", SAVE_ANEW) from error
    if "xl/workbook.xml" in parts:
        return open_xlsx(path, name, macros="xl/vbaProject.bin" in parts)
    for part, what, mend in _PARTS:
        if part in parts:
            raise UnreadableBook(what, mend)
    if "content.xml" in parts:
        return open_ods(path, name)
    raise UnreadableBook("Это архив, а не книга Excel", "Распакуйте его и дайте файлы, которые в нём лежат")
