"""Ways by which a row of somebody else could slip into what a role sees."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from opora.access.models import Grant, User
from opora.access.roles import Role
from opora.access.seeing import scope_of, visible_to
from opora.learning.models import Mentorship, Training, TrainingProgramme
from opora.people.models import Employment, Organisation, Person, Responsibility
from opora.registry.models import Row
from opora.registry.scope import scope
from opora.site.home import Home
from tests.access.world import LONG_AGO, MENTOR, SCHOOLS, TESTS, build, territory, user_of
from tests.registry.database import Keepsakes

FIRST, SECOND, VILLAGE, _ = SCHOOLS
YESTERDAY = dt.date(2020, 1, 1)


@pytest.fixture(autouse=True)
def fresh_world(keepsakes: Keepsakes, empty_registry: None) -> None:
    keepsakes.bring("world", build)


def seen(user: User, model: type[Row]) -> set[str]:
    with scope_of(user, "") as standing:
        return set(visible_to(standing, model).values_list("key", flat=True))


def change(model: type[Row], key: str, **changed: Any) -> None:
    for town in ("город", "село"):
        with scope([territory(town)], TESTS):
            model._default_manager.filter(key=key).update(**changed)


def test_a_second_job_is_seen_by_the_school_that_gave_it_and_the_person_by_both() -> None:
    with scope([territory("город")], TESTS):
        person = Person.objects.get(key=FIRST.key("person"))
        other = Organisation.objects.get(key=SECOND.key("organisation"))
        Employment.objects.create(
            key="вторая работа", municipality=other.municipality, person=person, organisation=other,
            staff_group="educator", post="teacher", kind="internal", since=LONG_AGO,
        )  # fmt: skip
    first, second = (user_of(Role.COORDINATOR, school) for school in (FIRST, SECOND))
    assert seen(first, Employment) == {FIRST.key("employment")}
    assert seen(second, Employment) == {SECOND.key("employment"), "вторая работа"}
    assert seen(first, Person) == {FIRST.key("person")}
    assert seen(second, Person) == {FIRST.key("person"), SECOND.key("person")}


def test_of_who_has_left_the_school_sees_its_own_rows_and_no_others() -> None:
    change(Employment, FIRST.key("employment"), until=YESTERDAY)
    coordinator = user_of(Role.COORDINATOR, FIRST)
    assert seen(coordinator, Employment) == {FIRST.key("employment")}
    assert seen(coordinator, Person) == seen(coordinator, Training) == set()


def test_a_row_that_names_no_organisation_is_seen_by_where_its_person_works() -> None:
    change(Responsibility, SECOND.key("responsibility"), organisation=None)
    assert seen(user_of(Role.COORDINATOR, FIRST), Responsibility) == {FIRST.key("responsibility")}
    assert seen(user_of(Role.COORDINATOR, SECOND), Responsibility) == {SECOND.key("responsibility")}


def test_a_mentor_sees_her_mentee_no_more_when_the_pair_has_ended_but_the_pair_itself() -> None:
    mentor = user_of(Role.MENTOR, FIRST)
    assert seen(mentor, Training) == {FIRST.key("training")}
    change(Mentorship, FIRST.key("mentorship"), until=YESTERDAY)
    assert seen(mentor, Training) == seen(mentor, Person) == set()
    assert seen(mentor, Mentorship) == {FIRST.key("mentorship")}


def test_a_mentor_without_a_person_in_the_registry_sees_nobody() -> None:
    mentor = user_of(Role.MENTOR, FIRST)
    User.objects.filter(pk=mentor.pk).update(person=None)
    assert seen(User.objects.get(pk=mentor.pk), Person) == set()


def test_a_role_in_another_town_widens_no_role_here() -> None:
    """The coordinator's teacher has courses in the village too, and there the coordinator is but an expert."""
    with scope([territory("город"), territory("село")], TESTS):
        person = Person.objects.get(key=FIRST.key("person"))
        programme = TrainingProgramme.objects.get(key=VILLAGE.key("training_programme"))
        Employment.objects.create(
            municipality_id=territory("село"), person=person, staff_group="educator", post="teacher", since=LONG_AGO,
            organisation=Organisation.objects.get(key=VILLAGE.key("organisation")),
        )  # fmt: skip
        Training.objects.create(key="сельский", municipality_id=territory("село"), person=person, programme=programme)
    coordinator = user_of(Role.COORDINATOR, FIRST)
    Grant.objects.create(user=coordinator, role=Role.EXPERT, territory_id=territory("село"), since=LONG_AGO)
    assert seen(coordinator, Training) == {FIRST.key("training")}
    assert seen(user_of(Role.COORDINATOR, VILLAGE), Training) == {VILLAGE.key("training"), "сельский"}


def test_the_archive_is_seen_by_the_service_alone() -> None:
    change(Employment, FIRST.key("employment"), archived_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    change(Person, FIRST.key("person"), archived_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    assert FIRST.key("person") in seen(user_of(Role.METHODIST, FIRST), Person)
    for role in (Role.COORDINATOR, Role.EDUCATOR, Role.MENTOR, Role.PSYCHOLOGIST):
        assert FIRST.key("person") not in seen(user_of(role, FIRST), Person), role


def test_a_town_sees_who_works_there_whoever_has_entered_her() -> None:
    with scope([territory("город"), territory("село")], TESTS):
        Employment.objects.create(
            municipality_id=territory("село"), person=Person.objects.get(key=FIRST.key("person")),
            organisation=Organisation.objects.get(key=VILLAGE.key("organisation")),
            staff_group="educator", post="teacher", since=LONG_AGO,
        )  # fmt: skip
    methodist = user_of(Role.METHODIST, VILLAGE)
    villagers = {school.key(who) for school in SCHOOLS[2:] for who in ("person", MENTOR)}
    assert seen(methodist, Person) == villagers | {FIRST.key("person")}


def test_reference_tables_are_read_from_the_region_too(installation: Home) -> None:
    with scope([territory("регион")], TESTS):
        TrainingProgramme.objects.create(
            key="региональный", municipality_id=territory("регион"), title="Курс", kind="pk"
        )
    for role in (Role.METHODIST, Role.EDUCATOR, Role.OBSERVER):
        assert "региональный" in seen(user_of(role, FIRST), TrainingProgramme)
