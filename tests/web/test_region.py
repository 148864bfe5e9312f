"""Municipalities side by side: the kept numbers of each, to whom they are open, and nobody's name."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.access.domain.grants import NewGrant, give
from opora.access.domain.seats import RoleAt
from opora.access.models import User
from opora.access.roles import Role
from opora.cycle.domain.programme import put_in_force, take_in
from opora.cycle.models import ProgrammeVersion
from opora.cycle.numbers import USUAL, day_of
from opora.cycle.queue import OPORA, Asking
from opora.papers import words
from opora.papers.reading import look
from opora.people.models import Territory
from opora.registry.scope import scope
from opora.snapshot.values import fresh_values
from tests.access.world import LONG_AGO, SCHOOLS, TESTS, territory, user_of
from tests.programmes.files import GOOD
from tests.web.people import browser, said, with_second_factor

pytestmark = pytest.mark.usefixtures("world")
HERE, _, VILLAGE, _ = SCHOOLS
OTHER = (
    GOOD.replace("key: example", "key: another")
    .replace("code: X-2\n    title: Число педагогов", "code: Y-2\n    title: Сколько педагогов")
    .replace("[X-1, X-2]", "[X-1]")
)
"""Another programme: by other words it counts the educators by the same formula."""


@pytest.fixture(scope="module")
def versions(world: None) -> dict[str, ProgrammeVersion]:
    found = {}
    for town, text in ((HERE.town, GOOD), (VILLAGE.town, OTHER)):
        place = Territory.objects.get(key=town)
        version = take_in(text, municipality=place.pk, by=TESTS)
        put_in_force(version.pk, since=dt.date(2021, 1, 1), municipality=place.pk, by=TESTS)
        fresh_values(Asking(version, place, day_of(version, dt.date.today()), by=USUAL).question, OPORA)
        found[town] = version
    return found


@pytest.fixture(scope="module")
def observer(versions: dict[str, ProgrammeVersion]) -> User:
    """Of both towns."""
    user = user_of(Role.OBSERVER, HERE, "region@example.org")
    away = territory(VILLAGE.town)
    with scope([away], TESTS):
        give([NewGrant(user, RoleAt(Role.OBSERVER, away), LONG_AGO)], within=[away], by=TESTS)
    return user


def test_what_two_programmes_count_by_one_formula_stands_in_one_column(
    observer: User, versions: dict[str, ProgrammeVersion]
) -> None:
    answer = browser(observer).get(reverse("region"))
    text = answer.content.decode()
    assert "X-2 / Y-2" in said(answer)
    for town, code in ((HERE.town, "X-2"), (VILLAGE.town, "Y-2")):
        assert f'href="{reverse("indicator", args=[versions[town].pk, code])}"' in text
        assert f'href="{reverse("start")}?town={territory(town)}"' in text


def test_a_number_is_the_one_that_was_counted(observer: User, versions: dict[str, ProgrammeVersion]) -> None:
    place = Territory.objects.get(key=VILLAGE.town)
    version = versions[VILLAGE.town]
    values = fresh_values(Asking(version, place, day_of(version, dt.date.today()), by=USUAL).question, OPORA)
    counted = next(one for one in values.result.indicators if one.code == "Y-2")
    cell = browser(observer).get(reverse("region")).content.decode().partition(f'{version.pk}/Y-2/">')[2]
    assert cell.startswith(words.shown(look(counted), counted.value.value))


def test_nobody_and_no_school_is_named(observer: User, versions: dict[str, ProgrammeVersion]) -> None:
    for page in ("region", "region_workbook"):
        text = browser(observer).get(reverse(page)).content.decode(errors="ignore")
        assert [school.name for school in SCHOOLS if f"title {school.name}" in text] == []
        assert "/people/" not in text


def test_a_town_that_is_not_open_to_her_is_not_told(versions: dict[str, ProgrammeVersion]) -> None:
    alone = with_second_factor(user_of(Role.METHODIST, HERE, "alone@example.org"))
    text = browser(alone).get(reverse("region")).content.decode()
    assert (HERE.town.title() in text, VILLAGE.town.title() in text) == (True, False)
    assert "сравнить его пока не с чем" in text
    assert f'href="{reverse("start")}?town={territory(HERE.town)}"' in text


def test_one_town_more_costs_no_query_more(observer: User, versions: dict[str, ProgrammeVersion]) -> None:
    one = with_second_factor(user_of(Role.HEAD, VILLAGE, "village@example.org"))
    counts = []
    for user in (one, observer):
        client = browser(user)
        client.get(reverse("region"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("region"))
        counts.append([query["sql"] for query in asked if "kept_" in query["sql"] or "programme_" in query["sql"]])
    assert len(counts[0]) == len(counts[1])
