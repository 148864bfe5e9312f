"""A workbook is read as people fill it in; what is wrong is told with its sheet, row and column."""

from __future__ import annotations

import datetime as dt
import shutil
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from opora.indicators.dataset import workbook_guard
from opora.indicators.dataset.check import check_dataset
from opora.indicators.dataset.faults import DatasetFaults
from opora.indicators.dataset.store import read_dataset
from tests.dataset.files import TOWN, Rows, told, workbook

PEOPLE = ["Код", "Муниципалитет", "Фамилия", "Дата рождения"]


def refusal(path: Path) -> str:
    with pytest.raises(DatasetFaults) as caught:
        read_dataset(path)
    return str(caught.value)


def faults_of_people(path: Path, *rows: Sequence[Any]) -> list[str]:
    return told(read_dataset(workbook(path / "t.xlsx", {"Люди": rows})).reading_faults)


def test_sheets_are_found_by_title_and_by_name(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "Территории": TOWN,
        "person": [["id", "municipality", "born"], [1, "m", dt.date(1990, 5, 1)]],
    }
    dataset = read_dataset(workbook(tmp_path / "Город.xlsx", sheets))
    assert told(dataset.reading_faults) == []
    assert dataset.title == "Город"
    assert dataset.table("territory").to_pylist() == [
        {"id": "m", "title": "Город", "kind": "municipality", "parent": None}
    ]
    assert dataset.table("person").select(["id", "born"]).to_pylist() == [{"id": "1", "born": dt.date(1990, 5, 1)}]


def test_a_missing_sheet_is_a_note_and_no_fault(tmp_path: Path) -> None:
    dataset = read_dataset(workbook(tmp_path / "t.xlsx", {"Территории": TOWN}))
    assert dataset.reading_faults == ()
    assert len(dataset.missing) == len(dataset.sources) - 1
    assert dataset.rows("person") == 0
    assert dataset.notes[0].startswith("Нет таблиц: «Организации», «Статусы организаций», «Люди»")


def test_the_workbook_is_not_asked_for_order_case_or_stars(tmp_path: Path) -> None:
    rows = [["дата  рождения", "МУНИЦИПАЛИТЕТ *", "Код*"], ["01.05.1990", "m", "p1"]]
    dataset = read_dataset(workbook(tmp_path / "t.xlsx", {"Люди": rows}))
    assert dataset.table("person").select(["id", "municipality", "born"]).to_pylist() == [
        {"id": "p1", "municipality": "m", "born": dt.date(1990, 5, 1)}
    ]


def test_an_unknown_sheet_asks_what_was_meant(tmp_path: Path) -> None:
    dataset = read_dataset(workbook(tmp_path / "t.xlsx", {"Территории": TOWN, "Лди": [["Код"]], "Ф": [["x"]]}))
    assert told(dataset.reading_faults) == [
        "Непонятный лист «Лди». Возможно, «Люди»?",
        "Непонятный лист «Ф». Удалите его или назовите так, как он назван в шаблоне",
    ]


def test_an_empty_sheet_of_excel_is_passed_over(tmp_path: Path) -> None:
    assert read_dataset(workbook(tmp_path / "t.xlsx", {"Территории": TOWN, "Лист1": []})).reading_faults == ()


def test_two_sheets_of_one_table_are_reported(tmp_path: Path) -> None:
    dataset = read_dataset(workbook(tmp_path / "t.xlsx", {"Территории": TOWN, "territory": TOWN}))
    assert told(dataset.reading_faults) == [
        "Одна таблица дана дважды: «Территории» и «territory». Оставьте один лист; сейчас прочитан первый"
    ]


def test_every_bad_cell_is_told_with_its_place(tmp_path: Path) -> None:
    faults = faults_of_people(
        tmp_path, PEOPLE, ["p1", "m", "Иванова", "31.02.1990"], [], ["p2", "m", "Петрова", "весной"]
    )
    assert faults == [
        "лист «Люди», строка 2, столбец «Дата рождения»: Даты «31.02.1990» нет в календаре. "
        "Исправьте день, месяц или год",
        "лист «Люди», строка 4, столбец «Дата рождения»: «весной» — не дата. Впишите дату, например 31.12.2022",
    ]


