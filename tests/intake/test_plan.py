"""What becomes of each line of what was read: the same file again changes nothing, and one person is one."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pyarrow as pa

from opora.indicators.dataset.arrow import TEXT_KEYS, arrow_schema
from opora.indicators.dataset.store import Dataset
from opora.indicators.dataset.tables import STORED
from opora.intake.matching.planning import plan_of
from opora.intake.pages import read_page
from opora.intake.pages.facts import lines_of_page
from opora.intake.plan import Change, Fate, Plan
from opora.intake.reading import Cell, Line, Place, Reading, Ref, Value
from opora.intake.sheets.told import Told

ON = dt.date(2024, 9, 1)
HEAD = "<tr><th>ФИО</th><th>Должность</th><th>Преподаваемые дисциплины</th><th>Образование</th><th>Категория</th><th>Повышение квалификации</th><th>Общий стаж</th></tr>"  # noqa: E501
VERA = "<tr><td>Осокина Вера Львовна</td><td>учитель</td><td>математика, физика</td><td>высшее</td><td>первая, 2021 г.</td><td>«Цифровая школа», 2023 г., 72 ч.; «Оценивание на уроке», 12.05.2022, 36 ч.</td><td>12 лет</td></tr>"  # noqa: E501
ASYA = "<tr><td>Лужина Ася Петровна</td><td>педагог-психолог</td><td></td><td>высшее</td><td></td><td></td><td>3 года</td></tr>"  # noqa: E501

Rows = dict[str, list[dict[str, Any]]]
SCHOOLS: Rows = {
    "territory": [{"id": "t", "title": "Город", "kind": "municipality"}],
    "organisation": [
        {"id": "s1", "municipality": "t", "title": "Школа № 1", "kind": "school"},
        {"id": "s2", "municipality": "t", "title": "Школа № 2", "kind": "school"},
    ],
}


def page(*people: str, on: dt.date = ON, school: str = "Школа № 1") -> Reading:
    content = f'<meta charset="utf-8"><table>{HEAD}{"".join(people)}</table>'
    return lines_of_page(read_page(content.encode(), "школа.html"), Told(on, school))


def dataset(rows: Rows) -> Dataset:
    tables = {
        name: pa.Table.from_pylist(rows.get(name, []), schema=arrow_schema(table)) for name, table in STORED.items()
    }
    return Dataset(dict(tables), key_type=TEXT_KEYS)


def carried_out(plan: Plan, rows: Rows) -> Rows:
    """As a commit will leave the rows."""
    made = {name: {row["id"]: dict(row) for row in each} for name, each in rows.items()}
    for planned in plan.lines:
        table = made.setdefault(planned.line.table, {})
        if planned.fate in (Fate.NEW, Fate.CHANGED):
            row = table.setdefault(planned.row, {"id": planned.row})
            row.update({change.column: change.becomes for change in planned.changes})
    return {name: list(each.values()) for name, each in made.items()}


def fates(plan: Plan) -> Counter[tuple[str, Fate]]:
    return Counter((planned.line.table, planned.fate) for planned in plan.lines)


def line(table: str, name: str, **values: Value | Ref | None) -> Line:
    return Line(table, name, {column: Cell(value) for column, value in values.items()}, Place("список.xlsx"))


def test_all_that_a_page_says_is_new_and_of_the_school_that_is_known() -> None:
    assert fates(plan_of([page(VERA)], dataset(SCHOOLS))) == {
        ("organisation", Fate.UNCHANGED): 1,
        ("person", Fate.NEW): 1,
        ("employment", Fate.NEW): 1,
        ("teaching", Fate.NEW): 2,
        ("education", Fate.NEW): 1,
        ("attestation", Fate.NEW): 1,
        ("experience", Fate.NEW): 1,
        ("training_programme", Fate.NEW): 2,
        ("training", Fate.NEW): 2,
    }


def test_the_same_page_again_changes_nothing_at_once_or_later() -> None:
    readings = [page(VERA, ASYA)]
    first = plan_of(readings, dataset(SCHOOLS))
    later = carried_out(first, SCHOOLS)
    assert {planned.fate for planned in plan_of(readings, dataset(later)).lines} == {Fate.UNCHANGED}
    twice = plan_of([*readings, *readings], dataset(SCHOOLS)).lines
    assert {planned.fate for planned in twice if planned.reading == 1} == {Fate.UNCHANGED}


def test_a_later_page_that_says_the_same_adds_the_experience_of_its_day_alone() -> None:
    known = carried_out(plan_of([page(VERA)], dataset(SCHOOLS)), SCHOOLS)
    again = plan_of([page(VERA, on=dt.date(2025, 9, 1))], dataset(known))
    moved = [planned for planned in again.lines if planned.fate is not Fate.UNCHANGED]
    assert [(planned.line.table, planned.fate) for planned in moved] == [("experience", Fate.NEW)]


def test_a_person_on_three_pages_with_other_subjects_is_one() -> None:
    pages = [page(VERA.replace("математика, физика", subject)) for subject in ("математика", "физика", "информатика")]
    plan = plan_of(pages, dataset(SCHOOLS))
    people = [planned for planned in plan.lines if planned.line.table == "person"]
    assert [planned.fate for planned in people] == [Fate.NEW, Fate.UNCHANGED, Fate.UNCHANGED]
    assert len({planned.row for planned in people}) == 1
    assert fates(plan)["teaching", Fate.NEW] == 3


def test_a_course_of_a_year_is_made_exact_by_a_list_that_tells_the_day() -> None:
    known = carried_out(plan_of([page(VERA)], dataset(SCHOOLS)), SCHOOLS)
    day = dt.date(2023, 3, 17)
    listed = Reading(
        (
            line("person", "p", last_name="Осокина", first_name="Вера", patronymic="Львовна"),
            line("training_programme", "c", title="ЦИФРОВАЯ ШКОЛА", kind="pk", hours=72.0),
            line("training", "t", person=Ref("p"), programme=Ref("c"), completed=day),
        )
    )
    plan = plan_of([listed], dataset(known))
    assert [planned.fate for planned in plan.lines[:2]] == [Fate.UNCHANGED, Fate.UNCHANGED]
    training = plan.lines[-1]
    assert (training.fate, training.changes) == (Fate.CHANGED, (Change("completed", None, day),))
    exact = carried_out(plan, known)
    again = plan_of([page(VERA), listed], dataset(exact))
    assert {one.fate for one in again.lines if one.line.table == "training"} == {Fate.UNCHANGED}


def test_two_namesakes_are_asked_about_with_all_that_is_said_of_her() -> None:
    twins = [
        {"id": key, "municipality": "t", "last_name": "Осокина", "first_name": "Вера", "patronymic": "Львовна"}
        for key in ("a", "b")
    ]
    plan = plan_of([page(VERA)], dataset(SCHOOLS | {"person": twins}))
    person = next(planned for planned in plan.lines if planned.line.table == "person")
    assert (person.fate, person.choices) == (Fate.UNSURE, ("a", "b"))
    hers = [planned for planned in plan.lines if "person" in planned.line.cells]
    assert {(planned.fate, planned.reason) for planned in hers} == {(Fate.WAITING, "сначала решите: человек")}


def test_what_no_row_can_be_is_wrong_and_says_why() -> None:
    rows = SCHOOLS | {"person": [{"id": "a", "municipality": "t", "last_name": "Осокина"}]}
    lines = (
        line("employment", "1", person="a", organisation="s9", post="teacher", staff_group="educator"),
        line("employment", "2", person="a", organisation="s1", post="king", staff_group="educator"),
        line("employment", "3", person="a", organisation="s1", post="teacher"),
        line("leave", "4", person="a", since=dt.date(2024, 5, 1), until=dt.date(2024, 4, 1)),
        line("experience", "5", person="a", kind="total", years=-1, date=ON),
        line("teaching", "6", person="a", organisation="s1", subject="химия", hours="много"),
    )
    told = [
        (planned.fate, planned.reason.split(". Допустимо")[0])
        for planned in plan_of([Reading(lines)], dataset(rows)).lines
    ]
    assert told == [
        (Fate.WRONG, "«Организация»: строки с кодом «s9» нет"),
        (Fate.WRONG, "«Должность»: значения «king» нет в списке"),
        (Fate.WRONG, "Такой строки в реестре нет, а для новой не заполнено: «Категория работников»"),
        (Fate.WRONG, "Конец (01.04.2024) раньше начала (01.05.2024)"),
        (Fate.WRONG, "«Лет»: -1 меньше 0"),
        (Fate.WRONG, "«Часов в неделю»: «много» — не число"),
    ]


def test_only_what_is_stated_changes_and_what_had_ended_is_another_row() -> None:
    jobs = [
        {
            "id": "old",
            "person": "a",
            "organisation": "s1",
            "staff_group": "educator",
            "post": "teacher",
            "since": dt.date(2010, 9, 1),
            "until": dt.date(2015, 9, 1),
        },
        {
            "id": "now",
            "person": "a",
            "organisation": "s1",
            "staff_group": "educator",
            "post": "teacher",
            "since": dt.date(2020, 9, 1),
            "rate": 1.0,
            "position": "учитель химии",
        },
    ]
    rows = SCHOOLS | {"person": [{"id": "a", "municipality": "t", "last_name": "Осокина"}], "employment": jobs}
    told = line(
        "employment",
        "1",
        person="a",
        organisation="s1",
        post="teacher",
        staff_group="educator",
        rate=0.5,
        observed_on=ON,
    )
    (planned,) = plan_of([Reading((told,))], dataset(rows)).lines
    assert (planned.fate, planned.row, planned.changes) == (Fate.CHANGED, "now", (Change("rate", 1.0, 0.5),))


def test_a_name_is_never_rewritten_by_itself() -> None:
    born = dt.date(1980, 3, 14)
    known = {"id": "a", "municipality": "t", "last_name": "Щёголева", "first_name": "Вера", "born": born}
    rows = SCHOOLS | {"person": [known | {"patronymic": "Львовна"}]}
    names = (("Щеголева", "Вера"), ("Щёголева", "Вера"), ("Щиголева", "Вера"), ("Вера", "Щёголева"))
    told = [
        plan_of(
            [Reading((line("person", "1", last_name=last, first_name=first, patronymic="Львовна", born=born),))],
            dataset(rows),
        ).lines[0]
        for last, first in names
    ]
    assert [(planned.fate, planned.row) for planned in told] == [
        (Fate.UNCHANGED, "a"),
        (Fate.UNCHANGED, "a"),
        (Fate.UNSURE, "a"),
        (Fate.UNSURE, "a"),
    ]


def test_people_of_a_school_that_is_not_known_are_found_and_their_jobs_wait_for_it() -> None:
    plan = plan_of([page(ASYA, school="Школа № 9")], dataset(SCHOOLS))
    told = {planned.line.table: (planned.fate, planned.reason) for planned in plan.lines}
    assert told == {
        "organisation": (Fate.WRONG, "Такой строки в реестре нет, а для новой не заполнено: «Вид»"),
        "person": (Fate.NEW, ""),
        "employment": (Fate.WRONG, "сначала решите: организация"),
        "education": (Fate.NEW, ""),
        "experience": (Fate.NEW, ""),
    }


def test_what_others_refer_to_is_not_changed_without_asking() -> None:
    course = {"id": "c", "title": "Цифровая школа", "kind": "pk"}
    plan = plan_of([page(VERA)], dataset(SCHOOLS | {"training_programme": [course]}))
    programme = next(planned for planned in plan.lines if planned.row == "c")
    assert (programme.fate, programme.changes) == (Fate.UNSURE, (Change("hours", None, 72.0),))
    assert programme.reason == "строка общая: изменится у всех, кто на неё ссылается"
    assert fates(plan)["training", Fate.NEW] == 2
