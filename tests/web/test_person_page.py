"""The page of a person: one timeline of what its reader may see, what runs out, what is not entered."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.access.models import User
from opora.access.roles import Role
from opora.access.seeing import scope_of, visible_to
from opora.access.seeing.concerns import CONCERNS
from opora.indicators.periods import shifted
from opora.learning.models import Mentorship, RouteStep, Training, TrainingProgramme
from opora.people.models import Leave, Person
from opora.registry.scope import scope
from opora.web.person.telling import Kind
from opora.web.person.timeline import TELLINGS, timeline_of
from tests.access.world import MENTOR, SCHOOLS, TESTS, territory
from tests.web.people import browser, said

pytestmark = pytest.mark.usefixtures("world")
HERE, NEIGHBOUR, VILLAGE, _ = SCHOOLS


def card(key: str = HERE.key("person")) -> int:
    with scope([territory(HERE.town)], TESTS):
        return Person.objects.get(key=key).pk


def page(user: User, person: int, query: str = "") -> str:
    return said(browser(user).get(reverse("person", args=[person]) + query))


def test_every_table_that_tells_of_a_person_has_its_words() -> None:
    about = {(model, path) for model, found in CONCERNS.items() for path in (*found.people, *found.by)}
    told = {(telling.model, path) for telling in TELLINGS for path in telling.of}
    # A tutor's steps are those of the routes that she leads; whom she leads an association heads in her own.
    missing = {(model.__name__, path) for model, path in about - told}
    assert missing == {("Person", "pk"), ("RouteStep", "route__tutor")}
    assert {(model.__name__, path) for model, path in told - about} == {("Association", "head")}


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.EXPERT, Role.OBSERVER)])
def test_a_timeline_holds_what_its_reader_may_see_and_nothing_else(role: Role, users: dict[Role, User]) -> None:
    with scope_of(users[role], "") as standing:
        seen = {
            (telling.model, row.pk)
            for telling in TELLINGS
            for path in telling.of
            for row in visible_to(standing, telling.model).filter(**{path: card()})
        }
        found = timeline_of(standing, card())
    assert len(found.moments) == len(seen) > 0
    text = page(users[role], card())
    assert HERE.name in text
    assert not any(school.name in text for school in (NEIGHBOUR, VILLAGE))


def test_the_other_end_of_a_mentorship_is_told_on_both_cards(users: dict[Role, User]) -> None:
    methodist = users[Role.METHODIST]
    assert f"Есть наставник: {HERE.key(MENTOR)}" in page(methodist, card())
    assert f"Наставник у last_name {HERE.name}" in page(methodist, card(HERE.key(MENTOR)))


def test_a_mentor_of_another_school_is_told_without_a_name_to_who_may_not_see_her(users: dict[Role, User]) -> None:
    with scope([territory(HERE.town)], TESTS):
        row = Mentorship.objects.get(key=HERE.key("mentorship"))
        Mentorship.objects.filter(pk=row.pk).update(mentor=Person.objects.get(key=NEIGHBOUR.key("person")))
    try:
        assert "Есть наставник: имя закрыто" in page(users[Role.COORDINATOR], card())
        assert f"Есть наставник: last_name {NEIGHBOUR.name}" in page(users[Role.METHODIST], card())
    finally:
        with scope([territory(HERE.town)], TESTS):
            Mentorship.objects.filter(pk=row.pk).update(mentor=row.mentor_id)


def test_a_timeline_is_narrowed_to_a_kind_and_a_kind_that_is_none_shows_all(users: dict[Role, User]) -> None:
    methodist = users[Role.METHODIST]
    narrowed = page(methodist, card(), f"?kind={Kind.DEFICITS}")
    assert "Дефицит:" in narrowed
    assert "Конкурс:" not in narrowed
    assert "Конкурс:" in page(methodist, card(), "?kind=secrets")


def test_terms_and_what_is_not_entered_are_for_those_who_see_all_of_it(users: dict[Role, User]) -> None:
    for role in (Role.METHODIST, Role.COORDINATOR, Role.EDUCATOR):
        assert "Не внесено курсы с датой окончания" in page(users[role], card())
    for role in (Role.MENTOR, Role.PSYCHOLOGIST, Role.ASSOCIATION_HEAD):
        assert "Не внесено" not in page(users[role], card())


def test_what_is_offered_is_what_is_still_ahead(users: dict[Role, User]) -> None:
    coming = dt.date.today() + dt.timedelta(30)
    with scope([territory(HERE.town)], TESTS):
        step = RouteStep.objects.get(key=HERE.key("route_step"))
        RouteStep.objects.filter(pk=step.pk).update(due=coming, done_on=None)
    assert "Что предложено " + f"{coming:%d.%m.%Y} Шаг ИОМ: {step.title}" in page(users[Role.EDUCATOR], card())
    with scope([territory(HERE.town)], TESTS):
        RouteStep.objects.filter(pk=step.pk).update(done_on=coming)
    assert "Что предложено" not in page(users[Role.EDUCATOR], card())


def test_a_course_moves_the_term_a_leave_puts_it_off_and_no_row_costs_a_query(users: dict[Role, User]) -> None:
    methodist, day = users[Role.METHODIST], dt.date.today() - dt.timedelta(100)
    try:
        learn(day)
        assert "Курсы: три года со дня последних стоит: в отпуске" in page(methodist, card())
        on_leave_until(day)
        assert f"Курсы: три года со дня последних {shifted(day, 3, 'year'):%d.%m.%Y}" in page(methodist, card())
        before = queries(methodist)
        for number in range(20):
            learn(day - dt.timedelta(number + 1))
        assert queries(methodist) == before
    finally:
        on_leave_until(None)
        with scope([territory(HERE.town)], TESTS):
            Training.objects.filter(programme__title__startswith="Курс от").delete()
            TrainingProgramme.objects.filter(title__startswith="Курс от").delete()


def on_leave_until(day: dt.date | None) -> None:
    with scope([territory(HERE.town)], TESTS):
        Leave.objects.filter(person=card()).update(until=day)


def learn(day: dt.date) -> None:
    town = territory(HERE.town)
    with scope([town], TESTS):
        programme = TrainingProgramme.objects.create(municipality_id=town, title=f"Курс от {day}", kind="pk")
        Training.objects.create(municipality_id=town, person_id=card(), programme=programme, completed=day)


def queries(user: User) -> int:
    client = browser(user)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("person", args=[card()])).status_code == 200
    return len(asked)
