"""Before anything is written it is told which numbers will move, and they are those of the dataset to come."""

from __future__ import annotations

import datetime as dt

from opora.indicators.engine.backends import DuckDB
from opora.intake.matching.moved import moved_numbers
from opora.intake.matching.overlay import carried_out
from opora.intake.matching.planning import plan_of
from opora.programmes.compute import Wish, compute_programme
from opora.programmes.model import Programme
from tests.intake.test_plan import SCHOOLS, VERA, dataset, page

ON = dt.date(2022, 12, 31)
PROGRAMME = Programme.model_validate(
    {
        "programme": {"key": "x", "title": "Программа", "municipality": "Город"},
        "indicators": [
            {"code": "X-1", "title": "Курсов", "count": "training"},
            {"code": "X-2", "title": "Конкурсов", "count": "contest"},
            {"code": "X-3", "title": "Людей", "count": "person"},
        ],
    }
)


def test_the_numbers_that_move_are_told_as_they_are_and_as_they_will_be() -> None:
    known = dataset(SCHOOLS)
    plan = plan_of([page(VERA)], known)
    moved = moved_numbers(plan, known, "t", PROGRAMME, ON)
    told = [(each.was.code, each.was.value.n, each.becomes.value.n) for each in moved]
    assert told == [("X-1", 0, 1), ("X-3", 0, 1)]
    to_come = compute_programme(PROGRAMME, carried_out(plan, known, "t"), DuckDB(), ON, wish=Wish(lists=())).indicators
    assert [each.becomes.value for each in moved] == [to_come[0].value, to_come[2].value]


def test_a_plan_that_changes_nothing_moves_nothing() -> None:
    known = dataset(SCHOOLS)
    later = carried_out(plan_of([page(VERA)], known), known, "t")
    assert moved_numbers(plan_of([page(VERA)], later), later, "t", PROGRAMME, ON) == ()


def test_what_is_unsure_is_not_carried_out() -> None:
    twins = [
        {"id": key, "municipality": "t", "last_name": "Осокина", "first_name": "Вера", "patronymic": "Львовна"}
        for key in ("a", "b")
    ]
    known = dataset(SCHOOLS | {"person": twins})
    to_come = carried_out(plan_of([page(VERA)], known), known, "t")
    assert to_come.table("person") == known.table("person")
    assert to_come.table("training").num_rows == 0
