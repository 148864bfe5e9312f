"""Whoever reads a card of somebody else leaves a trace, which the person and administrators see."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from opora.people.domain.merge import OnePerson, merge_people
from opora.people.models import Employment
from opora.privacy.reading import log_reading, readings_of
from opora.registry.scope import NoScope, scope
from tests.people.town import ALICE, AUTUMN, BOB, Town, counted, town


def read(city: Town, people: Sequence[int], what: str = "карточка", own: int | None = None) -> None:
    with scope([city.municipality], BOB):
        log_reading(people, by=BOB, what=what, own=own)


def found(city: Town, person: int) -> list[tuple[str, str, str]]:
    with city.seen():
        return [(each.who, each.address, each.what) for each in readings_of(person)]


def test_a_reading_tells_who_read_what_and_from_where(city: Town) -> None:
    read(city, city.people[:2])
    read(city, city.people[:1], "курсы")
    assert found(city, city.people[0]) == [("bob", "192.0.2.2", "курсы"), ("bob", "192.0.2.2", "карточка")]
    assert found(city, city.people[1]) == [("bob", "192.0.2.2", "карточка")]
    assert found(city, city.people[2]) == []


def test_that_she_reads_her_own_card_is_nobodys_business(city: Town) -> None:
    read(city, city.people, own=city.people[0])
    assert [len(found(city, person)) for person in city.people] == [0, 1, 1]


def test_a_page_of_many_cards_costs_one_statement(city: Town) -> None:
    with city.seen(), counted() as queries:
        log_reading(city.people, by=BOB, what="список")
    assert queries == [1]


def test_without_a_scope_nothing_is_read_and_nothing_logged(city: Town) -> None:
    with pytest.raises(NoScope):
        log_reading(city.people, by=BOB, what="карточка")


def test_cards_of_another_town_cannot_be_read_and_their_readings_are_not_seen(city: Town) -> None:
    village = town("село")
    read(village, city.people)
    assert [found(city, person) for person in city.people] == [[], [], []]
    read(village, village.people)
    with city.seen():
        assert readings_of(village.people[0]) == []


def test_every_town_in_which_she_works_sees_who_read_her_card(city: Town) -> None:
    village = town("село")
    read(city, city.people[:1])
    with scope([village.municipality], ALICE):
        Employment.objects.create(
            municipality_id=village.municipality, person_id=city.people[0], organisation_id=village.school,
            staff_group="educator", post="teacher", since=AUTUMN,
        )  # fmt: skip
    assert [what for _, _, what in found(village, city.people[0])] == ["карточка"]


def test_readings_of_a_card_that_was_merged_are_hers(city: Town) -> None:
    kept, duplicate, _ = city.people
    read(city, [duplicate])
    merge_people([OnePerson(keep=kept, duplicates=(duplicate,))], **city.as_alice)
    assert found(city, kept) == [("bob", "192.0.2.2", "карточка")]
