"""A file is known by what it holds. What is no book, or would take too much memory, is refused in words that say how to
mend it; whatever the bytes are, nothing but such a refusal comes of them."""

from __future__ import annotations

import datetime as dt
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opora.indicators.dataset.cells import Raw
from opora.intake.sheets.opening import UnreadableBook, open_book
from opora.intake.sheets.opening.compound import CompoundFile, wrapped
from tests.intake.sheets.files import FILES, Rows, changed, csv_bytes, ods, ods_content, ods_of, ods_table, xlsx, zipped

ROWS = [
    ["ФИО", "Должность, ставка"],
    ["Рябинина Олеся Марковна", "воспитатель; 0,5 ст."],
    ["Лужин Пётр Ильич", "методист\tи | ещё"],
]
SAVE_ANEW = "Откройте файл в Excel или LibreOffice и сохраните заново как .xlsx"
SPOILT = f"Книга испорчена. {SAVE_ANEW}"
AS_BOOK = "Откройте его в Excel или LibreOffice и сохраните как книгу .xlsx, а не переименуйте"
TOO_LARGE = (
    "Файл распаковывается больше чем в 200 МБ или сжат так, как данные не сжимаются. Такие файлы не читаются ради "
    "безопасности: удалите лишние листы и картинки или разделите его на несколько"
)


def cells(path: Path, sheet: int = 0) -> list[list[Raw]]:
    return [list(row) for _, row in open_book(path).sheets[sheet].rows()]


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableBook) as refused:
        open_book(path)
    return str(refused.value)


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1251", "koi8-r", "cp866", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_separated_values_are_read_in_any_encoding_and_with_any_separator(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    path = written(tmp_path / "t.csv", csv_bytes(ROWS, separator, encoding))
    assert cells(path) == ROWS


