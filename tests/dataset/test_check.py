"""All the faults of a dataset at once, each in its place, in words that tell what to do."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from opora.indicators.dataset.arrow import NUMBER_KEYS, table_of_rows
from opora.indicators.dataset.check import check_dataset
from opora.indicators.dataset.store import Dataset, dataset_of_tables, read_dataset, write_parquet
from opora.indicators.dataset.tables import STORED
from tests.dataset.files import dataset_of, told, workbook

Rows = list[dict[str, Any]]

BORN = dt.date(1990, 5, 1)
TOWN: dict[str, Rows] = {
    "territory": [{"id": "m", "title": "Город", "kind": "municipality"}],
    "organisation": [{"id": "o", "municipality": "m", "title": "Школа № 1", "kind": "school"}],
    "person": [{"id": f"p{n}", "municipality": "m", "born": BORN, "last_name": f"Иванова{n}"} for n in (1, 2)],
    "employment": [
        {"id": f"e{n}", "person": f"p{n}", "organisation": "o", "staff_group": "educator", "post": "teacher"}
        | {"since": dt.date(2015, 9, 1), "rate": 1.0}
        for n in (1, 2)
    ],
}


def town(**more: Rows) -> Dataset:
    """A town without faults, and these rows besides."""
    return dataset_of(**{name: TOWN.get(name, []) + more.get(name, []) for name in TOWN | more})


def person(**values: Any) -> dict[str, Any]:
    return {"id": "p9", "municipality": "m", "last_name": "Петрова", "born": BORN} | values


def job(**values: Any) -> dict[str, Any]:
    return TOWN["employment"][0] | {"id": "e9"} | values


def pair(**values: Any) -> dict[str, Any]:
    return {"id": "n", "mentor": "p1", "mentee": "p2"} | values


def covered(**values: Any) -> dict[str, Any]:
    return {"id": "c", "municipality": "m", "table": "person", "status": "complete"} | values


def test_a_town_without_faults_has_none() -> None:
    assert check_dataset(town(mentorship=[pair()], coverage=[covered()])) == ()


CASES: list[tuple[str, str, dict[str, Any], str]] = [
    (
        "required",
        "person",
        person(municipality=None),
        "таблица «Люди», код «p9», столбец «Муниципалитет»: Не заполнено обязательное поле. Впишите значение",
    ),
    (
        "required",
        "person",
        person(id=None),
        "таблица «Люди», столбец «Код»: Не заполнено обязательное поле. Впишите код, который не повторяется в таблице",
    ),
    (
        "required",
        "organisation",
        TOWN["organisation"][0] | {"id": "o9", "title": " "},
        "таблица «Организации», код «o9», столбец «Название»: Не заполнено обязательное поле. Впишите значение",
    ),
    (
        "duplicate_key",
        "person",
        person(id="p1"),
        "таблица «Люди», код «p1», столбец «Код»: Код «p1» повторяется. Дайте каждой строке свой код",
    ),
    (
        "dangling",
        "employment",
        job(person="p7"),
        "таблица «Работа», код «e9», столбец «Человек»: В таблице «Люди» нет кода «p7». "
        "Исправьте код или добавьте строку в таблицу «Люди»",
    ),
    (
        "choice",
        "employment",
        job(kind="second"),
        "таблица «Работа», код «e9», столбец «Вид работы»: Значения «second» нет в списке. "
        "Допустимо: «основная работа», «внутреннее совместительство», «внешнее совместительство»",
    ),
    (
        "minimum",
        "employment",
        job(rate=-0.5),
        "таблица «Работа», код «e9», столбец «Ставка»: Число -0,5 меньше 0. Впишите число не меньше 0",
    ),
    (
        "not_finite",
        "employment",
        job(rate=float("nan")),
        "таблица «Работа», код «e9», столбец «Ставка»: «nan» — не число. Впишите число",
    ),
    (
        "end_before_start",
        "employment",
        job(until=dt.date(2015, 8, 31)),
        "таблица «Работа», код «e9», столбец «По (не включая)»: Конец (31.08.2015) раньше начала (01.09.2015). "
        "Исправьте одну из дат",
    ),
    (
        "end_before_start",
        "coverage",
        covered(since=dt.date(2022, 1, 1), until=dt.date(2021, 1, 1)),
        "таблица «Полнота», код «c», столбец «По (не включая)»: Конец (01.01.2021) раньше начала (01.01.2022). "
        "Исправьте одну из дат",
    ),
    (
        "impossible_date",
        "employment",
        job(until=dt.date(2202, 1, 1)),
        "таблица «Работа», код «e9», столбец «По (не включая)»: Дата 01.01.2202: год не между 1900 и 2100. "
        "Исправьте год",
    ),
    (
        "impossible_date",
        "person",
        person(career_start=dt.date(202, 9, 1)),
        "таблица «Люди», код «p9», столбец «Начало педагогической работы»: "
        "Дата 01.09.0202: год не между 1900 и 2100. Исправьте год",
    ),
    (
        "born",
        "person",
        person(born=dt.date(2020, 3, 4)),
        "таблица «Люди», код «p9», столбец «Дата рождения»: Человек родился в 2020 году. Исправьте год",
    ),
    (
        "born",
        "person",
        person(born=dt.date(1890, 3, 4)),
        "таблица «Люди», код «p9», столбец «Дата рождения»: Человек родился в 1890 году. Исправьте год",
    ),
    (
        "too_young",
        "employment",
        job(since=dt.date(2004, 4, 30)),
        "таблица «Работа», код «e9», столбец «С»: На день приёма 30.04.2004 полных лет 13 "
        "(дата рождения 01.05.1990), а работать можно с 14. Исправьте дату приёма или дату рождения",
    ),
    (
        "before_birth",
        "employment",
        job(since=dt.date(1990, 4, 30)),
        "таблица «Работа», код «e9», столбец «С»: День приёма 30.04.1990 раньше дня рождения 01.05.1990. "
        "Исправьте дату приёма или дату рождения",
    ),
    (
        "own_mentor",
        "mentorship",
        pair(mentee="p1"),
        "таблица «Наставничество», код «n», столбец «Наставляемый»: Наставник и наставляемый — один и тот же человек. "
        "Исправьте код одного из них",
    ),
    (
        "covered_table",
        "coverage",
        covered(table="Учителя"),
        "таблица «Полнота», код «c», столбец «Таблица»: Нет таблицы «Учителя». "
        "Впишите название листа или код таблицы, например «Люди» или person",
    ),
    (
        "blank",
        "person",
        person(last_name=""),
        "таблица «Люди», код «p9», столбец «Фамилия»: Вместо отсутствия значения записан пустой текст. "
        "Оставьте его незаполненным (null): пустой текст — не «неизвестно»",
    ),
    (
        "duplicate_row",
        "employment",
        job(),
        "таблица «Работа», код «e9»: То же, что в строке с кодом «e1», во всём, кроме кода. Удалите лишнюю строку",
    ),
]


@pytest.mark.parametrize(("rule", "table", "row", "words"), CASES, ids=[case[0] for case in CASES])
def test_a_fault_is_told(rule: str, table: str, row: dict[str, Any], words: str) -> None:
    faults = check_dataset(town(**{table: [row]}))
    assert told(faults) == [words]
    assert [(fault.rule, fault.table) for fault in faults] == [(rule, table)]


def test_the_same_faults_are_found_in_files(tmp_path: Path) -> None:
    more: dict[str, Rows] = {}
    for _, table, row, _ in CASES:
        more.setdefault(table, []).append(row)
    dataset = town(**more)
    write_parquet(dataset, tmp_path / "d")
    stored = check_dataset(read_dataset(tmp_path / "d"))
    assert {fault.source for fault in stored} == {f"файл {table}.parquet" for table in more}
    assert [replace(fault, source="") for fault in stored] == [
        replace(fault, source="") for fault in check_dataset(dataset)
    ]


def test_a_set_that_must_not_repeat_is_told_and_unknown_values_do_not_repeat() -> None:
    match: dict[str, Any] = {"speciality": "Математика", "subject": "Физика"}
    rows = [match | {"id": "1", "fits": True}, match | {"id": "2", "fits": False}]
    assert told(check_dataset(town(profile_match=rows))) == [
        "таблица «Профиль», код «2», столбец «Специальность»: «Математика — Физика» уже есть в строке с кодом «1». "
        "Оставьте одну из этих строк или исправьте ошибку"
    ]
    programme = {"id": "d", "title": "Методика", "kind": "pk"}
    trained = [{"id": n, "person": f"p{n}", "programme": "d", "document_number": None} for n in ("1", "2")]
    assert check_dataset(town(training_programme=[programme], training=trained)) == ()


def test_two_equal_vacancies_are_two_posts() -> None:
    vacancy = {"organisation": "o", "post": "teacher", "subject": "Физика"}
    assert check_dataset(town(vacancy=[vacancy | {"id": "1"}, vacancy | {"id": "2"}])) == ()


def test_people_without_names_are_not_taken_for_one() -> None:
    nameless = [person(id=key, last_name=None) for key in ("x", "y")]
    assert check_dataset(town(person=nameless)) == ()
    namesakes = [person(id=key) for key in ("x", "y")]
    assert [fault.rule for fault in check_dataset(town(person=namesakes))] == ["duplicate_row"]


def test_work_at_fourteen_is_allowed_and_an_unknown_birthday_asks_nothing() -> None:
    fine = job(since=dt.date(2004, 5, 1))
    unknown = job(id="e8", person="p9", since=dt.date(1930, 1, 1))
    assert check_dataset(town(person=[person(born=None)], employment=[fine, unknown])) == ()


def test_a_state_may_end_on_the_day_it_began() -> None:
    assert check_dataset(town(employment=[job(until=dt.date(2015, 9, 1))])) == ()


def test_all_faults_come_at_once_in_the_order_of_the_tables() -> None:
    faults = check_dataset(
        town(mentorship=[pair(mentee="p1")], person=[person(born=dt.date(2020, 1, 1))], employment=[job(rate=-1.0)])
    )
    assert [(fault.table, fault.rule) for fault in faults] == [
        ("person", "born"),
        ("employment", "minimum"),
        ("mentorship", "own_mentor"),
    ]


def test_of_many_faults_the_first_are_shown_and_the_rest_counted() -> None:
    faults = check_dataset(town(person=[person(id=f"x{n:03}", municipality="?", last_name=str(n)) for n in range(50)]))
    assert [fault.key for fault in faults] == [*(f"x{n:03}" for n in range(20)), ""]
    assert str(faults[-1]) == "таблица «Люди», столбец «Муниципалитет»: Ещё таких же ошибок: 30"


def test_every_repeat_is_counted() -> None:
    faults = check_dataset(town(person=[person(id="p1", last_name=str(n)) for n in range(50)]))
    assert len(faults) == 21
    assert faults[-1].message == "Ещё таких же ошибок: 30"


def test_keys_may_be_numbers() -> None:
    rows = [{"id": 1, "title": "Город", "kind": "municipality", "parent": 5}]
    dataset = dataset_of_tables({"territory": table_of_rows(STORED["territory"], rows, NUMBER_KEYS)})
    assert told(check_dataset(dataset)) == [
        "таблица «Территории», код «1», столбец «Входит в»: В таблице «Территории» нет кода «5». "
        "Исправьте код или добавьте строку в таблицу «Территории»"
    ]


def test_in_a_workbook_the_row_of_the_sheet_is_named(tmp_path: Path) -> None:
    rows = [["Код", "Название", "Вид"], ["m", "Город", "муниципалитет"], [], ["m", "Село", "муниципалитет"]]
    path = workbook(tmp_path / "t.xlsx", {"Территории": rows})
    assert told(check_dataset(read_dataset(path))) == [
        "лист «Территории», строка 4, столбец «Код»: Код «m» уже стоит в строке 2. Дайте каждой строке свой код"
    ]


def test_a_cell_that_could_not_be_read_is_not_called_empty_too(tmp_path: Path) -> None:
    rows = [["Код", "Название", "Вид"], ["m", "Город", "город"], ["n", "Село", ""]]
    dataset = read_dataset(workbook(tmp_path / "t.xlsx", {"Территории": rows}))
    assert [fault.place for fault in dataset.reading_faults] == ["лист «Территории», строка 2, столбец «Вид»"]
    assert [fault.place for fault in check_dataset(dataset)] == ["лист «Территории», строка 3, столбец «Вид»"]


def test_a_column_that_is_missing_is_not_called_empty_in_every_row(tmp_path: Path) -> None:
    rows = [["Код", "Название"], ["m", "Город"], ["n", "Село"]]
    assert check_dataset(read_dataset(workbook(tmp_path / "t.xlsx", {"Территории": rows}))) == ()


def test_the_title_of_a_sheet_is_as_good_as_the_name_of_a_table(tmp_path: Path) -> None:
    dataset = town(coverage=[covered(table="Люди")])
    assert check_dataset(dataset) == ()
    assert dataset.table("coverage")["table"].to_pylist() == ["person"]
