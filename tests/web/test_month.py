"""«Месяц»: what the plan of the programme in force puts there, whose terms end, what is held."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from opora.access.models import User
from opora.access.roles import Role
from opora.community.models import Event
from opora.cycle.domain.programme import put_in_force, take_in
from opora.indicators.periods import shifted
from opora.learning.models import Training
from opora.people.models import Employment, Leave, Person, Territory
from opora.privacy.reading import readings_of
from opora.programmes.model import Measure, MeasureKind, Recurrence
from opora.registry.scope import scope
from opora.web.month import Month, is_due, month_in
from tests.access.world import LONG_AGO, SCHOOLS, TESTS, territory, user_of
from tests.programmes.files import GOOD
from tests.web.people import browser, said, with_second_factor

HERE, NEIGHBOUR, VILLAGE, _ = SCHOOLS
LAST = dt.date(2024, 3, 15)
ENDS = "2027-03"


@pytest.fixture(scope="module")
def users(world: None) -> dict[Role, User]:
    """In the town a programme is in force; courses of a teacher there and of one of the village run out."""
    for school in (HERE, VILLAGE):
        home = territory(school.town)
        with scope([home], TESTS):
            person = Person.objects.get(key=school.key("person"))
            Employment.objects.filter(person=person).update(staff_group="educator", since=LONG_AGO)
            Leave.objects.filter(person=person).update(until=dt.date(2016, 9, 1))
            Training.objects.filter(person=person).update(completed=LAST, passed=True)
            Event.objects.filter(municipality=home).update(date=dt.date(2027, 3, 8))
            one = Event.objects.filter(municipality=home).select_related("organisation")[0]
            many = [dt.date(2027, 5, 1 + number % 28) for number in range(40)]
            Event.objects.bulk_create(
                Event(municipality_id=home, organisation=one.organisation, title="Сбор", kind=one.kind, date=day)
                for day in many
            )
    place = Territory.objects.get(key=HERE.town)
    version = take_in(GOOD.replace("2025-12-31\nreporting", "2030-12-31\nreporting"), municipality=place.pk, by=TESTS)
    put_in_force(version.pk, since=dt.date(2021, 1, 1), municipality=place.pk, by=TESTS)
    return {role: with_second_factor(user_of(role, HERE)) for role in (Role.METHODIST, Role.COORDINATOR)}


def shown(user: User, part: str, month: str = ENDS) -> str:
    return said(browser(user).get(reverse("month"), {"month": month, "part": part}))


def test_a_measure_stands_in_the_months_that_the_programme_names(users: dict[Role, User]) -> None:
    months = [f"2027-{number:02}" for number in range(1, 13)]
    found = [month for month in months if "Провести диагностику" in shown(users[Role.METHODIST], "measures", month)]
    assert found == ["2027-03", "2027-04"]
    assert "Провести диагностику" not in shown(users[Role.METHODIST], "measures", "2031-03")  # it is over


@pytest.mark.parametrize(
    ("due", "years"),
    [("Декабрь 2021г", [2021]), ("2022-2024", [2022, 2023, 2024]), ("декабрь", list(range(2020, 2027)))],
)
def test_what_is_done_once_stands_in_the_years_of_its_document(due: str, years: list[int]) -> None:
    measure = Measure(
        code="M", title="Провести", kind=MeasureKind.PLAN_ROW, due=due, months=(12,), recurrence=Recurrence.ONCE
    )
    assert [year for year in range(2020, 2027) if is_due(measure, Month(dt.date(year, 12, 1)))] == years


def test_a_term_stands_in_the_month_in_which_it_ends(users: dict[Role, User]) -> None:
    user = users[Role.METHODIST]
    name = f"last_name {HERE.name}"
    assert [month for month in ("2027-02", ENDS, "2027-04") if name in shown(user, "terms", month)] == [ENDS]
    with scope([territory(HERE.town)], TESTS):
        assert readings_of(Person.objects.get(key=HERE.key("person")).pk)[0].what == "сроки месяца"


def test_nobody_of_another_town_or_school_is_told(users: dict[Role, User]) -> None:
    for part in ("terms", "events"):
        text = shown(users[Role.METHODIST], part)
        assert HERE.name in text
        assert VILLAGE.name not in text
    near = user_of(Role.COORDINATOR, NEIGHBOUR, "near@example.org")
    assert f"last_name {HERE.name}" not in shown(near, "terms")
    assert f"last_name {HERE.name}" in shown(users[Role.COORDINATOR], "terms")


def test_the_number_of_queries_does_not_depend_on_what_a_month_holds(users: dict[Role, User]) -> None:
    client = browser(users[Role.METHODIST])
    client.get(reverse("month"))
    counts = []
    for month in (ENDS, "2027-05"):
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("month"), {"month": month, "part": "events"})
        counts.append(len(asked))
    assert counts[0] == counts[1]


@given(st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)))
def test_each_day_is_of_one_month_and_months_follow_each_other(day: dt.date) -> None:
    month = month_in(f"{day:%Y-%m}", dt.date(2000, 1, 1))
    assert month.holds(day)
    assert not month.next.holds(day)
    assert month.next.previous == month == month.previous.next
    assert month.next == Month(shifted(month.first, 1, "month"))


@pytest.mark.parametrize("text", ["", "2027-13", "март", "0000-01", "2027-1", "99999-01", "\0"])
def test_whatever_is_no_month_is_this_one(text: str) -> None:
    assert month_in(text, dt.date(2026, 11, 23)) == Month(dt.date(2026, 11, 1))


def test_a_month_begins_with_what_there_is(users: dict[Role, User]) -> None:
    client = browser(users[Role.METHODIST])
    assert said(client.get(reverse("month"), {"month": ENDS})) == shown(users[Role.METHODIST], "measures")
    assert "По плану: 0" in said(client.get(reverse("month"), {"month": f"{LONG_AGO:%Y-%m}"}))
    assert HERE.name in said(client.get(reverse("month"), {"month": f"{LONG_AGO:%Y-%m}"}))