def test_the_line_by_which_excel_tells_the_separator_is_obeyed(tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", "sep=|\nФИО|Дети; их имена\nЛужин Пётр|нет; нет\n".encode())
    assert cells(path) == [["ФИО", "Дети; их имена"], ["Лужин Пётр", "нет; нет"]]


def test_lines_may_end_as_on_an_old_macintosh_and_cells_may_have_several(tmp_path: Path) -> None:
    assert cells(written(tmp_path / "t.csv", b"a;b\r1;2\r")) == [["a", "b"], ["1", "2"]]
    assert cells(written(tmp_path / "t.csv", b'a;b\r\n"1\r\n2";3\r\n')) == [["a", "b"], ["1\r\n2", "3"]]


def test_an_old_workbook_is_read_with_its_dates_merged_cells_and_hidden_sheets() -> None:
    book = open_book(FILES / "staff.xls")
    assert [(sheet.title, sheet.hidden, list(sheet.merged)) for sheet in book.sheets] == [
        ("Педагоги", False, [(0, 0, 0, 3)]),
        ("Старое", True, []),
    ]
    assert cells(FILES / "staff.xls")[2:] == [
        ["Рябинина Олеся Марковна", "воспитатель", 0.5, dt.date(1990, 3, 5)],
        ["Лужин Пётр Ильич", "методист", 1, dt.date(1985, 12, 31)],
    ]


def test_a_workbook_of_libreoffice_is_read(tmp_path: Path) -> None:
    rows: Rows = [["ФИО", "Ставка", "Принят"], ["Лужин Пётр Ильич", 0.5, dt.date(2020, 9, 1)]]
    assert cells(ods(tmp_path / "t.ods", rows)) == rows


def test_a_file_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    book = xlsx(tmp_path / "t.xlsx", {"Лист": ROWS})
    assert cells(book.rename(tmp_path / "t.csv")) == ROWS
    assert cells(written(tmp_path / "t.xls", csv_bytes(ROWS))) == ROWS


def test_merged_cells_hold_one_value_each(tmp_path: Path) -> None:
    rows: Rows = [["", "часы"], ["", 1], ["", 2]]
    path = xlsx(tmp_path / "t.xlsx", {"Лист": rows}, [(1, 0, 2, 0, "Лужин")])
    assert cells(path) == [["", "часы"], ["Лужин", 1.0], ["Лужин", 2.0]]
    spanned = (
        "<table:table-row><table:table-cell table:number-rows-spanned='2' office:value-type='string'><text:p>Лужин"
        "</text:p></table:table-cell><table:table-cell office:value-type='float' office:value='1'/></table:table-row>"
        "<table:table-row><table:covered-table-cell/><table:table-cell office:value-type='float' office:value='2'/>"
        "</table:table-row>"
    )
    assert cells(ods_table(tmp_path / "t.ods", spanned)) == [["Лужин", 1.0], ["Лужин", 2.0]]


def test_formulas_that_failed_are_told_by_their_cells(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "t.xlsx") as book:
        book.add_worksheet("Лист").write_formula(1, 2, "=1/0", None, "#DIV/0!")
    assert open_book(tmp_path / "t.xlsx").sheets[0].broken == {(2, 2)}
    failed = (
        "<table:table-row><table:table-cell/><table:table-cell office:value-type='string' calcext:value-type=\"error\">"
        "<text:p>#DIV/0!</text:p></table:table-cell></table:table-row>"
    )
    assert open_book(ods_table(tmp_path / "t.ods", failed)).sheets[0].broken == {(1, 1)}


def test_a_cell_that_looks_like_a_command_is_text(tmp_path: Path) -> None:
    command = "=cmd|' /C calc'!A0"
    assert cells(xlsx(tmp_path / "t.xlsx", {"Лист": [["ФИО", command]]})) == [["ФИО", command]]
    assert cells(written(tmp_path / "t.csv", f"ФИО;{command}\n".encode())) == [["ФИО", command]]


def test_macros_are_told_of_and_not_run(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "t.xlsm", {"Лист": ROWS})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    assert open_book(path).macros
    assert cells(path) == ROWS
    assert not open_book(FILES / "staff.xls").macros


def bomb(path: Path) -> Path:
    xlsx(path, {"Лист": ROWS})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", b"\0" * 300_000_000)
    return path


def lying_bomb(path: Path) -> Path:
    """Its table of contents says that the large part has ten bytes."""
    with zipfile.ZipFile(bomb(path)) as archive:
        place = archive.getinfo("xl/media/image1.png").file_size
    content = path.read_bytes()
    said = struct.pack("<I", place)
    assert content.count(said) == 2
    return written(path, content.replace(said, struct.pack("<I", 10)))


def lying(path: Path) -> Path:
    xlsx(path, {"Лист": ROWS})
    with zipfile.ZipFile(path) as archive:
        size = struct.pack("<I", archive.getinfo("xl/worksheets/sheet1.xml").file_size)
    return written(path, path.read_bytes().replace(size, struct.pack("<I", 10)))


def laughs(path: Path) -> Path:
    lol = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    return changed(
        xlsx(path, {"Лист": ROWS}), "xl/workbook.xml", b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', lol
    )


def far_cell(path: Path) -> Path:
    return changed(xlsx(path, {"Лист": [["a", "b"]]}), "xl/worksheets/sheet1.xml", b'r="B1"', b'r="XFD1048576"')


def many_wide_sheets(path: Path) -> Path:
    """Each of its sheets is small enough, all of them are not; the file itself has a few thousand bytes."""
    with xlsxwriter.Workbook(path) as book:
        for _ in range(9):
            book.add_worksheet().write(29_999, 19, 1)
    return path


def far_ods(path: Path) -> Path:
    return ods_table(
        path,
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" '
        'office:value="1" table:number-columns-repeated="16000"/></table:table-row>',
    )


def endless_ods(path: Path) -> Path:
    """The parser looks for the end of a paragraph that has none."""
    cell = "<table:table-row><table:table-cell office:value-type='string'><text:p>нет конца"
    return ods_of(path, ods_content("Лист1", cell).partition("</table:table>")[0])


def locked_ods(path: Path) -> Path:
    return ods_of(path, "x", {"manifest": "<manifest:encryption-data/>"})


def with_stream(path: Path, name: str) -> Path:
    """A compound file whose only stream is called so."""
    entry = "Workbook".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 18)
    written_name = name.encode("utf-16-le")
    other = written_name.ljust(64, b"\0") + struct.pack("<H", len(written_name) + 2)
    return written(path, wrapped(b"\0" * 10).replace(entry, other))


