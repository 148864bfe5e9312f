"""What a sheet of staff says, with doubts and places."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import xlsxwriter

from opora.intake.reading import Ref
from opora.intake.sheets.read import read_sheets
from opora.intake.sheets.told import Told
from tests.intake.sheets.files import FILES, Rows, xlsx
from tests.intake.sheets.said import LUZHIN, ON, RYABININA, TARIFF, doubts, misread, read, staff, told, values


def test_a_tariff_list_is_read_through_its_storeys_totals_and_repeated_headers(tmp_path: Path) -> None:
    reading = read(tmp_path, TARIFF, Told())
    assert told(reading, "person") == [
        {"last_name": "Рябинина", "first_name": "Олеся", "patronymic": "Марковна", "born": dt.date(1990, 3, 5)},
        {"last_name": "Лужин", "first_name": "Пётр", "patronymic": "Ильич", "born": dt.date(1985, 11, 12)},
    ]
    assert told(reading, "employment") == [
        {"staff_group": "educator", "post": "teacher", "position": "учитель", "rate": 1.0},
        {"staff_group": "educator", "post": "methodist", "position": "методист", "rate": 0.5},
    ]
    assert told(reading, "teaching") == [
        {"subject": "Математика", "classes": "5–9", "hours": 18.0},
        {"subject": "Математика", "classes": "10–11", "hours": 2.5},
        {"subject": "Физика", "classes": "5–9", "hours": 4.0},
    ]
    assert misread(reading) == []
    assert doubts(reading, "teaching") == ["имя не указано: взято из строки 7"]
    assert {cell.value for line in reading.lines for name, cell in line.cells.items() if name == "observed_on"} == {ON}


def test_a_person_in_merged_cells_has_all_the_rows_beside_her(tmp_path: Path) -> None:
    rows: Rows = [["ФИО", "Должность", "Предмет", "Часы"], ["", "", "Химия", 9], ["", "", "Биология", 8]]
    merged = [(1, 0, 2, 0, RYABININA), (1, 1, 2, 1, "учитель")]
    reading = read(tmp_path, rows, merged=merged)
    assert told(reading, "teaching") == [{"subject": "Химия", "hours": 9.0}, {"subject": "Биология", "hours": 8.0}]
    assert (len(told(reading, "person")), len(told(reading, "employment"))) == (1, 1)
    assert doubts(reading, "teaching") == []


def test_hours_stand_under_the_subjects_that_head_their_columns(tmp_path: Path) -> None:
    rows: Rows = [
        ["ФИО", "Должность", "Часов в неделю", "", "Всего часов"],
        ["", "", "Физика", "Химия", ""],
        [RYABININA, "учитель", 12, 6, 18],
    ]
    reading = read(tmp_path, rows)
    assert told(reading, "teaching") == [{"subject": "Физика", "hours": 12.0}, {"subject": "Химия", "hours": 6.0}]


def test_several_posts_in_a_cell_are_several_jobs_with_their_rates(tmp_path: Path) -> None:
    header = ["ФИО", "Должность", "Ставка"]
    reading = read(tmp_path, [header, [RYABININA, "учитель физики (1 ст.), методист (0,5 ст., внутр. совм.)", ""]])
    assert told(reading, "employment") == [
        {"staff_group": "educator", "post": "teacher", "position": "учитель", "rate": 1.0},
        {"staff_group": "educator", "post": "methodist", "position": "методист", "rate": 0.5, "kind": "internal"},
    ]
    assert told(reading, "teaching") == [{"subject": "физика"}]
    listed = read(tmp_path, [header, [RYABININA, "воспитатель; методист", "0,75; 0,25"]])
    assert [job["rate"] for job in told(listed, "employment")] == [0.75, 0.25]
    one = read(tmp_path, [header, [RYABININA, "воспитатель; методист", "0,75"]])
    assert [job.get("rate") for job in told(one, "employment")] == [0.75, None]
    assert "ставка одна на несколько должностей: отнесена к первой" in doubts(one, "employment")


def test_a_job_begins_on_the_day_of_hiring_and_ends_after_the_last_day(tmp_path: Path) -> None:
    reading = staff(tmp_path, "Дата приёма", dt.date(2019, 8, 26), "Дата увольнения", "31.08.2024")
    (job,) = told(reading, "employment")
    assert (job["since"], job["until"]) == (dt.date(2019, 8, 26), dt.date(2024, 9, 1))
    assert "observed_on" not in next(line for line in reading.lines if line.table == "employment").cells


def test_lengths_of_experience_are_years_and_a_year_of_beginning_is_none(tmp_path: Path) -> None:
    assert told(staff(tmp_path, "Педагогический стаж", "35 лет"), "experience") == [
        {"kind": "pedagogical", "years": 35, "date": ON}
    ]
    wrong = staff(tmp_path, "Общий стаж", "с 2015")
    assert told(wrong, "experience") == []
    assert misread(wrong) == [
        "t.xlsx, лист «Лист», строка 2, столбец «C — Общий стаж»: «с 2015»: указан год начала, а не стаж. "
        "Впишите число полных лет, например 12"
    ]


def test_two_kinds_of_experience_in_one_column_are_told_apart(tmp_path: Path) -> None:
    reading = staff(tmp_path, "Общий/педагогический стаж", "15/12")
    assert [(one["kind"], one["years"]) for one in told(reading, "experience")] == [("total", 15), ("pedagogical", 12)]
    assert doubts(reading, "experience") == []
    one = staff(tmp_path, "Общий/педагогический стаж", "15 лет")
    assert doubts(one, "experience") == ["неясно, который это стаж: заголовок называет несколько"]


def test_numbers_that_cannot_be_are_told_or_doubted(tmp_path: Path) -> None:
    for written in (-5, "-5"):
        assert misread(staff(tmp_path, "Ставка", written)) == [
            "t.xlsx, лист «Лист», строка 2, столбец «C — Ставка»: «-5» меньше нуля. Впишите число не меньше нуля"
        ]
    assert doubts(staff(tmp_path, "Ставка", 18), "employment") == ["ставка больше трёх: проверьте"]
    many = staff(tmp_path, "Предмет", "Химия", "Часов", 612)
    assert doubts(many, "teaching") == ["больше 60 часов в неделю: проверьте"]


def test_posts_under_subjects_are_posts(tmp_path: Path) -> None:
    reading = read(
        tmp_path, [["ФИО", "Преподаваемый предмет", "Ставка"], [LUZHIN, "Учитель русского языка и литературы", 1]]
    )
    assert [job["post"] for job in told(reading, "employment")] == ["teacher"]
    assert [one["subject"] for one in told(reading, "teaching")] == ["русский язык", "литература"]


def test_hours_stand_under_classes_whether_or_not_it_is_said_that_they_are_hours(tmp_path: Path) -> None:
    rows: Rows = [["Учитель", "Предмет", "5а", "5б", "10", "Итого"], [LUZHIN, "Физика", 2, "", 3, 5]]
    assert told(read(tmp_path, rows), "teaching") == [
        {"subject": "Физика", "classes": "5а", "hours": 2.0},
        {"subject": "Физика", "classes": "10", "hours": 3.0},
    ]


def test_hours_that_are_of_no_subject_are_not_told_as_its_load(tmp_path: Path) -> None:
    header = ["ФИО", "Предмет", "Часов по плану", "Внеурочная деятельность, час.", "Часов фактически"]
    reading = read(tmp_path, [header, [LUZHIN, "Физика", 12, 3, 11]])
    assert told(reading, "teaching") == [{"subject": "Физика", "hours": 12.0}]


def test_a_month_of_hiring_is_told_and_is_no_day(tmp_path: Path) -> None:
    reading = staff(tmp_path, "Дата приёма", "сентябрь 2019", "Категория", "первая", "Действует до", "бессрочно")
    assert "since" not in told(reading, "employment")[0]
    assert misread(reading) == [
        "t.xlsx, лист «Лист», строка 2, столбец «C — Дата приёма»: «сентябрь 2019» — без дня: день из этого не "
        "выводится. Впишите дату полностью, например 31.12.1985"
    ]


def test_a_yearly_leave_is_no_long_absence(tmp_path: Path) -> None:
    for said in ("ежегодный основной", "Работа", "28 календарных дней", 56):
        reading = staff(tmp_path, "Отпуск", said)
        assert (told(reading, "leave"), misread(reading)) == ([], [])
    assert misread(staff(tmp_path, "Отпуск", "в Сочи")) == [
        "t.xlsx, лист «Лист», строка 2, столбец «C — Отпуск»: Значения «в Сочи» Опора не знает. "
        "Впишите: по уходу за ребёнком, длительный или иное отсутствие"
    ]


def test_a_title_over_the_table_names_the_organisation_with_a_doubt(tmp_path: Path) -> None:
    rows: Rows = [["Педагоги МБОУ СОШ № 3 на 01.09.2024"], ["ФИО", "Должность"], [LUZHIN, "методист"]]
    reading = read(tmp_path, rows)
    assert told(reading, "organisation") == [{"title": "МБОУ СОШ № 3"}]
    assert doubts(reading, "organisation") == ["организация понята из заголовка листа"]


def test_without_the_day_of_the_list_it_is_asked_for(tmp_path: Path) -> None:
    reading = read(tmp_path, [["ФИО", "Должность", "Стаж"], [LUZHIN, "методист", 7]], Told())
    assert told(reading, "experience") == [{"kind": "total", "years": 7}]
    assert misread(reading) == [
        "t.xlsx, лист «Лист»: Не сказано, на какой день составлен список: без этого дня стаж не записать. "
        "Укажите день списка при загрузке"
    ]


def test_dates_are_read_as_cells_texts_and_numbers(tmp_path: Path) -> None:
    for written in (dt.date(1985, 12, 31), "31.12.1985", "31 декабря 1985 г.", "1985-12-31"):
        assert told(staff(tmp_path, "Дата рождения", written), "person")[0]["born"] == dt.date(1985, 12, 31)
    number = staff(tmp_path, "Дата рождения", 31412)
    assert told(number, "person")[0]["born"] == dt.date(1985, 12, 31)
    assert doubts(number, "person") == ["число 31412 прочитано как дата 31.12.1985"]
    short = staff(tmp_path, "Дата рождения", "31.12.85")
    assert doubts(short, "person") == ["год из двух цифр прочитан как 1985"]


def test_a_date_that_is_none_is_told_and_a_year_gets_no_day(tmp_path: Path) -> None:
    for written, message in (
        ("31.02.1985", "Даты «31.02.1985» нет в календаре. Исправьте день, месяц или год"),
        ("давно", "«давно» — не дата. Впишите дату, например 31.12.2022"),
        (1985, "«1985» — без дня: день из этого не выводится. Впишите дату полностью, например 31.12.1985"),
        (5, "Вместо даты стоит «5». Впишите дату, например 31.12.2022"),
    ):
        reading = staff(tmp_path, "Дата рождения", written)
        assert "born" not in told(reading, "person")[0]
        assert misread(reading) == [f"t.xlsx, лист «Лист», строка 2, столбец «C — Дата рождения»: {message}"]


def test_a_category_has_its_day_or_only_its_year(tmp_path: Path) -> None:
    assert told(staff(tmp_path, "Категория", "высшая, приказ от 12.03.2021"), "attestation") == [
        {"post": "methodist", "category": "highest", "since": dt.date(2021, 3, 12)}
    ]
    beside = staff(tmp_path, "Категория", "первая", "Дата аттестации", dt.date(2022, 4, 1))
    assert told(beside, "attestation")[0]["since"] == dt.date(2022, 4, 1)
    year = staff(tmp_path, "Категория", "первая, 2022")
    line = next(line for line in year.lines if line.table == "attestation")
    assert ("since" in line.cells, line.cells["observed_on"].value) == (False, dt.date(2022, 12, 31))
    assert line.doubt == "известен только год 2022, дня нет"
    assert told(staff(tmp_path, "Категория", "без категории"), "attestation") == []
    assert misread(staff(tmp_path, "Категория", "вторая")) == [
        "t.xlsx, лист «Лист», строка 2, столбец «C — Категория»: Категория не понята: «вторая». "
        "Впишите: первая, высшая, соответствие занимаемой должности — или оставьте пустым"
    ]


def test_education_keeps_what_is_said_and_the_end_of_the_year_of_the_diploma(tmp_path: Path) -> None:
    reading = staff(tmp_path, "Образование", "высшее", "Год окончания", 2010, "Специальность", "Химия")
    line = next(line for line in reading.lines if line.table == "education")
    assert values(line) | {"person": None} == {"person": None, "level": "higher", "speciality": "Химия"}
    assert line.cells["observed_on"].value == dt.date(2010, 12, 31)


def test_leave_is_read_from_its_column_and_from_what_stands_beside_a_name(tmp_path: Path) -> None:
    reading = staff(tmp_path, "Отпуск", "по уходу за ребёнком до 12.03.2026")
    assert told(reading, "leave") == [{"kind": "childcare", "until": dt.date(2026, 3, 13)}]
    beside = read(tmp_path, [["ФИО", "Должность", "Ставка"], [f"{LUZHIN} (декретный отпуск)", "методист", 1]])
    assert told(beside, "leave") == [{"kind": "childcare"}]
    assert doubts(beside, "leave") == ["понято из слов «декретный отпуск»"]


def test_letters_of_another_alphabet_are_mended_where_they_look_the_same_and_told_where_not(tmp_path: Path) -> None:
    reading = read(tmp_path, [["ФИО", "Должность", "Предмет"], ["Лyжин Пётp Ильич", "методист", "Xимия"]])
    assert told(reading, "person") == [{"last_name": "Лужин", "first_name": "Пётр", "patronymic": "Ильич"}]
    assert told(reading, "teaching") == [{"subject": "Химия"}]
    rows: Rows = [["ФИО", "Тема курса", "Часов"], [LUZHIN, "Методиka zадач", 72]]
    assert doubts(read(tmp_path, rows), "training_programme") == [
        "в слове буквы двух алфавитов: в слове «zадач» буква 1 — латинская «z»"
    ]


def test_an_old_workbook_says_its_day_in_its_title() -> None:
    reading = read_sheets(FILES / "staff.xls")
    assert [(line.table, values(line) | {"person": None}) for line in reading.lines if line.table != "person"] == [
        ("employment", {"person": None, "staff_group": "educator", "post": post, "position": title, "rate": rate})
        for post, title, rate in (("preschool_teacher", "воспитатель", 0.5), ("methodist", "методист", 1.0))
    ]
    assert {line.cells["observed_on"].value for line in reading.lines if line.table == "employment"} == {ON}
    assert [person["born"] for person in told(reading, "person")] == [dt.date(1990, 3, 5), dt.date(1985, 12, 31)]


def test_what_is_private_is_not_read(tmp_path: Path) -> None:
    reading = staff(tmp_path, "СНИЛС", "112-233-445 95", "", "112-233-445 95")
    assert "112-233-445 95" not in str(reading)
    assert len(told(reading, "employment")) == 1


def test_a_row_that_names_nobody_is_told_and_a_vacancy_is_not(tmp_path: Path) -> None:
    header = ["ФИО", "Должность", "Ставка"]
    rows: Rows = [header, ["Вакансия", "учитель", 1], [], ["", "учитель", 1], [], ["Иванова", "учитель", 1]]
    reading = read(tmp_path, rows)
    assert reading.lines == ()
    assert misread(reading) == [
        "t.xlsx, лист «Лист», строка 4, столбец «A — ФИО»: Не сказано, о ком эта строка. "
        "Впишите фамилию, имя и отчество",
        "t.xlsx, лист «Лист», строка 6, столбец «A — ФИО»: «Иванова» не похоже на фамилию, имя и отчество. "
        "Впишите их полностью",
    ]


def test_a_failed_formula_is_told_in_its_place(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "t.xlsx") as book:
        sheet = book.add_worksheet("Лист")
        sheet.write_row(0, 0, ["ФИО", "Должность", "Ставка"])
        sheet.write_row(1, 0, [LUZHIN, "методист"])
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    assert misread(read_sheets(tmp_path / "t.xlsx")) == [
        "t.xlsx, лист «Лист», строка 2, столбец «C — Ставка»: Ошибка в формуле. Исправьте формулу или впишите значение"
    ]


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    rows: Rows = [
        ["ФИО", "Должность", "Ставка", "Дата рождения", "Стаж"],
        [LUZHIN, "методист", "пол", "вчера", "много"],
        [RYABININA, "учитель", 1, "32.01.1990", "5 лет"],
    ]
    assert [(each.place.row, each.place.column, each.message) for each in read(tmp_path, rows).misread] == [
        (2, "D — Дата рождения", "«вчера» — не дата"),
        (2, "C — Ставка", "«пол» — не число"),
        (2, "E — Стаж", "«много»: указано не число лет"),
        (3, "D — Дата рождения", "«32.01.1990» — не дата"),
    ]


def test_names_may_stand_in_three_columns(tmp_path: Path) -> None:
    rows: Rows = [["Фамилия", "Имя", "Отчество", "Должность"], ["Лужин", "Пётр", "Ильич", "методист"]]
    assert told(read(tmp_path, rows), "person") == [{"last_name": "Лужин", "first_name": "Пётр", "patronymic": "Ильич"}]


def test_an_organisation_is_of_its_column_or_of_the_caller(tmp_path: Path) -> None:
    rows: Rows = [["ФИО", "Должность", "Организация"], [LUZHIN, "методист", "Школа № 1"], [RYABININA, "учитель", ""]]
    reading = read(tmp_path, rows, Told(organisation="Школа № 7", organisation_key="s7"))
    places = {line.name: line.cells for line in reading.lines if line.table == "organisation"}
    of_jobs = [line.cells["organisation"].value for line in reading.lines if line.table == "employment"]
    assert [
        {name: cell.value for name, cell in places[ref.line].items()} for ref in of_jobs if isinstance(ref, Ref)
    ] == [
        {"title": "Школа № 1"},
        {"title": "Школа № 7", "id": "s7"},
    ]


def test_titles_of_schools_among_the_rows_tell_whose_the_people_are(tmp_path: Path) -> None:
    rows: Rows = [
        ["ФИО", "Должность", "Ставка"],
        [],
        [LUZHIN, "методист", 1],
        ["МБДОУ «Ёлочка»"],
        [RYABININA, "воспитатель", 1],
    ]
    reading = read(tmp_path, rows, merged=[(1, 0, 1, 2, "МБОУ СОШ № 1")])
    titles = {line.name: line.cells["title"].value for line in reading.lines if line.table == "organisation"}
    of_jobs = [line.cells["organisation"].value for line in reading.lines if line.table == "employment"]
    assert [titles[ref.line] for ref in of_jobs if isinstance(ref, Ref)] == ["МБОУ СОШ № 1", "МБДОУ «Ёлочка»"]
    assert misread(reading) == []


def test_one_name_with_two_birthdays_is_two_people(tmp_path: Path) -> None:
    header = ["ФИО", "Должность", "Дата рождения"]
    days = [dt.date(1980, 1, 1), dt.date(1990, 1, 1), dt.date(1980, 1, 1)]
    reading = read(tmp_path, [header, *([LUZHIN, "методист", day] for day in days)])
    assert [person["born"] for person in told(reading, "person")] == days[:2]


def test_a_person_of_two_sheets_is_one_unless_a_namesake_works_elsewhere(tmp_path: Path) -> None:
    school: Rows = [["ФИО", "Должность", "Организация"], [LUZHIN, "методист", "Школа № 1"]]
    courses: Rows = [["ФИО", "Тема курса", "Часов", "Дата"], [LUZHIN, "Урок", 72, dt.date(2024, 3, 1)]]
    one = read_sheets(xlsx(tmp_path / "t.xlsx", {"Педагоги": school, "Курсы": courses}), told=Told(on=ON))
    assert len(told(one, "person")) == 1
    both = [*school, [LUZHIN, "методист", "Школа № 2"]]
    three = read_sheets(xlsx(tmp_path / "t.xlsx", {"Педагоги": both, "Курсы": courses}), told=Told(on=ON))
    assert len(told(three, "person")) == 3


def test_the_day_of_an_order_is_not_the_day_of_the_list(tmp_path: Path) -> None:
    table: Rows = [["ФИО", "Стаж", "Должность"], [LUZHIN, 7, "методист"]]
    order = ["Утверждено приказом от 30.08.2024 № 5"]
    assert told(read(tmp_path, [order, *table]), "experience")[0]["date"] == ON
    named = read(tmp_path, [["Список на 5 сентября 2024 г."], order, *table])
    assert told(named, "experience")[0]["date"] == dt.date(2024, 9, 5)