def test_many_bad_cells_of_a_column_are_shown_and_counted(tmp_path: Path) -> None:
    faults = faults_of_people(tmp_path, PEOPLE, *(["p", "m", "", "весной"] for _ in range(30)))
    assert len(faults) == 21
    assert faults[-1] == "лист «Люди», столбец «Дата рождения»: Ещё таких же ошибок: 10"


def test_unknown_repeated_and_missing_columns_are_reported(tmp_path: Path) -> None:
    faults = faults_of_people(tmp_path, ["Код", "Фамилия", "Фамилия", "Отчетсво", "Рост"], ["p1", "И", "", "", "x"])
    assert faults == [
        "лист «Люди», столбец «Фамилия»: Столбец «Фамилия» повторяется. Оставьте один; сейчас прочитан первый",
        "лист «Люди», столбец «Отчетсво»: Непонятный столбец «Отчетсво». Возможно, «Отчество»?",
        "лист «Люди», столбец «Рост»: Непонятный столбец «Рост». Удалите его",
        "лист «Люди», столбец «Муниципалитет»: Нет обязательного столбца «Муниципалитет». Добавьте его",
    ]


def test_a_value_beside_the_table_is_reported(tmp_path: Path) -> None:
    assert faults_of_people(tmp_path, PEOPLE, ["p1", "m", "", "", None, "проверить!"]) == [
        "лист «Люди», строка 2: Значение «проверить!» стоит в столбце без названия (6-м по счёту). "
        "Назовите столбец или удалите значение"
    ]


def test_a_second_heading_is_reported_and_not_taken_for_a_person(tmp_path: Path) -> None:
    rows = [PEOPLE, ["id", "municipality", "last_name", "born"], ["p1", "m", "Иванова", ""]]
    dataset = read_dataset(workbook(tmp_path / "t.xlsx", {"Люди": rows}))
    assert told(dataset.reading_faults) == [
        "лист «Люди»: Несколько строк с названиями столбцов: 1, 2. Оставьте одну строку с названиями столбцов"
    ]
    assert dataset.table("person")["id"].to_pylist() == ["p1"]


def test_a_title_above_the_heading_is_reported(tmp_path: Path) -> None:
    rows = [["Список работников"], PEOPLE, ["p1", "m", "Иванова", ""]]
    dataset = read_dataset(workbook(tmp_path / "t.xlsx", {"Люди": rows}))
    assert told(dataset.reading_faults) == [
        "лист «Люди»: Названия столбцов стоят в строке 2, а над ними есть другие строки. "
        "Удалите строки над названиями столбцов"
    ]
    assert dataset.table("person")["id"].to_pylist() == ["p1"]


def test_a_sheet_without_a_heading_is_reported(tmp_path: Path) -> None:
    dataset = read_dataset(workbook(tmp_path / "t.xlsx", {"Территории": [["m", "Город"]]}))
    assert told(dataset.reading_faults) == [
        "лист «Территории»: Нет строки с названиями столбцов. "
        "Впишите в первую строку: «Код», «Название», «Вид», «Входит в»"
    ]


def test_merged_cells_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Люди")
        sheet.write_row(0, 0, PEOPLE)
        sheet.write_row(1, 0, ["p1", "", "Иванова"])
        sheet.write_row(2, 0, ["p2", "", "Петрова"])
        sheet.merge_range(1, 1, 2, 1, "m")
    assert told(read_dataset(path).reading_faults) == [
        "лист «Люди», строка 2: Объединённые ячейки: строки 2–3. Снимите объединение и впишите значение в каждую ячейку"
    ]