def old_stream(*records: tuple[int, bytes]) -> bytes:
    return wrapped(b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in records))


def many_strings(path: Path) -> Path:
    return written(path, old_stream((0x0809, b"\0\6\5\0"), (0x00FC, struct.pack("<II", 1, 2_000_000_000))))


def vast_xls(path: Path) -> Path:
    return written(path, old_stream((0x0809, b"\0\6\5\0"), (0x0200, struct.pack("<IIHHH", 0, 65536, 0, 256, 0))))


def endless_xls(path: Path) -> Path:
    """The chain of its directory comes back to where it began."""
    content = bytearray(wrapped(b"\0" * 10))
    content[4096 + 4 : 4096 + 8] = struct.pack("<I", 1)
    return written(path, bytes(content))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: written(path, b""), "Файл пуст. Проверьте, тот ли это файл; возможно, он не докачался"),
        (lambda path: written(path, b"\0" * 2000), "Файл пуст. Проверьте, тот ли это файл; возможно, он не докачался"),
        (bomb, TOO_LARGE),
        (lying_bomb, TOO_LARGE),
        (lying, SPOILT),
        (laughs, SPOILT),
        (
            far_cell,
            "Лист «Лист» занят слишком широко: строк 1048576, столбцов 16384. Удалите пустые строки и столбцы за "
            "таблицей или разделите книгу на несколько",
        ),
        (
            many_wide_sheets,
            "Лист «Sheet7» занят слишком широко: строк 30000, столбцов 20. Удалите пустые строки и столбцы за "
            "таблицей или разделите книгу на несколько",
        ),
        (
            far_ods,
            "Лист «Лист1» занят слишком широко: строк 1000000, столбцов 16000. Удалите пустые строки и столбцы за "
            "таблицей или разделите книгу на несколько",
        ),
        (endless_ods, SPOILT),
        (locked_ods, "Книга под паролем. Откройте её, снимите пароль и сохраните заново"),
        (
            lambda path: with_stream(path, "EncryptedPackage"),
            "Книга под паролем. Откройте её, снимите пароль и сохраните заново",
        ),
        (
            lambda path: with_stream(path, "WordDocument"),
            "Это документ Word, а не книга Excel. Откройте его в Word, перенесите таблицу в Excel и сохраните как "
            ".xlsx, а не переименуйте",
        ),
        (
            lambda path: zipped(path, {"word/document.xml": b"<w:document/>"}),
            f"Это документ Word, а не книга Excel. {AS_BOOK}",
        ),
        (
            lambda path: zipped(path, {"xl/workbook.bin": b"\0"}),
            "Это двоичная книга .xlsb. Сохраните её в Excel как .xlsx",
        ),
        (
            lambda path: zipped(path, {"a.txt": b"a"}),
            "Это архив, а не книга Excel. Распакуйте его и дайте файлы, которые в нём лежат",
        ),
        (lambda path: written(path, b"%PDF-1.7"), f"Это PDF, а не книга Excel. {AS_BOOK}"),
        (
            lambda path: written(path, b"<html><table><tr><td>1</td></tr></table>"),
            f"Это страница HTML или XML, хотя файл назван таблицей. {SAVE_ANEW}",
        ),
        (
            lambda path: written(path, b"a;b\x01\x02\n" * 9),
            f"Это не таблица и не текст: такие файлы не читаются. {SAVE_ANEW}",
        ),
        (
            lambda path: written(path, b'a;b\n1;"' + b"x" * 200_000),
            "Незакрытая кавычка в строке 2 или ячейка длиннее 131072 знаков. Исправьте её или сохраните таблицу как "
            ".xlsx",
        ),
        (many_strings, SPOILT),
        (
            vast_xls,
            "Лист «» занят слишком широко: строк 65536, столбцов 256. Удалите пустые строки и столбцы за таблицей или "
            "разделите книгу на несколько",
        ),
        (endless_xls, SPOILT),
        (
            lambda path: written(path, xlsx(path, {"Лист": ROWS}).read_bytes()[:3000]),
            f"Книга испорчена: возможно, файл скачан не до конца. {SAVE_ANEW}",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path, make: Callable[[Path], Path], message: str) -> None:
    assert refusal(make(tmp_path / "t.xlsx")) == message


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert refusal(path) == "Файл больше 40 МБ. Удалите картинки и лишние листы или разделите его на несколько"


