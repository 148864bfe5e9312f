"""What somebody decides of an unsure line is what happens, to the line and to all that waits for it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from opora.intake.matching.planning import Terms, plan_of
from opora.intake.plan import Answer, Change, Fate, Plan, Planned, Say
from opora.intake.reading import Cell, Line, Place, Reading, Ref
from tests.intake.test_plan import SCHOOLS, VERA, dataset, line, page

TWINS: list[dict[str, Any]] = [
    {"id": key, "municipality": "t", "last_name": "Осокина", "first_name": "Вера", "patronymic": "Львовна"}
    for key in ("a", "b")
]
SHORT = Reading(
    (
        line("person", "p", last_name="Осокина", first_name="В", patronymic="Л", born=dt.date(1980, 5, 1)),
        line("education", "e", person=Ref("p"), level="higher"),
    )
)


def of(plan: Plan, table: str) -> Planned:
    return next(planned for planned in plan.lines if planned.line.table == table)


def answered(reading: Reading, people: list[dict[str, Any]], say: Say, row: str = "") -> Plan:
    known = dataset(SCHOOLS | {"person": people})
    asked = of(plan_of([reading], known), "person")
    return plan_of([reading], known, Terms(answers={(0, asked.line.name): Answer(say, row)}))


@pytest.mark.parametrize("key", ["a", "b"])
def test_who_is_chosen_of_two_namesakes_gets_all_that_waited(key: str) -> None:
    plan = answered(page(VERA), TWINS, Say.ROW, key)
    assert (of(plan, "person").fate, of(plan, "person").row) == (Fate.UNCHANGED, key)
    jobs = of(plan, "employment")
    assert (jobs.fate, next(one for one in jobs.changes if one.column == "person").becomes) == (Fate.NEW, key)
    assert {Fate.UNSURE, Fate.WAITING}.isdisjoint(planned.fate for planned in plan.lines)


def test_neither_of_two_namesakes_is_a_new_person_who_has_all_that_waited() -> None:
    plan = answered(page(VERA), TWINS, Say.NEW)
    new = of(plan, "person")
    job = of(plan, "employment")
    assert (new.fate, job.fate) == (Fate.NEW, Fate.NEW)
    assert next(one for one in job.changes if one.column == "person").becomes == new.row
    assert new.row not in ("a", "b")


def test_who_is_left_out_takes_along_all_that_refers_to_her_and_nothing_else() -> None:
    plan = answered(page(VERA), TWINS, Say.LEAVE)
    hers = {planned.fate for planned in plan.lines if "person" in planned.line.cells}
    others = {planned.fate for planned in plan.lines if planned.line.table in ("organisation", "training_programme")}
    assert (of(plan, "person").fate, hers) == (Fate.LEFT_OUT, {Fate.LEFT_OUT})
    assert others == {Fate.UNCHANGED, Fate.NEW}


def test_the_name_of_the_registry_stays_unless_that_of_the_file_is_asked_for() -> None:
    vera = [TWINS[0] | {"born": dt.date(1980, 5, 1)}]
    assert of(answered(SHORT, vera, Say.ROW, "a"), "person").changes == ()
    renamed = of(answered(SHORT, vera, Say.RENAMED, "a"), "person")
    told = {(one.column, one.was, one.becomes) for one in renamed.changes}
    assert (renamed.fate, told) == (
        Fate.CHANGED,
        {("first_name", "Вера", "В"), ("patronymic", "Львовна", "Л")},
    )


def test_a_row_that_was_chosen_and_is_gone_is_asked_about_again() -> None:
    plan = answered(page(VERA), TWINS, Say.ROW, "c")
    assert (of(plan, "person").fate, of(plan, "employment").fate) == (Fate.UNSURE, Fate.WAITING)
    assert of(plan, "person").reason == "строки, которую выбрали, больше нет: выберите снова"


DOUBTFUL = Reading(
    (
        line("person", "p", last_name="Новая", first_name="Анна"),
        Line(
            "training_programme",
            "c",
            {"title": Cell("Курс"), "kind": Cell("pk"), "hours": Cell(720.0, doubt="часов слишком много")},
            Place("страница.html"),
        ),
        line("training", "t", person=Ref("p"), programme=Ref("c"), completed=dt.date(2023, 3, 17)),
    )
)


def test_what_refers_to_a_doubtful_new_row_waits_for_it() -> None:
    plan = plan_of([DOUBTFUL], dataset(SCHOOLS))
    assert [planned.fate for planned in plan.lines] == [Fate.NEW, Fate.UNSURE, Fate.WAITING]
    assert plan.lines[1].reason == "часов слишком много"


def test_a_doubtful_cell_is_taken_as_it_was_read_or_left_alone() -> None:
    right, sure = (
        plan_of([DOUBTFUL], dataset(SCHOOLS), Terms(answers={(0, "c"): Answer(say)})) for say in (Say.RIGHT, Say.SURE)
    )
    assert {planned.fate for planned in (*right.lines, *sure.lines)} == {Fate.NEW}
    assert Change("hours", None, 720.0, "часов слишком много") in right.lines[1].changes
    assert {change.column for change in sure.lines[1].changes} == {"title", "kind"}


def test_a_row_that_another_territory_keeps_is_referred_to_and_not_changed() -> None:
    hers = dataset(SCHOOLS | {"person": [TWINS[0]]})
    told = Reading(
        (
            line("person", "p", last_name="Осокина", first_name="Вера", patronymic="Львовна", sex="female"),
            line("education", "e", person=Ref("p"), level="higher"),
        )
    )
    plan = plan_of([told], hers, Terms(foreign={"person": {"a"}}))
    assert (plan.lines[0].fate, plan.lines[0].row) == (Fate.WRONG, "a")
    assert (plan.lines[1].fate, plan.lines[1].changes[0].becomes) == (Fate.NEW, "a")
    assert plan_of([told], hers).lines[0].fate is Fate.CHANGED


def test_a_row_of_another_town_is_no_row_of_this_one() -> None:
    towns = SCHOOLS["territory"] + [{"id": "u", "title": "Село", "kind": "municipality"}]
    told = Reading(
        tuple(line("organisation", town, municipality=town, title=f"Школа {town}", kind="school") for town in "tu")
    )
    plan = plan_of([told], dataset(SCHOOLS | {"territory": towns}), Terms(municipality="t"))
    assert [planned.fate for planned in plan.lines] == [Fate.NEW, Fate.WRONG]
