"""What more than one municipality sees."""

from __future__ import annotations

import pytest

from opora.community.models import Contest
from opora.learning.models import TrainingProgramme
from opora.people.models import Organisation, Person
from opora.registry.scope import scope
from tests.registry import town
from tests.registry.town import ALICE, BOB, municipality


@pytest.fixture(autouse=True)
def towns(empty_registry: None) -> None:
    town.both_towns()


def test_a_person_is_seen_where_she_has_a_job_but_changed_only_by_who_entered_her() -> None:
    with scope([municipality("город"), municipality("село")], ALICE):
        person = Person.objects.get(municipality__key="город")
        school = Organisation.objects.get(municipality__key="село")
        person.employment_set.create(
            municipality_id=school.municipality_id, organisation=school, staff_group="educator", post="teacher"
        )
    with scope([municipality("село")], BOB):
        assert Person.objects.count() == 2
        assert Person.objects.filter(pk=person.pk).update(last_name="Петрова") == 0
    with scope([municipality("город")], ALICE):
        assert Person.objects.count() == 1


def test_what_a_region_has_entered_for_all_is_seen_by_its_towns_and_changed_by_none_of_them() -> None:
    region = municipality("регион")
    with scope([region], ALICE):
        TrainingProgramme.objects.create(municipality_id=region, title="Курс региона", kind="pk")
        Contest.objects.create(municipality_id=region, title="Учитель года", kind="skill", date="2022-01-01")
        Organisation.objects.create(municipality_id=region, title="Институт", kind="other")
    with scope([municipality("город")], ALICE):
        assert sorted(TrainingProgramme.objects.values_list("title", flat=True)) == ["Курс (город)", "Курс региона"]
        assert TrainingProgramme.objects.update(hours=16) == 1
        assert (Contest.objects.count(), Organisation.objects.count()) == (1, 1)