def opens_or_refuses(path: Path) -> None:
    with suppress(UnreadableBook):
        for sheet in open_book(path).sheets:
            list(sheet.rows())


SETTINGS = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SETTINGS
@given(
    start=st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"sep=;\n"]),
    rest=st.binary(max_size=1500),
)
def test_any_bytes_open_or_are_refused(tmp_path: Path, start: bytes, rest: bytes) -> None:
    opens_or_refuses(written(tmp_path / "t.bin", start + rest))


_BOOKS: dict[str, bytes] = {}


def real_book(kind: str, tmp_path: Path) -> bytes:
    if kind not in _BOOKS:
        makers = {
            "xls": lambda: FILES / "staff.xls",
            "xlsx": lambda: xlsx(tmp_path / "a.xlsx", {"Лист": ROWS}, [(5, 0, 6, 1, "x")]),
            "ods": lambda: ods(tmp_path / "a.ods", ROWS),
        }
        _BOOKS[kind] = makers[kind]().read_bytes()
    return _BOOKS[kind]


@SETTINGS
@given(
    kind=st.sampled_from(["xls", "xlsx", "ods"]),
    changes=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=8),
    cut=st.integers(0, 10**6) | st.none(),
)
def test_a_spoilt_book_opens_or_is_refused(
    tmp_path: Path, kind: str, changes: list[tuple[int, int]], cut: int | None
) -> None:
    content = bytearray(real_book(kind, tmp_path))
    for place, byte in changes:
        content[place % len(content)] = byte
    opens_or_refuses(written(tmp_path / "t.bin", bytes(content[: None if cut is None else cut % len(content)])))


@SETTINGS
@given(changes=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_spoilt_stream_of_an_old_book_opens_or_is_refused(tmp_path: Path, changes: list[tuple[int, int]]) -> None:
    stream = bytearray(CompoundFile((FILES / "staff.xls").read_bytes()).stream("Workbook"))
    for place, byte in changes:
        stream[place % len(stream)] = byte
    opens_or_refuses(written(tmp_path / "t.xls", wrapped(bytes(stream))))


@SETTINGS
@given(
    kind=st.sampled_from(["xlsx", "ods"]),
    changes=st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from('<>/"=09ж&; A')), min_size=1, max_size=5),
)
def test_spoilt_markup_of_a_book_opens_or_is_refused(tmp_path: Path, kind: str, changes: list[tuple[int, str]]) -> None:
    whole = written(tmp_path / "whole.bin", real_book(kind, tmp_path))
    with zipfile.ZipFile(whole) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    part = {"xlsx": "xl/worksheets/sheet1.xml", "ods": "content.xml"}[kind]
    text = list(parts[part].decode())
    for place, letter in changes:
        text[place % len(text)] = letter
    opens_or_refuses(zipped(tmp_path / "t.bin", parts | {part: "".join(text).encode()}))
