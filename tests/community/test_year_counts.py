"""What the turn of the year does to numbers: what goes on is one thing, and the past stays as it was."""

from __future__ import annotations

import datetime as dt

import pytest

from opora.community.domain.meeting import NewMeeting, hold_meetings
from opora.community.domain.year import Choice, Decision, What
from opora.indicators.dataset.coverage import coverage_of
from opora.indicators.definitions import standard
from opora.indicators.engine.backends import DuckDB
from opora.indicators.engine.compute import Calculator
from opora.indicators.engine.plan import Asked
from opora.indicators.periods import Context
from opora.programmes.compute import municipalities
from opora.records.domain.coverage import Completeness, declare_coverage
from tests.community.test_year import DAY, Year
from tests.engine.asking import formula
from tests.people.town import SPRING, Town
from tests.registry.loading import taken

BEFORE = DAY - dt.timedelta(1)
NEW_YEAR_EVE = dt.date(2022, 12, 31)


@pytest.fixture
def year(city: Town) -> Year:
    year = Year(city)
    tables = ("membership", "mentorship", "association", "meeting", "training_plan", "employment")
    declare_coverage([Completeness(table=name, status="complete") for name in tables], **year.told)
    hold_meetings([NewMeeting(association=year.circle, date=day) for day in (SPRING, NEW_YEAR_EVE)], **year.told)
    return year


def number(counted: str, on: dt.date) -> float | None:
    dataset = taken()
    calculator = Calculator(
        DuckDB(threads=1), dataset.sources, coverage_of(dataset), municipalities(dataset), standard()
    )
    (found,) = calculator.outcomes([Asked(formula({"count": counted}), ())], Context.on_date(on))
    return found.value.n


def test_a_membership_that_is_carried_over_is_counted_once_in_the_year_and_has_not_begun_in_it(year: Year) -> None:
    year.turn(*(each.accepted() for each in year.proposed()))
    assert number("membership in period", NEW_YEAR_EVE) == 1
    assert number("membership began in period", NEW_YEAR_EVE) == 0
    assert number("membership", BEFORE) == number("membership", DAY) == 1


def test_a_place_that_is_taken_by_another_is_held_by_each_in_her_time(year: Year) -> None:
    taking = Decision(
        what=What.PAIR, row=year.pair, choice=Choice.REPLACE, becomes={"mentor": year.vera}, seen={"until": None}
    )
    year.turn(taking)
    anna, vera = (f'person and last_name = "Иванова-{n}" and has mentorship as mentor' for n in (0, 2))
    assert [number(who, day) for who in (anna, vera) for day in (BEFORE, DAY)] == [1, 0, 0, 1]
    assert number("mentorship", BEFORE) == number("mentorship", DAY) == 1


def test_meetings_of_an_association_add_up_over_the_change_of_its_head(year: Year) -> None:
    year.turn(
        Decision(
            what=What.HEAD,
            row=year.circle,
            choice=Choice.REPLACE,
            becomes={"head": year.vera},
            seen={"head": year.anna},
        )
    )
    assert number("association and has meeting in period at least 2 times", NEW_YEAR_EVE) == 1


def test_a_plan_of_the_school_year_is_there_until_its_last_day(year: Year) -> None:
    year.turn(*(each.accepted() for each in year.proposed()))
    assert [number("training_plan", day) for day in (BEFORE, DAY)] == [1, 0]
