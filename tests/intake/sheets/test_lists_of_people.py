"""What sheets of courses, diagnostics, contests and members say; and what a whole file does."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import xlsxwriter

from opora.intake.reading import Ref
from opora.intake.sheets.read import read_sheets
from opora.intake.sheets.told import Told
from tests.intake.sheets.files import Rows, csv_bytes
from tests.intake.sheets.said import LUZHIN, RYABININA, TARIFF, doubts, misread, read, staff, told, values


def test_a_list_of_courses_is_a_row_for_each(tmp_path: Path) -> None:
    rows: Rows = [
        ["ФИО", "Организация", "Тема курса", "Количество часов", "Организация, проводившая обучение", "Дата окончания"],
        [LUZHIN, "Школа № 1", "«Функциональная грамотность»", 72, "ТОИПКРО", "12–24 марта 2021 г."],
        [RYABININA, "Школа № 1", "Функциональная грамотность", "72 ч", "ТОИПКРО", 2021],
        [RYABININA, "Школа № 1", "Менеджмент", 300, "", "май 2020"],
    ]
    reading = read(tmp_path, rows)
    assert told(reading, "training_programme") == [
        {"title": "Функциональная грамотность", "kind": "pk", "hours": 72.0, "provider": "ТОИПКРО"},
        {"title": "Менеджмент", "kind": "pp", "hours": 300.0},
    ]
    assert told(reading, "employment") == [{}, {}]
    assert set(doubts(reading, "employment")) == {"место работы названо попутно: список не о нём"}
    assert told(reading, "training") == [{"started": dt.date(2021, 3, 12), "completed": dt.date(2021, 3, 24)}, {}, {}]
    assert doubts(reading, "training") == [
        "известен только год 2021, дня нет",
        "известен только год 2020, дня нет",
    ]


def test_courses_in_free_words_beside_staff_are_read(tmp_path: Path) -> None:
    reading = staff(
        tmp_path, "Курсы повышения квалификации", "«Урок физики», 72 ч., 14.05.2023; «Наставник», 36 ч., 2022"
    )
    assert told(reading, "training_programme") == [
        {"title": "Урок физики", "kind": "pk", "hours": 72.0},
        {"title": "Наставник", "kind": "pk", "hours": 36.0},
    ]
    assert told(reading, "training") == [{"completed": dt.date(2023, 5, 14)}, {}]


def test_a_course_may_stand_in_one_cell_of_its_row(tmp_path: Path) -> None:
    rows: Rows = [
        ["ФИО", "Название программы, количество часов, место, год"],
        [LUZHIN, "«Современный урок», 72 ч., ТОИПКРО, 14.05.2023"],
    ]
    reading = read(tmp_path, rows)
    assert told(reading, "training_programme") == [
        {"title": "Современный урок", "kind": "pk", "hours": 72.0, "provider": "ТОИПКРО"}
    ]
    assert told(reading, "training") == [{"completed": dt.date(2023, 5, 14)}]


def test_results_of_diagnostics_are_read(tmp_path: Path) -> None:
    rows: Rows = [
        ["Диагностика профессиональных дефицитов, 15.10.2024"],
        ["ФИО", "Предмет", "Компетенции", "Балл", "Уровень"],
        [LUZHIN, "Химия", "предметные", "64,5", "ниже среднего"],
        [RYABININA, "Химия", "методические", 81, "высокий"],
    ]
    day = dt.date(2024, 10, 15)
    assert told(read(tmp_path, rows), "diagnostic_result") == [
        {"measures": "subject", "subject": "Химия", "score": 64.5, "level": "low", "date": day},
        {"measures": "methodical", "subject": "Химия", "score": 81.0, "level": "high", "date": day},
    ]


def test_scores_of_several_competences_stand_in_their_columns(tmp_path: Path) -> None:
    rows: Rows = [["ФИО", "Предметные", "Методические", "Дата диагностики"], [LUZHIN, 64, 71.5, dt.date(2024, 10, 15)]]
    reading = read(tmp_path, rows, title="Диагностика")
    assert [(one["measures"], one["score"]) for one in told(reading, "diagnostic_result")] == [
        ("subject", 64.0),
        ("methodical", 71.5),
    ]


def test_results_of_contests_are_read(tmp_path: Path) -> None:
    rows: Rows = [
        ["Участник", "Название конкурса", "Уровень", "Результат", "Дата"],
        [LUZHIN, "Учитель года", "муниципальный", "победитель", dt.date(2024, 3, 1)],
        [RYABININA, "Учитель года", "муниципальный", "2 место", dt.date(2024, 3, 1)],
        [RYABININA, "Мой урок", "Всероссийский", "участие", 2023],
    ]
    reading = read(tmp_path, rows)
    day = dt.date(2024, 3, 1)
    assert told(reading, "contest") == [
        {"title": "Учитель года", "level": "municipal", "date": day},
        {"title": "Мой урок", "level": "federal"},
    ]
    assert told(reading, "contest_entry") == [
        {"result": "winner", "date": day},
        {"result": "prize", "date": day},
        {"result": "participant"},
    ]
    assert doubts(reading, "contest_entry") == ["известен только год 2023, дня нет"]


def test_members_of_an_association_are_read_and_its_head_is_known(tmp_path: Path) -> None:
    rows: Rows = [
        ["Состав РМО учителей химии"],
        ["№", "ФИО", "ОО", "Роль"],
        [1, RYABININA, "Школа № 1", "руководитель"],
        [2, LUZHIN, "Школа № 2", "член РМО"],
    ]
    reading = read(tmp_path, rows)
    (association,) = [line for line in reading.lines if line.table == "association"]
    people = {line.name: line.cells["last_name"].value for line in reading.lines if line.table == "person"}
    head = association.cells["head"].value
    assert association.cells["title"].value == "РМО учителей химии"
    assert isinstance(head, Ref)
    assert people[head.line] == "Рябинина"
    assert len(told(reading, "membership")) == 2


def test_an_association_is_named_by_its_sheet_or_asked_for(tmp_path: Path) -> None:
    rows: Rows = [["ФИО", "Статус"], [LUZHIN, "член"]]
    named = read(tmp_path, rows, title="РМО учителей истории")
    assert told(named, "association") == [{"title": "РМО учителей истории"}]
    asked = read(tmp_path, [["ФИО", "Функция"], [LUZHIN, "член"]])
    assert misread(asked) == [
        "t.xlsx, лист «Лист»: Не сказано, какое это объединение: без названия его состав не записать. "
        "Укажите название при загрузке"
    ]


def test_of_two_results_the_first_is_taken_and_initials_are_doubted(tmp_path: Path) -> None:
    header = ["ФИО", "Результат входной диагностики, %", "Результат итоговой диагностики, %", "Дата"]
    reading = read(tmp_path, [header, ["ЛУЖИН П.И.", 45, 78, dt.date(2024, 10, 12)]])
    assert [one["score"] for one in told(reading, "diagnostic_result")] == [45.0]
    assert told(reading, "person") == [{"last_name": "Лужин", "first_name": "П.", "patronymic": "И."}]
    assert set(doubts(reading, "person")) == {"вместо имени и отчества — инициалы"}


def test_lines_come_after_those_to_which_they_refer(tmp_path: Path) -> None:
    reading = read(tmp_path, TARIFF, Told(organisation="Школа № 7"))
    seen: set[str] = set()
    for line in reading.lines:
        refs = {cell.value.line for cell in line.cells.values() if isinstance(cell.value, Ref)}
        assert refs <= seen
        assert line.name not in seen
        seen.add(line.name)


def test_a_hidden_sheet_is_told_of_and_not_read(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "t.xlsx") as book:
        shown, hidden = book.add_worksheet("Новый"), book.add_worksheet("Старый")
        for sheet, name in ((shown, LUZHIN), (hidden, RYABININA)):
            sheet.write_row(0, 0, ["ФИО", "Должность"])
            sheet.write_row(1, 0, [name, "методист"])
        hidden.hide()
    reading = read_sheets(tmp_path / "t.xlsx")
    assert [person["last_name"] for person in told(reading, "person")] == ["Лужин"]
    assert misread(reading) == [
        "t.xlsx, лист «Старый»: Лист скрыт и не прочитан. Если он нужен, покажите его в Excel («Показать лист») и "
        "дайте книгу снова"
    ]


def test_a_sheet_that_is_about_nobody_is_told(tmp_path: Path) -> None:
    reading = read(tmp_path, [["Смета"], ["Статья", "Сумма"], ["Бумага", 100]])
    assert misread(reading) == [
        "t.xlsx, лист «Лист»: Не понято, о чём этот лист: нет столбца с именами людей. Назовите столбцы в первой "
        "строке: ФИО, Должность, Предмет… — или укажите при загрузке, где что"
    ]


def test_an_empty_book_is_told(tmp_path: Path) -> None:
    assert misread(read(tmp_path, [])) == [
        "t.xlsx: В книге нет ни одной заполненной ячейки. Проверьте, тот ли это файл"
    ]


def test_a_refused_file_is_one_fault_of_the_reading(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(b"%PDF-1.7")
    assert misread(read_sheets(tmp_path / "t.xlsx", name="список.xlsx")) == [
        "список.xlsx: Это PDF, а не книга Excel. Откройте его в Excel или LibreOffice и сохраните как книгу .xlsx, "
        "а не переименуйте"
    ]


def test_separated_values_say_the_same_as_a_workbook(tmp_path: Path) -> None:
    rows = [[cell if cell is not None else "" for cell in row] for row in TARIFF]
    written = [[f"{cell:%d.%m.%Y}" if isinstance(cell, dt.date) else cell for cell in row] for row in rows]
    (tmp_path / "t.csv").write_bytes(csv_bytes(written, ";", "cp1251"))
    one, other = read(tmp_path, TARIFF), read_sheets(tmp_path / "t.csv")
    assert [(line.table, values(line), line.doubt) for line in one.lines] == [
        (line.table, values(line), line.doubt) for line in other.lines
    ]
