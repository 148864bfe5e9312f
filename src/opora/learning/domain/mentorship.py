"""Mentors and mentees; how newcomers settle in."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass

from opora.learning.domain.whose import refuse_same_person
from opora.learning.models import Adaptation, Mentorship
from opora.people.models import Employment
from opora.registry.batch import (
    Correction,
    Ending,
    changed_fields,
    correct,
    corrected,
    ended,
    enter,
    fill,
    prepared,
    refuse_value,
    rewrite,
    write,
)
from opora.registry.batch.overlaps import days_of
from opora.registry.scope import Actor
from opora.registry.verbs import Sitting, sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    mentor: int
    mentee: int
    form: str | None = None
    network: bool | None = None
    """Empty: as their places of work on the first day tell, if both are known."""
    consent: bool | None = None
    order: int | None = None
    programme: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    observed_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PairEnding(Ending):
    result: str | None = None
    """How far the aims were reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """On somebody's adaptation."""

    person: int
    result: str
    date: dt.date
    organisation: int | None = None


def begin_mentorships(pairs: Sequence[Pair], *, municipality: int, by: Actor) -> list[Mentorship]:
    """Who has refused is nobody's mentor (Labour Code, art. 351.8); a consent that is not known yet is told later, by a
    correction."""
    with sitting(municipality, by, "назначение наставников") as s:
        rows = prepared(s, Mentorship, pairs)
        refuse_impossible_pairs(s, rows)
        return write(s, rows)


def end_mentorships(endings: Sequence[PairEnding], *, municipality: int, by: Actor) -> list[Mentorship]:
    with sitting(municipality, by, "завершение наставничества") as s:
        rows = ended(s, Mentorship, endings)
        for place, row in s.sound(rows):
            fill(s, place, row, {"result": endings[place].result or row.result})
        return rewrite(s, rows, ["until", "result"])


def correct_mentorships(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Mentorship]:
    with sitting(municipality, by, "исправление наставничества") as s:
        rows = corrected(s, Mentorship, corrections)
        refuse_impossible_pairs(s, rows, changed_fields(corrections))
        return rewrite(s, rows, changed_fields(corrections) | {"network"})


def conclude_adaptation(conclusions: Sequence[Conclusion], *, municipality: int, by: Actor) -> list[Adaptation]:
    with sitting(municipality, by, "заключения об адаптации") as s:
        return enter(s, Adaptation, conclusions)


def correct_conclusions(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Adaptation]:
    with sitting(municipality, by, "исправление заключений об адаптации") as s:
        return correct(s, Adaptation, corrections)


def refuse_impossible_pairs(
    sitting: Sitting, rows: Sequence[Mentorship | None], changed: Set[str] = frozenset({"mentor", "order", "consent"})
) -> None:
    """``changed``: what was so before is not held against a correction. Also fills ``network`` where it follows from
    the jobs of both."""
    if changed & {"mentor", "mentee"}:
        refuse_same_person(sitting, rows, "mentor", "mentee", "Наставник и наставляемый — один и тот же человек")
    if changed & {"order", "programme"}:
        refuse_value(sitting, rows, "order", "kind", {"order"}, "Выберите приказ")
        refuse_value(sitting, rows, "programme", "kind", {"programme"}, "Выберите персонализированную программу")
    if "consent" in changed:
        _refuse_without_consent(sitting, rows)
    if changed & {"mentor", "mentee", "network", "since", "observed_on"}:
        _tell_network(sitting, rows)


def _refuse_without_consent(sitting: Sitting, rows: Sequence[Mentorship | None]) -> None:
    for place, row in sitting.sound(rows):
        if row.consent is False:
            message = "Согласия нет: без него наставничество не поручают"
            sitting.fault(place, "consent", message, "Получите согласие или выберите другого наставника")


def _tell_network(sitting: Sitting, rows: Sequence[Mentorship | None]) -> None:
    batch = list(sitting.sound(rows))
    people = {person for _, row in batch for person in (row.mentor_id, row.mentee_id)}
    jobs: defaultdict[int, list[Employment]] = defaultdict(list)
    for job in Employment.objects.filter(person__in=people, archived_at__isnull=True):
        jobs[job.person_id].append(job)
    for place, row in batch:
        day = row.since or row.observed_on
        if day is None:
            continue
        hers, his = _places(jobs[row.mentor_id], day), _places(jobs[row.mentee_id], day)
        network = not hers & his if hers and his else None
        if network is not None and row.network not in (None, network):
            there = "в разных организациях" if network else "в одной организации"
            message = f"На {day:%d.%m.%Y} наставник и наставляемый работают {there}"
            sitting.fault(place, "network", message, "Исправьте отметку «Сетевое» или место работы")
        elif row.network is None:
            row.network = network


def _places(jobs: Sequence[Employment], day: dt.date) -> set[int]:
    return {job.organisation_id for job in jobs if days_of(job)[0] <= day < days_of(job)[1]}
