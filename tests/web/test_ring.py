"""The ring of the management cycle: each station tells its state by facts of the town, and of no other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core.cache import cache

from opora.access.models import User
from opora.access.roles import SERVICE, Role
from opora.access.seeing import scope_of
from opora.people.models import Territory
from opora.web.ring.drawing import Ring
from opora.web.ring.stations import State, Station, stations_of
from tests.access.world import LONG_AGO, SCHOOLS, user_of

pytestmark = pytest.mark.usefixtures("world")
HERE, _, VILLAGE, _ = SCHOOLS
THAT_YEAR = LONG_AGO + dt.timedelta(days=1)
"""Every fact of the world is of the day before."""


@pytest.fixture(autouse=True)
def _counted_anew() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="module")
def users(world: None) -> dict[Role, User]:
    return {role: user_of(role, HERE) for role in (Role.METHODIST, Role.OBSERVER)}


def ring(user: User, on: dt.date = THAT_YEAR, town: str = HERE.town) -> list[Station]:
    with scope_of(user, "127.0.0.1") as standing:
        return stations_of(standing, Territory.objects.get(key=town), on, None)


def states(stations: list[Station]) -> dict[str, str]:
    return {one.title: one.stop.state.words for one in stations}


def test_each_station_tells_what_is_written_down_in_the_school_year(users: dict[Role, User]) -> None:
    found = {one.title: one.stop.told for one in ring(users[Role.METHODIST])}
    assert found["Диагностика"] == "С 01.09.2015 — 2\u00a0результата, последняя запись 01.09.2015"
    assert found["Дефициты"] == "Открыто 2, без ИОМ и курсов 0"
    assert found["Решения и меры"] == "Мер 2, не исполнено в срок 0"
    assert found["Эффект"] == "Сравнить «до» и «после» решения Опора пока не умеет"


def test_a_year_without_facts_says_when_the_last_was(users: dict[Role, User]) -> None:
    found = ring(users[Role.METHODIST], dt.date(2024, 5, 1))
    assert states(found)["Диагностика"] == State.EMPTY.words
    assert found[1].stop.told == "С 01.09.2023 — ничего, последняя запись 01.09.2015"


def test_an_observer_sees_numbers_and_no_facts(users: dict[Role, User]) -> None:
    found = ring(users[Role.OBSERVER])
    hidden = [one for one in found if one.stop.state is State.HIDDEN]
    assert len(hidden) == 7
    assert {one.stop.told for one in hidden} == {""}


def test_a_town_out_of_reach_tells_nothing(users: dict[Role, User]) -> None:
    assert Role.METHODIST in SERVICE
    found = ring(users[Role.METHODIST], town=VILLAGE.town)
    assert {one.stop.told for one in found[:5]} == {""}


def test_the_picture_says_as_much_as_the_table(users: dict[Role, User]) -> None:
    drawn = Ring(ring(users[Role.METHODIST]))
    assert [dot.number for dot in drawn.dots] == list(range(1, 10))
    assert [dot.tone for dot in drawn.dots] == [one.stop.state.tone for one in drawn.stations]
    assert drawn.late == sum(one.stop.state is State.LATE for one in drawn.stations)
