"""Instead of deleting: the archive."""

from __future__ import annotations

from typing import Any

import pytest

from opora.people.domain.employment import Job, employ
from opora.people.models import Employment, Organisation, Person
from opora.registry.batch import archive, bring_back
from opora.registry.scope import scope
from opora.registry.verbs import Refused
from tests.people.town import ALICE, AUTUMN, Town, refusals, town


def hired(town: Town, person: int = 0) -> Employment:
    usual: dict[str, Any] = {"staff_group": "educator", "post": "teacher", "kind": "main", "since": AUTUMN}
    return employ([Job(person=town.people[person], organisation=town.school, **usual)], **town.as_alice)[0]


def test_what_is_referred_to_stays_and_what_refers_is_named(city: Town) -> None:
    made = hired(city)
    with pytest.raises(Refused) as refused:
        archive(Person, [city.people[0], city.people[1]], **city.as_alice)
    assert refusals(refused) == [
        (
            0,
            "",
            "На эту запись ссылаются: Работа — 1 (педагогические работники, учитель, с 01.09.2021)",
        )
    ]
    archive(Employment, [made.pk], **city.as_alice)
    archive(Person, [city.people[0], city.people[1]], **city.as_alice)
    with city.seen():
        assert set(Person.objects.filter(archived_at=None).values_list("pk", flat=True)) == {city.people[2]}


def test_what_another_territory_has_entered_holds_a_row_too_but_is_not_told(city: Town) -> None:
    village = town("село")
    with scope([city.municipality, village.municipality], ALICE):
        Employment.objects.create(
            municipality_id=village.municipality,
            person_id=city.people[0],
            organisation_id=village.school,
            staff_group="educator",
            post="teacher",
            position="тайная должность",
        )
    with pytest.raises(Refused) as refused:
        archive(Person, [city.people[0]], **city.as_alice)
    assert refusals(refused) == [(0, "", "На эту запись ссылаются: Работа — 1 (есть и у других территорий)")]


def test_a_row_comes_back_after_what_it_refers_to(city: Town) -> None:
    made = hired(city)
    archive(Employment, [made.pk], **city.as_alice)
    archive(Organisation, [city.school], **city.as_alice)
    with pytest.raises(Refused) as refused:
        bring_back(Employment, [made.pk], **city.as_alice)
    assert refusals(refused) == [(0, "organisation", "«Организация»: в таблице «Организации» такой строки нет")]
    bring_back(Organisation, [city.school], **city.as_alice)
    bring_back(Employment, [made.pk], **city.as_alice)
    with city.seen():
        assert Employment.objects.get().archived_at is None


def test_a_row_does_not_come_back_beside_one_that_says_the_same_or_contradicts_it(city: Town) -> None:
    made = hired(city)
    archive(Employment, [made.pk], **city.as_alice)
    hired(city)
    with pytest.raises(Refused) as refused:
        bring_back(Employment, [made.pk], **city.as_alice)
    assert [message for _, _, message in refusals(refused)] == [
        "Такая запись уже есть: педагогические работники, учитель, с 01.09.2021"
    ]
    with city.seen():
        Employment.objects.filter(archived_at=None).update(position="историк")
    with pytest.raises(Refused) as refused:
        bring_back(Employment, [made.pk], **city.as_alice)
    assert refusals(refused) == [(None, "", "У человека в это же время есть другая основная работа")]


def test_what_is_archived_already_or_not_at_all_is_told(city: Town) -> None:
    archive(Person, [city.people[0]], **city.as_alice)
    with pytest.raises(Refused) as refused:
        archive(Person, [city.people[0], 10**15], **city.as_alice)
    assert refusals(refused) == [
        (0, "row", "Строка в архиве"),
        (1, "row", "Такой строки нет, или её ведёт другая территория"),
    ]
    with pytest.raises(Refused) as refused:
        bring_back(Person, [city.people[1]], **city.as_alice)
    assert refusals(refused) == [(0, "row", "Строка не в архиве")]
