"""Which column is what is proposed from headings and contents, corrected by a person, kept by the shape."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from opora.indicators.dataset.tables import STORED
from opora.intake.reading import Ref
from opora.intake.sheets.kinds import KINDS, TABLE
from opora.intake.sheets.mapping import MappedColumn, SheetMapping
from opora.intake.sheets.opening import Sheet, open_book
from opora.intake.sheets.proposing import mapping_key, proposed_mapping
from opora.intake.sheets.read import read_sheets
from tests.intake.sheets.files import Rows, csv_bytes, xlsx

LUZHIN = "Лужин Пётр Ильич"


def sheet(tmp_path: Path, rows: Rows, title: str = "Лист") -> Sheet:
    return open_book(xlsx(tmp_path / "t.xlsx", {title: rows})).sheets[0]


def meanings(mapping: SheetMapping) -> list[str]:
    return [column.meaning for column in mapping.columns]


@pytest.mark.parametrize(
    ("kind", "headings", "found"),
    [
        (
            "staff",
            ["№ п/п", "Фамилия, имя, отчество", "Занимаемая должность", "Доля ставки", "Дата приёма на работу"],
            ["number", "name", "post", "rate", "hired"],
        ),
        (
            "staff",
            ["ФИО педагога", "Общий стаж работы", "Пед. стаж", "Стаж в должности", "Кв. категория", "Дата присвоения"],
            ["name", "experience_total", "experience_pedagogical", "experience_position", "category", "category_since"],
        ),
        (
            "staff",
            ["Работник", "Д.р.", "Преподаваемый предмет", "Класс", "Кол-во часов", "Оклад, руб.", "Телефон"],
            ["name", "born", "subject", "classes", "hours", "money", "private"],
        ),
        (
            "staff",
            [
                "ФИО",
                "Уровень образования",
                "Какое учебное заведение окончил",
                "Год окончания",
                "Специальность по диплому",
            ],
            ["name", "education", "institution", "education_date", "speciality"],
        ),
        (
            "courses",
            [
                "Слушатель",
                "Место работы",
                "Наименование программы",
                "Объём, ч",
                "Дата выдачи документа",
                "№ удостоверения",
            ],
            ["name", "organisation", "course_title", "course_hours", "course_completed", "document_number"],
        ),
        ("courses", ["Педагог", "Курс", "Год", "Часы"], ["name", "course_title", "course_completed", "course_hours"]),
        ("members", ["Название МО", "Члены МО"], ["association", "name"]),
        (
            "diagnostics",
            ["ФИО", "Школа", "Предмет", "Вид компетенций", "Процент выполнения", "Уровень"],
            ["name", "organisation", "subject", "measures", "score", "level"],
        ),
        (
            "contests",
            ["ФИО участника", "ОУ", "Конкурс", "Этап", "Результат участия", "Дата проведения"],
            ["name", "organisation", "contest", "contest_level", "contest_result", "date"],
        ),
        (
            "members",
            ["ФИО", "ОО", "Название объединения", "Функция", "Дата включения"],
            ["name", "organisation", "association", "member_role", "member_since"],
        ),
    ],
)
def test_a_sheet_is_known_by_its_headings(tmp_path: Path, kind: str, headings: list[str], found: list[str]) -> None:
    mapping = proposed_mapping(sheet(tmp_path, [headings, [LUZHIN]]))
    assert (mapping.kind, meanings(mapping)) == (kind, found)


def test_a_column_without_a_heading_is_known_by_its_contents_and_less_surely(tmp_path: Path) -> None:
    rows: Rows = [["Список", "Должность", "Кто"], ["112-233-445 95", "методист", LUZHIN]]
    mapping = proposed_mapping(sheet(tmp_path, rows))
    assert meanings(mapping) == ["private", "post", "name"]
    assert [column.sureness for column in mapping.columns] == [0.6, 0.95, 0.6]


def test_a_heading_that_its_cells_contradict_is_doubted(tmp_path: Path) -> None:
    rows: Rows = [["ФИО", "Должность", "Дата рождения"], [LUZHIN, "методист", "да"], [LUZHIN, "методист", "нет данных"]]
    born = proposed_mapping(sheet(tmp_path, rows)).columns[2]
    assert (born.meaning, born.sureness) == ("born", 0.3)


def test_of_two_columns_for_one_thing_the_first_is_taken_and_the_other_asked_about(tmp_path: Path) -> None:
    rows: Rows = [["ФИО", "Должность", "Категория", "Категория"], [LUZHIN, "методист", "первая", "высшая"]]
    mapping = proposed_mapping(sheet(tmp_path, rows))
    assert [(column.meaning, column.sureness) for column in mapping.columns[2:]] == [("category", 0.95), ("", 0.0)]


def test_a_correction_is_kept_and_used_for_the_next_file_of_the_shape(tmp_path: Path) -> None:
    rows: Rows = [["ФИО", "Должность", "Прим. на 2024"], [LUZHIN, "методист", "первая"]]
    first = sheet(tmp_path, rows)
    corrected = proposed_mapping(first).corrected({2: "category"})
    kept = {mapping_key(first): SheetMapping.from_json(corrected.to_json())}
    assert kept[mapping_key(first)] == corrected
    following: Rows = [["Список 2025"], ["ФИО", "должность ", "Прим. на 2025"], [LUZHIN, "методист", "высшая"]]
    path = xlsx(tmp_path / "next.xlsx", {"Другой лист": following})
    found = [line.cells["category"].value for line in read_sheets(path, kept).lines if line.table == "attestation"]
    assert found == ["highest"]
    assert [line.table for line in read_sheets(path).lines] == ["person", "employment"]


def test_a_person_may_say_what_a_sheet_is_or_that_it_is_not_to_be_read(tmp_path: Path) -> None:
    rows: Rows = [["ФИО", "Название", "Часов", "Дата"], [LUZHIN, "Урок", 72, dt.date(2024, 3, 1)]]
    one = sheet(tmp_path, rows)
    assert meanings(proposed_mapping(one, "courses")) == ["name", "course_title", "course_hours", "course_completed"]
    assert meanings(proposed_mapping(one, "contests")) == ["name", "contest", "", "date"]
    reading = read_sheets(tmp_path / "t.xlsx", {mapping_key(one): SheetMapping("")})
    assert (reading.lines, reading.misread) == ((), ())


def test_other_headings_are_another_shape(tmp_path: Path) -> None:
    one = mapping_key(sheet(tmp_path, [["ФИО", "Должность"], [LUZHIN, "методист"]]))
    assert one != mapping_key(sheet(tmp_path, [["ФИО", "Должность", "Ставка"], [LUZHIN, "методист", 1]]))
    assert one == mapping_key(sheet(tmp_path, [[" ФИО ", "ДОЛЖНОСТЬ"], [LUZHIN, "учитель"]]))


def test_what_an_older_opora_has_kept_is_read_without_what_is_gone() -> None:
    kept = SheetMapping("staff", (MappedColumn(0, "A — ФИО", "name"), MappedColumn(1, "B — Х", "horoscope")))
    assert meanings(SheetMapping.from_json(kept.to_json())) == ["name", ""]
    assert SheetMapping.from_json(SheetMapping(TABLE, table="horoscope").to_json()) == SheetMapping("")


def test_every_meaning_that_may_be_chosen_is_named_once() -> None:
    for kind in KINDS.values():
        choices = SheetMapping(kind.code).choices()
        assert len({code for code, _ in choices}) == len(choices)
        assert all(title for _, title in choices)
        assert kind.marks <= {code for code, _ in choices}


def test_the_workbook_of_the_dataset_is_read_with_its_keys(tmp_path: Path) -> None:
    people: Rows = [["Код", "Муниципалитет", "Фамилия", "Дата рождения"], ["p1", "m", "Лужин", dt.date(1985, 12, 31)]]
    jobs: Rows = [
        ["Код", "Человек", "Организация", "Категория работников", "Должность", "Ставка"],
        ["", "p1", "s1", "педагогические работники", "учитель", "0,5"],
        ["", "p9", "s1", "педагогические работники", "дворник", 1],
    ]
    path = xlsx(tmp_path / "t.xlsx", {"Работа": jobs, "Люди": people, "Как заполнять": [["Привет"]]})
    reading = read_sheets(path)
    assert [(line.table, line.name) for line in reading.lines] == [
        ("person", "person:p1"),
        ("employment", "1.2.employment.1"),
        ("employment", "1.3.employment.1"),
    ]
    assert {name: cell.value for name, cell in reading.lines[0].cells.items()} == {
        "id": "p1",
        "municipality": "m",
        "last_name": "Лужин",
        "born": dt.date(1985, 12, 31),
    }
    assert {name: cell.value for name, cell in reading.lines[1].cells.items()} == {
        "person": Ref("person:p1"),
        "organisation": "s1",
        "staff_group": "educator",
        "post": "teacher",
        "rate": 0.5,
    }
    assert reading.lines[2].cells["person"].value == "p9"
    (wrong,) = reading.misread
    assert str(wrong.place) == "t.xlsx, лист «Работа», строка 3, столбец «E — Должность»"
    assert wrong.message == "Значения «дворник» нет в списке"


def test_a_file_of_the_dataset_is_read_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "person.csv").write_bytes(csv_bytes([["id", "municipality", "last_name"], ["7", "m", "Лужин"]], ","))
    reading = read_sheets(tmp_path / "person.csv")
    assert [line.name for line in reading.lines] == ["person:7"]
    assert str(reading.lines[0].place) == "person.csv, строка 2"


def test_the_empty_template_of_every_table_is_understood(tmp_path: Path) -> None:
    from opora.indicators.dataset.template import write_template

    write_template(tmp_path / "template.xlsx")
    for one in open_book(tmp_path / "template.xlsx").sheets[:-2]:
        mapping = proposed_mapping(one)
        if mapping.kind == TABLE:
            assert [name for name in meanings(mapping) if name] == [each.name for each in STORED[mapping.table].columns]
