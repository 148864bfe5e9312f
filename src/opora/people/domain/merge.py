"""Two cards turn out to be one person's.

A person is written by the municipality that entered her and seen by every one in which she has a job, so what a merge
may touch is ruled so:

- the duplicate must be a card of the sitting's municipalities: it goes to the archive; the kept card need only be seen;
- every row that refers to the duplicate, in whatever table, must be theirs too. If another territory has entered
  something about her, the merge is refused, and no more is told than that there is something: it is for somebody whose
  scope holds both (the region) to do, with ``others``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from opora.people.domain.merge_checks import (
    refuse_one_person_twice_in_a_row,
    refuse_second_main_jobs,
    refuse_two_of_what_is_one,
)
from opora.people.domain.merge_moves import all_constraints, move
from opora.people.models import Person, PersonMerge
from opora.registry.batch.columns import columns_of, value_of
from opora.registry.batch.references import referred_from_outside
from opora.registry.batch.words import shown
from opora.registry.batch.writing import update
from opora.registry.scope import Actor
from opora.registry.verbs import Sitting, hold_off_loads, sitting

_LAST_ID = 2**63
_MUST_AGREE = "born", "sex"


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePerson:
    """Several cards of one person."""

    keep: int
    duplicates: tuple[int, ...]


def merge_people(
    people: Sequence[OnePerson], *, municipality: int, by: Actor, others: Iterable[int] = ()
) -> list[PersonMerge]:
    """One merge for each duplicate, in their order. What the kept card does not know stays unknown: the duplicate's
    values are seen in the archive and can be copied by a correction."""
    inside = sorted({municipality, *others})
    with sitting(municipality, by, "объединение карточек", others=others) as s:
        hold_off_loads(inside)
        _refuse_impossible(s, people, _cards(people), inside)
        outside = referred_from_outside(Person, [pk for each in people for pk in each.duplicates], inside, by)
        _refuse_referred_from_outside(s, people, outside)
        kept = {pk: (place, each.keep) for place, each in enumerate(people) for pk in (each.keep, *each.duplicates)}
        refuse_second_main_jobs(s, kept)
        refuse_one_person_twice_in_a_row(s, kept)
        refuse_two_of_what_is_one(s, kept)
        s.refuse_faults()
        return _merged(s, people)


def _merged(sitting: Sitting, people: Sequence[OnePerson]) -> list[PersonMerge]:
    merges = PersonMerge.objects.bulk_create(
        PersonMerge(municipality_id=sitting.municipality, kept_id=each.keep, duplicate_id=pk)
        for each in people
        for pk in each.duplicates
    )
    all_constraints("DEFERRED")
    move(merges)
    archived = list(Person.objects.filter(pk__in=[merge.duplicate_id for merge in merges]))
    for person in archived:
        person.archived_at = timezone.now()
    update(archived, ["archived_at"])
    all_constraints("IMMEDIATE")
    return list(PersonMerge.objects.filter(pk__in=[merge.pk for merge in merges]).order_by("pk"))


def _cards(people: Sequence[OnePerson]) -> Mapping[int, Person]:
    """Living cards that are seen; held, as far as they are ours."""
    wanted = {pk for each in people for pk in (each.keep, *each.duplicates) if 0 < pk < _LAST_ID}
    found = Person.objects.filter(pk__in=wanted, archived_at__isnull=True)
    list(found.order_by("pk").select_for_update(no_key=True))  # Row-level security leaves out those that are not ours.
    return {person.pk: person for person in found}


def _refuse_impossible(
    sitting: Sitting, people: Sequence[OnePerson], cards: Mapping[int, Person], inside: Sequence[int]
) -> None:
    named = Counter(pk for each in people for pk in (each.keep, *each.duplicates))
    for place, each in enumerate(people):
        _refuse_missing(sitting, place, each, cards)
        if any(named[pk] > 1 for pk in (each.keep, *each.duplicates)):
            sitting.fault(place, "", "Одна и та же карточка названа дважды", "Назовите каждую карточку один раз")
        for pk in each.duplicates:
            if pk in cards and cards[pk].municipality_id not in inside:
                mend = "Оставьте эту карточку, а присоедините к ней другую, или обратитесь в регион"
                sitting.fault(place, "duplicates", "Карточку ведёт другая территория", mend)
            if pk in cards and each.keep in cards:
                _refuse_unlike(sitting, place, cards[each.keep], cards[pk])


def _refuse_missing(sitting: Sitting, place: int, told: OnePerson, cards: Mapping[int, Person]) -> None:
    if told.keep not in cards:
        sitting.fault(place, "keep", "Такой карточки нет, или она в архиве", "Обновите страницу")
    if not told.duplicates:
        sitting.fault(place, "duplicates", "Не названо ни одной карточки для присоединения", "Выберите карточки")
    if any(pk not in cards for pk in told.duplicates):
        sitting.fault(place, "duplicates", "Такой карточки нет, или она в архиве", "Обновите страницу")


def _refuse_unlike(sitting: Sitting, place: int, kept: Person, duplicate: Person) -> None:
    for name in _MUST_AGREE:
        column = columns_of(Person)[name]
        one, other = value_of(kept, name), value_of(duplicate, name)
        if one is not None and other is not None and one != other:
            message = f"«{column.title}» в карточках разная: {shown(column, one)} и {shown(column, other)}"
            sitting.fault(place, "duplicates", message, "Если это один человек, сначала исправьте одну из карточек")


def _refuse_referred_from_outside(sitting: Sitting, people: Sequence[OnePerson], outside: set[int]) -> None:
    for place, each in enumerate(people):
        if outside.intersection(each.duplicates):
            message = "О человеке есть сведения другой территории"
            sitting.fault(place, "duplicates", message, "Объединить карточки может тот, кому видны обе территории")
