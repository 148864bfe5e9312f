"""What runs out for a teacher: three years since her last course, an attestation that has a term, her first years.

Each function takes the rows that its reader may see and answers for all their people at once.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Max, QuerySet

from opora.indicators.periods import shifted
from opora.learning.models import Training
from opora.people.domain.attestation import CATEGORIES, ENDS, lawful_end
from opora.people.models import Attestation, Leave, Person

YEARS_BETWEEN_COURSES = 3
"""Закон № 273-ФЗ, статья 47, часть 5, пункт 2: additional professional education at least once in three years; that is
retraining too."""
YEARS_OF_A_BEGINNER = 3
"""As the programmes count them: Strezhevoy, line 1082, and ``early_career`` of the dataset."""


class Clock(StrEnum):
    COURSE = "course"
    ATTESTATION = "attestation"
    FIRST_YEARS = "first_years"


@dataclass(frozen=True, slots=True)
class Term:
    person: int
    clock: Clock
    since: dt.date | None
    """From when it runs."""
    ends: dt.date | None
    """The first day on which it is over; None: she is away, and nobody knows until when."""
    words: str = ""
    """What it is the term of, where the clock alone does not say it: the category."""
    maybe_later: bool = False
    """She was away, and it is not known from when: it ends on that day at the earliest."""


@dataclass(frozen=True, slots=True)
class Away:
    """Days from ``since`` up to, not including, ``until``; None: she is still away."""

    since: dt.date
    until: dt.date | None


def course_terms(trainings: QuerySet[Training], leaves: QuerySet[Leave], on: dt.date) -> list[Term]:
    """Of whoever has ended a course by the day: until when the next one is due. The clock stands while she is on leave.

    A course without its document does not count; one of which it is not known whether there is one does."""
    ended = trainings.filter(archived_at__isnull=True, completed__lte=on).exclude(passed=False)
    last = dict(ended.order_by().values_list("person").annotate(Max("completed")))
    away, unsure = _absences(leaves)
    return [
        Term(person, Clock.COURSE, day, net_of_leave(day, away[person]), maybe_later=day < unsure[person])
        for person, day in last.items()
    ]


def attestation_terms(attestations: QuerySet[Attestation], on: dt.date) -> list[Term]:
    """Those that have a term and that no later one has replaced, whether they have run out or not. Whoever has a
    category need not confirm that she fits her post (приказ № 196)."""
    of_person: dict[int, list[Attestation]] = defaultdict(list)
    for row in attestations.filter(archived_at__isnull=True).order_by("pk"):
        if row.since is None or row.since <= on:
            of_person[row.person_id].append(row)
    return [
        Term(person, Clock.ATTESTATION, row.since, ends, row.get_category_display())
        for person, rows in of_person.items()
        for row in rows
        if (ends := _end(row)) is not None and not _replaced(row, rows) and not _spared(row, rows, on)
    ]


def first_years(people: QuerySet[Person], on: dt.date) -> list[Term]:
    """Of those whose first years of work are not over."""
    begun = people.filter(career_start__lte=on, career_start__gt=shifted(on, -YEARS_OF_A_BEGINNER, "year"))
    return [
        Term(person, Clock.FIRST_YEARS, day, shifted(day, YEARS_OF_A_BEGINNER, "year"))
        for person, day in begun.order_by().values_list("pk", "career_start")
        if day is not None
    ]


def net_of_leave(start: dt.date, away: Iterable[Away]) -> dt.date | None:
    """The first day by which three years have passed since ``start``, days of leave not counted; None: she is away."""
    end = shifted(start, YEARS_BETWEEN_COURSES, "year")
    for spell in united(away):
        begins = max(spell.since, start)
        if begins >= end:
            break
        if spell.until is None:
            return None
        end += max(spell.until - begins, dt.timedelta(0))
    return end


def united(away: Iterable[Away]) -> list[Away]:
    """The same days, in order, each once."""
    found: list[Away] = []
    for spell in sorted(away, key=lambda one: one.since):
        last = found[-1] if found else None
        if last is None or (last.until is not None and last.until < spell.since):
            found.append(spell)
        elif last.until is not None and (spell.until is None or spell.until > last.until):
            found[-1] = Away(last.since, spell.until)
    return found


def _absences(leaves: QuerySet[Leave]) -> tuple[dict[int, list[Away]], dict[int, dt.date]]:
    """By person; and until when somebody was away of whom it is not known from when."""
    away: dict[int, list[Away]] = defaultdict(list)
    unsure: dict[int, dt.date] = defaultdict(lambda: dt.date.min)
    rows = leaves.filter(archived_at__isnull=True).order_by()
    for person, since, until, observed in rows.values_list("person", "since", "until", "observed_on"):
        if since is None:
            unsure[person] = max(unsure[person], until or dt.date.max)
        if begins := since or observed:
            away[person].append(Away(begins, until))
    return away, unsure


def _end(row: Attestation) -> dt.date | None:
    return row.until or lawful_end(row.category, row.since)


def _replaced(row: Attestation, others: Sequence[Attestation]) -> bool:
    return any(
        row.category in ENDS[other.category]
        and _of_one_post(row, other)
        and (other.since or dt.date.min, other.pk) > (row.since or dt.date.min, row.pk)
        for other in others
    )


def _spared(row: Attestation, others: Sequence[Attestation], on: dt.date) -> bool:
    return row.category == "conformity" and any(
        other.category in CATEGORIES and _of_one_post(row, other) and (_end(other) or dt.date.max) > on
        for other in others
    )


def _of_one_post(row: Attestation, other: Attestation) -> bool:
    return other.post == row.post or None in (other.post, row.post)
