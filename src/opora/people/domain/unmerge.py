"""A merge is taken back: exactly what it moved, as far as it still is where the merge has put it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils import timezone

from opora.people.domain.merge_moves import all_constraints, give_back, references
from opora.people.models import Person, PersonMerge, PersonMergeMove
from opora.registry.batch.words import described
from opora.registry.batch.writing import update
from opora.registry.models import Row
from opora.registry.scope import Actor
from opora.registry.verbs import Sitting, hold_off_loads, sitting

_LAST_ID = 2**63


@dataclass(frozen=True, slots=True)
class Kept:
    """A reference that stays with the kept card, because somebody has changed it since the merge."""

    table: str
    """Its title."""
    row: int
    """Id."""
    said: str


@dataclass(frozen=True, slots=True)
class Unmerged:
    merge: PersonMerge
    given_back: int
    changed: tuple[Kept, ...]


def unmerge_people(
    merges: Sequence[int], *, municipality: int, by: Actor, others: Iterable[int] = ()
) -> list[Unmerged]:
    """By the ids of merges. The duplicates come back from the archive, with their rows and with those that the merge
    had archived as repeating others. What was entered for the kept card since then stays with it.

    A merge is not taken back before a later one of the same card that builds on it.
    """
    inside = sorted({municipality, *others})
    with sitting(municipality, by, "отмена объединения карточек", others=others) as s:
        hold_off_loads(inside)
        found = _merges(s, merges)
        _refuse_before_later_ones(s, merges, found)
        _refuse_out_of_scope(s, merges, found, inside)
        s.refuse_faults()
        undone = [found[pk] for pk in merges]
        all_constraints("DEFERRED")
        _people_back(undone)
        give_back(undone)
        all_constraints("IMMEDIATE")
        PersonMerge.objects.filter(pk__in=merges).update(undone_at=timezone.now())
        return _told(undone)


def _merges(sitting: Sitting, ids: Sequence[int]) -> dict[int, PersonMerge]:
    wanted = {pk for pk in ids if 0 < pk < _LAST_ID}
    found = {row.pk: row for row in PersonMerge.objects.filter(pk__in=wanted).select_for_update(no_key=True)}
    for place, pk in enumerate(ids):
        if pk not in found:
            sitting.fault(place, "", "Такого объединения нет, или его провела другая территория", "Обновите страницу")
        elif found[pk].undone_at is not None:
            sitting.fault(place, "", "Это объединение уже отменено", "Обновите страницу")
        elif pk in ids[:place]:
            sitting.fault(place, "", "Это объединение названо дважды", "Назовите его один раз")
    return found


def _refuse_before_later_ones(sitting: Sitting, ids: Sequence[int], found: dict[int, PersonMerge]) -> None:
    """The kept card has become a part of another since, or a later merge has archived rows as repeating those that
    would now go."""
    kept = {merge.kept_id for merge in found.values()}
    active = PersonMerge.objects.filter(undone_at__isnull=True)
    parts = active.filter(duplicate__in=kept)
    repeating = active.filter(kept__in=kept, moves__archived=True).exclude(pk__in=ids).distinct()
    later = [(merge.duplicate_id, merge.pk) for merge in parts] + [(merge.kept_id, merge.pk) for merge in repeating]
    for place, merge in sitting.sound([found.get(pk) for pk in ids]):
        if any(card == merge.kept_id and pk > merge.pk for card, pk in later):
            message = "Карточку с тех пор объединяли ещё раз"
            sitting.fault(place, "", message, "Отмените сначала более позднее объединение")


def _refuse_out_of_scope(
    sitting: Sitting, ids: Sequence[int], found: dict[int, PersonMerge], inside: Collection[int]
) -> None:
    moves = PersonMergeMove.objects.filter(merge__in=found).values_list("merge").annotate(number=Count("pk"))
    seen = dict(moves.order_by("merge"))
    duplicates = Person.objects.filter(pk__in=[merge.duplicate_id for merge in found.values()])
    ours = set(duplicates.filter(municipality__in=inside).values_list("pk", flat=True))
    for place, merge in sitting.sound([found.get(pk) for pk in ids]):
        if seen.get(merge.pk, 0) != merge.moved or merge.duplicate_id not in ours:
            message = "Объединение затронуло сведения другой территории"
            sitting.fault(place, "", message, "Отменить его может тот, кому видны все эти территории")


def _people_back(merges: Sequence[PersonMerge]) -> None:
    people = list(Person.objects.filter(pk__in=[merge.duplicate_id for merge in merges]))
    for person in people:
        person.archived_at = None
    update(people, ["archived_at"])


def _told(merges: Sequence[PersonMerge]) -> list[Unmerged]:
    moves = list(PersonMergeMove.objects.filter(merge__in=merges).order_by("pk"))
    changed: defaultdict[int, list[Kept]] = defaultdict(list)
    rows = _rows([each for each in moves if not each.given_back])
    for each in moves:
        if not each.given_back:
            changed[each.merge_id].append(rows[each.table_name, each.row_id])
    given = Counter(each.merge_id for each in moves if each.given_back)
    return [Unmerged(merge, given[merge.pk], tuple(changed[merge.pk])) for merge in merges]


def _rows(moves: Sequence[PersonMergeMove]) -> dict[tuple[str, int], Kept]:
    """In words, one query a table."""
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for each in moves:
        wanted[each.table_name].add(each.row_id)
    models: dict[str, Any] = {each.table: each.model for each in references()}
    told = {}
    for table, ids in wanted.items():
        model = models[table]
        there = model._default_manager.in_bulk(ids)
        for pk in ids:
            row = there.get(pk)
            said = "строки больше нет" if row is None else described(row) if isinstance(row, Row) else str(pk)
            told[table, pk] = Kept(str(model._meta.verbose_name_plural), pk, said)
    return told
