"""Two cards of one person become one, and are taken apart again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db.models import AutoField

from opora.indicators.dataset.check import check_dataset
from opora.learning.models import Mentorship, Route
from opora.people.domain.employment import Job, correct_jobs, employ
from opora.people.domain.merge import OnePerson, merge_people
from opora.people.domain.merge_moves import references
from opora.people.domain.unmerge import unmerge_people
from opora.people.models import Attestation, Employment, Person, PersonMerge, PersonMergeMove, Teaching
from opora.registry.batch import Correction, archive
from opora.registry.models import Trail
from opora.registry.scope import scope
from opora.registry.verbs import Refused
from tests.people.town import ALICE, AUTUMN, BOB, NEW_YEAR, SPRING, Town, refusals, town
from tests.registry.loading import loaded, taken, told


def job(town: Town, person: int, **told: Any) -> Employment:
    usual: dict[str, Any] = {"staff_group": "educator", "post": "teacher", "kind": "main", "since": AUTUMN}
    found = {"person": town.people[person], "organisation": town.school} | usual | told
    return employ([Job(**found)], **town.as_alice)[0]


def facts(town: Town) -> None:
    """Of the first two: a job each, at different times; a category of one, a route of the other."""
    job(town, 0, until=NEW_YEAR)
    job(town, 1, since=NEW_YEAR, organisation=town.gymnasium)
    with town.seen():
        mine = {"municipality_id": town.municipality}
        Attestation.objects.create(person_id=town.people[1], category="first", since=AUTUMN, **mine)
        Route.objects.create(person_id=town.people[2], tutor_id=town.people[1], since=AUTUMN, **mine)


def owners(town: Town) -> dict[str, list[Any]]:
    """Who stands in every living row."""
    with town.seen():
        return {
            f"{each.table}.{each.field}": sorted(
                each.model._default_manager.filter(archived_at=None).values_list(each.field, flat=True)
            )
            for each in references()
            if hasattr(each.model, "archived_at")
        }


def test_everything_goes_over_to_the_kept_card_and_comes_back(city: Town) -> None:
    facts(city)
    before = owners(city)
    kept, duplicate, _ = city.people
    (merge,) = merge_people([OnePerson(keep=kept, duplicates=(duplicate,))], **city.as_alice)
    assert merge.moved == 3
    told = owners(city)
    assert {name: rows for name, rows in told.items() if rows} == {
        "attestation.person": [kept],
        "employment.person": [kept, kept],
        "route.person": [city.people[2]],
        "route.tutor": [kept],
    }
    with city.seen():
        assert set(Person.objects.filter(archived_at=None).values_list("pk", flat=True)) == {kept, city.people[2]}
    (undone,) = unmerge_people([merge.pk], **city.as_alice)
    assert (undone.given_back, undone.changed) == (3, ())
    assert owners(city) == before
    with city.seen():
        assert Person.objects.filter(archived_at=None).count() == 3


def test_a_snapshot_of_merged_cards_has_no_faults(city: Town) -> None:
    facts(city)
    job(city, 2)
    with city.seen():
        for person in city.people[:2]:
            Attestation.objects.create(
                municipality_id=city.municipality, person_id=person, category="highest", since=SPRING
            )
    merge_people([OnePerson(keep=city.people[0], duplicates=(city.people[1],))], **city.as_alice)
    snapshot = taken()
    assert snapshot.rows("person") == 2
    assert snapshot.rows("attestation") == 2
    assert check_dataset(snapshot) == ()


def test_what_was_entered_twice_is_kept_once_and_comes_back_twice(city: Town) -> None:
    for person in (0, 1, 2):
        job(city, person)
    before = owners(city)
    kept, first, second = city.people
    merges = merge_people([OnePerson(keep=kept, duplicates=(first, second))], **city.as_alice)
    assert owners(city)["employment.person"] == [kept]
    with city.seen():
        assert PersonMergeMove.objects.filter(archived=True).count() == 2
    with pytest.raises(Refused) as refused:
        unmerge_people([merges[0].pk], **city.as_alice)
    assert refusals(refused) == [(0, "", "Карточку с тех пор объединяли ещё раз")]
    unmerge_people([merge.pk for merge in merges], **city.as_alice)
    assert owners(city) == before


def test_rows_that_were_changed_since_stay_and_are_named(city: Town) -> None:
    facts(city)
    kept, duplicate, third = city.people
    (merge,) = merge_people([OnePerson(keep=kept, duplicates=(duplicate,))], **city.as_alice)
    with city.seen():
        moved = Employment.objects.get(organisation=city.gymnasium)
        Attestation.objects.all().delete()
    correct_jobs([Correction(row=moved.pk, seen={"person": kept}, becomes={"person": third})], **city.as_alice)
    job(city, 0, since=SPRING)
    (undone,) = unmerge_people([merge.pk], **city.as_alice)
    assert undone.given_back == 1
    assert [(each.table, each.said) for each in undone.changed] == [
        ("Аттестация", "строки больше нет"),
        ("Работа", "педагогические работники, учитель, с 01.01.2022"),
    ]
    assert {name: rows for name, rows in owners(city).items() if rows} == {
        "employment.person": sorted([kept, kept, third]),
        "route.person": [third],
        "route.tutor": [duplicate],
    }


def test_two_main_jobs_at_one_time_are_told_beforehand(city: Town) -> None:
    job(city, 0)
    job(city, 1, organisation=city.gymnasium)
    with pytest.raises(Refused) as refused:
        merge_people([OnePerson(keep=city.people[0], duplicates=(city.people[1],))], **city.as_alice)
    assert refusals(refused) == [
        (
            0,
            "duplicates",
            "Основные работы приходятся на одно время: "
            "Школа (город) (педагогические работники, учитель, с 01.09.2021); "
            "Гимназия (город) (педагогические работники, учитель, с 01.09.2021)",
        )
    ]
    with city.seen():
        assert not PersonMerge.objects.exists()


def test_nobody_becomes_her_own_mentor(city: Town) -> None:
    with city.seen():
        Mentorship.objects.create(
            municipality_id=city.municipality, mentor_id=city.people[0], mentee_id=city.people[1], since=AUTUMN
        )
    with pytest.raises(Refused) as refused:
        merge_people([OnePerson(keep=city.people[2], duplicates=city.people[:2])], **city.as_alice)
    told = "В таблице «Наставничество» человек оказался бы в одной строке дважды"
    assert refusals(refused) == [(0, "duplicates", told)]


def test_cards_that_contradict_each_other_or_are_named_twice_are_refused(city: Town) -> None:
    first, second, third = city.people
    with city.seen():
        Person.objects.filter(pk=first).update(born=dt.date(1980, 5, 1))
        Person.objects.filter(pk=second).update(born=dt.date(1981, 5, 1))
    with pytest.raises(Refused) as refused:
        merge_people(
            [
                OnePerson(keep=first, duplicates=(second,)),
                OnePerson(keep=second, duplicates=()),
                OnePerson(keep=third, duplicates=(10**15,)),
            ],
            **city.as_alice,
        )
    twice = "Одна и та же карточка названа дважды"
    assert refusals(refused) == [
        (0, "", twice),
        (0, "duplicates", "«Дата рождения» в карточках разная: 01.05.1980 и 01.05.1981"),
        (1, "duplicates", "Не названо ни одной карточки для присоединения"),
        (1, "", twice),
        (2, "duplicates", "Такой карточки нет, или она в архиве"),
    ]


def test_a_merge_is_undone_before_an_earlier_one_of_the_same_card(city: Town) -> None:
    first, second, third = city.people
    (one,) = merge_people([OnePerson(keep=second, duplicates=(first,))], **city.as_alice)
    (other,) = merge_people([OnePerson(keep=third, duplicates=(second,))], **city.as_alice)
    for merges in ([one.pk], [one.pk, other.pk]):
        with pytest.raises(Refused) as refused:
            unmerge_people(merges, **city.as_alice)
        assert refusals(refused) == [(0, "", "Карточку с тех пор объединяли ещё раз")]
    unmerge_people([other.pk], **city.as_alice)
    unmerge_people([one.pk], **city.as_alice)
    with pytest.raises(Refused) as refused:
        unmerge_people([one.pk], **city.as_alice)
    assert refusals(refused) == [(0, "", "Это объединение уже отменено")]


def both_towns(city: Town) -> Town:
    """A village where somebody of the city works too."""
    village = town("село")
    with scope([city.municipality, village.municipality], ALICE):
        Employment.objects.create(
            municipality_id=village.municipality,
            person_id=city.people[1],
            organisation_id=village.school,
            staff_group="educator",
            post="teacher",
        )
    return village


def test_what_another_territory_has_entered_is_not_moved_without_it(city: Town) -> None:
    village = both_towns(city)
    people = [OnePerson(keep=city.people[0], duplicates=(city.people[1],))]
    with pytest.raises(Refused) as refused:
        merge_people(people, **city.as_alice)
    assert refusals(refused) == [(0, "duplicates", "О человеке есть сведения другой территории")]
    (merge,) = merge_people(people, **city.as_alice, others=[village.municipality])
    with scope([village.municipality], BOB):
        assert Employment.objects.get().person_id == city.people[0]
        assert Person.objects.filter(pk__in=city.people).get().pk == city.people[0]
        assert PersonMergeMove.objects.count() == 1
    with pytest.raises(Refused) as refused:
        unmerge_people([merge.pk], **city.as_alice)
    assert refusals(refused) == [(0, "", "Объединение затронуло сведения другой территории")]
    unmerge_people([merge.pk], **city.as_alice, others=[village.municipality])
    with scope([village.municipality], BOB):
        assert Employment.objects.get().person_id == city.people[1]


def test_a_card_of_another_territory_is_no_duplicate_but_may_be_kept(city: Town) -> None:
    village = both_towns(city)
    as_bob: dict[str, Any] = {"municipality": village.municipality, "by": BOB}
    ours, seen = village.people[0], city.people[1]
    with pytest.raises(Refused) as refused:
        merge_people([OnePerson(keep=ours, duplicates=(seen,))], **as_bob)
    assert refusals(refused) == [(0, "duplicates", "Карточку ведёт другая территория")]
    with scope([village.municipality], BOB):
        Teaching.objects.create(
            municipality_id=village.municipality, person_id=ours, organisation_id=village.school, subject="история"
        )
    merge_people([OnePerson(keep=seen, duplicates=(ours,))], **as_bob)
    with scope([village.municipality], BOB):
        assert Teaching.objects.get().person_id == seen
    with scope([city.municipality], ALICE):
        assert not PersonMergeMove.objects.exists()


def test_what_was_moved_is_in_the_trail(city: Town) -> None:
    facts(city)
    kept, duplicate, _ = city.people
    (merge,) = merge_people([OnePerson(keep=kept, duplicates=(duplicate,))], **city.as_alice)
    with city.seen():
        told = Trail.objects.filter(table_name="attestation", action="update").get()
        assert (told.changes, told.actor and told.actor["user"]) == ({"person_id": [duplicate, kept]}, "alice")
        assert Trail.objects.filter(table_name="person_merge", row_id=merge.pk, action="insert").exists()
        assert Trail.objects.filter(table_name="person_merge_move", action="insert").count() == 3


def test_a_dataset_that_still_has_both_cards_does_not_take_the_merge_apart(city: Town) -> None:
    """Neither the card nor what was archived as a repetition comes back, and new rows go to the kept card."""
    job(city, 0)
    job(city, 1)
    with city.seen():
        attestation = Attestation.objects.create(
            municipality_id=city.municipality, person_id=city.people[1], category="first", since=AUTUMN
        )
    both = taken()
    kept, duplicate, last = city.people
    merge_people([OnePerson(keep=kept, duplicates=(duplicate,))], **city.as_alice)
    merge_people([OnePerson(keep=last, duplicates=(kept,))], **city.as_alice)
    after = told(taken())
    assert loaded(both).changed == {}
    assert told(taken()) == after
    with city.seen():
        Attestation.objects.filter(pk=attestation.pk).delete()
    assert loaded(both).added == {"attestation": 1}
    with city.seen():
        assert Attestation.objects.get().person_id == last


def test_archived_rows_go_over_too_for_they_may_come_back(city: Town) -> None:
    made = job(city, 1)
    archive(Employment, [made.pk], **city.as_alice)
    merge_people([OnePerson(keep=city.people[0], duplicates=(city.people[1],))], **city.as_alice)
    with city.seen():
        assert Employment.objects.get().person_id == city.people[0]


def test_every_reference_to_a_person_can_be_remembered() -> None:
    found = {f"{each.table}.{each.field}" for each in references()}
    assert {"employment.person", "mentorship.mentor", "mentorship.mentee", "association.head"} < found
    assert {
        type(each.model._meta.pk) for each in references() if not isinstance(each.model._meta.pk, AutoField)
    } == set()