def test_a_failed_formula_is_not_taken_for_an_empty_cell(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Люди")
        sheet.write_row(0, 0, PEOPLE)
        sheet.write_row(1, 0, ["p1", "m"])
        sheet.write_formula(1, 3, "=1/0", None, "#DIV/0!")
    assert told(read_dataset(path).reading_faults) == [
        "лист «Люди», строка 2, столбец «Дата рождения»: Ошибка в формуле. Исправьте формулу или впишите значение"
    ]


def test_empty_rows_are_skipped_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, look = book.add_worksheet("Люди"), book.add_format({"bold": True})
        sheet.write_row(0, 0, PEOPLE)
        for row in range(1, 100_000):
            sheet.write_blank(row, 0, None, look)
        sheet.write_row(100_000, 0, ["p1", "m", "", "весной"])
    dataset = read_dataset(path)
    assert dataset.rows("person") == 1
    assert [fault.place for fault in dataset.reading_faults] == ["лист «Люди», строка 100001, столбец «Дата рождения»"]


def test_a_table_may_begin_anywhere(tmp_path: Path) -> None:
    rows = [[], [], [None, None, *PEOPLE], [None, None, "p1", "m", "", "весной"]]
    dataset = read_dataset(workbook(tmp_path / "t.xlsx", {"Люди": rows}))
    assert dataset.table("person")["id"].to_pylist() == ["p1"]
    assert [fault.place for fault in dataset.reading_faults] == ["лист «Люди», строка 4, столбец «Дата рождения»"]


def test_a_workbook_without_tables_is_refused(tmp_path: Path) -> None:
    assert refusal(workbook(tmp_path / "t.xlsx", {"Лист1": [["x"]]})) == (
        "файл t.xlsx: В книге нет ни одного листа с таблицей. Скачайте шаблон и перенесите данные в него"
    )


@pytest.mark.parametrize("suffix", [".xls", ".ods", ".xlsm", ".docx"])
def test_other_formats_are_refused_by_name(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"t{suffix}"
    path.write_bytes(b"x")
    assert refusal(path) == f"файл t{suffix}: Файлы {suffix} не читаются. Сохраните книгу Excel как .xlsx"


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_one_table_is_not_a_dataset(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"person{suffix}"
    path.write_bytes(b"x")
    assert refusal(path) == (
        f"файл person{suffix}: Это одна таблица, а нужен весь набор. "
        "Положите его в папку с другими таблицами и укажите эту папку"
    )


def test_a_latin_letter_in_a_russian_word_is_named(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "Территории": [["Код", "Название", "Вид", "Bид"], ["m", "Город", "муниципaлитет", ""]],
        "Людu": [["Код"], ["p"]],
    }
    assert told(read_dataset(workbook(tmp_path / "t.xlsx", sheets)).reading_faults) == [
        "лист «Территории», столбец «Bид»: Непонятный столбец «Bид»: буква 1 — латинская «B». Возможно, «Вид»?",
        "лист «Территории», строка 2, столбец «Вид»: Значения «муниципaлитет» нет в списке: "
        "буква 8 — латинская «a». Возможно, «муниципалитет»?",
        "Непонятный лист «Людu»: буква 4 — латинская «u». Возможно, «Люди»?",
    ]


def test_a_hundred_thousand_empty_rows_are_no_rows(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "t.xlsx") as book:
        sheet, painted = book.add_worksheet("Территории"), book.add_format({"bg_color": "#EEEEEE"})
        for number, row in enumerate(TOWN):
            sheet.write_row(number, 0, row)
        for number in range(2, 100_000):
            sheet.write_blank(number, 0, None, painted)
    dataset = read_dataset(tmp_path / "t.xlsx")
    assert (dataset.rows("territory"), dataset.reading_faults) == (1, ())


def test_rows_that_nobody_refers_to_need_no_code(tmp_path: Path) -> None:
    rows = [["Муниципалитет", "Таблица", "Полнота"], ["m", "Люди", "полностью"], [], ["m", "Работа", "полностью"]]
    dataset = read_dataset(workbook(tmp_path / "t.xlsx", {"Территории": TOWN, "Полнота": rows}))
    assert told((*dataset.reading_faults, *check_dataset(dataset))) == []
    assert dataset.table("coverage")["id"].to_pylist() == ["строка 2", "строка 4"]
    unnamed = read_dataset(workbook(tmp_path / "u.xlsx", {"Территории": [TOWN[0], ["", *TOWN[1][1:]]]}))
    assert told(check_dataset(unnamed)) == [
        "лист «Территории», строка 2, столбец «Код»: Не заполнено обязательное поле. "
        "Впишите код, который не повторяется в таблице"
    ]


def test_a_renamed_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_text("Код;Название\n")
    assert refusal(path) == (
        "файл t.xlsx: Это не книга Excel, хотя файл так назван. "
        "Откройте его в Excel и сохраните как .xlsx, а не переименуйте"
    )


def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refusal(path).startswith("файл t.xlsx: Это не книга Excel, хотя файл так назван")


def test_an_old_or_locked_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    assert refusal(path) == (
        "файл t.xlsx: Это старый формат .xls или книга под паролем. Снимите пароль и сохраните книгу как .xlsx"
    )


BOMB = (
    "файл t.xlsx: Книга распаковывается в слишком большой объём. "
    "Такие файлы не читаются ради безопасности; большие данные дайте папкой CSV или Parquet"
)


def test_a_part_that_grows_too_much_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", {"Территории": TOWN})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.bin", bytes(3_000_000))
    assert refusal(path) == BOMB


def test_a_workbook_that_is_too_large_altogether_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_guard, "MAX_UNPACKED", 2_000)
    assert refusal(workbook(tmp_path / "t.xlsx", {"Территории": TOWN})) == BOMB


def test_a_table_of_contents_that_lies_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", {"Территории": TOWN})
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    content = path.read_bytes()
    listed = content.rindex(b"xl/worksheets/sheet1.xml") - 46 + 24
    assert content[listed : listed + 4] == struct.pack("<I", size)
    path.write_bytes(content[:listed] + struct.pack("<I", 10) + content[listed + 4 :])
    assert refusal(path) == "файл t.xlsx: Книга испорчена. Откройте её в Excel и сохраните заново"


def test_one_cell_in_a_far_corner_does_not_take_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Территории")
        sheet.write_row(0, 0, TOWN[0])
        sheet.write(1_048_575, 16_383, "x")
    assert refusal(path) == (
        "лист «Территории»: Лист занят до ячейки XFD1048576: это слишком много. "
        "Удалите лишние строки и столбцы; большие данные дайте папкой CSV или Parquet"
    )


def rewritten(path: Path, part: str, old: str, new: str) -> Path:
    """The workbook with a piece of one part replaced."""
    copy = path.with_name("copy.xlsx")
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(copy, "w") as other:
        for info in archive.infolist():
            content = archive.read(info)
            other.writestr(info, content.replace(old.encode(), new.encode()) if info.filename == part else content)
    shutil.move(copy, path)
    return path


def test_cells_without_addresses_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", {"Территории": TOWN})
    assert refusal(rewritten(path, "xl/worksheets/sheet1.xml", '<c r="B2"', "<c")) == (
        "лист «Территории»: У ячеек нет адресов. Откройте книгу в Excel или LibreOffice и сохраните заново"
    )


@pytest.mark.parametrize("piece", ["<oops", "\0</sheetData>"], ids=["cut off", "in UTF-16"])
def test_a_damaged_workbook_is_refused(tmp_path: Path, piece: str) -> None:
    path = workbook(tmp_path / "t.xlsx", {"Территории": TOWN})
    assert refusal(rewritten(path, "xl/worksheets/sheet1.xml", "</sheetData>", piece)) == (
        "файл t.xlsx: Книга испорчена. Откройте её в Excel и сохраните заново"
    )


def test_a_path_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path / "нет.xlsx") == (
        f"Нет такой папки и такого файла: «{tmp_path / 'нет.xlsx'}». Проверьте путь"
    )
