"""Who teaches what: the tariff list."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from opora.people.models import Employment, Teaching
from opora.registry.batch import Correction, Ending, changed_fields, corrected, end, prepared, rewrite, write
from opora.registry.batch.overlaps import days_of, overlap
from opora.registry.scope import Actor
from opora.registry.verbs import Sitting, sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessons:
    """One subject that somebody teaches in one organisation."""

    person: int
    organisation: int
    subject: str
    classes: str | None = None
    hours: float | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    observed_on: dt.date | None = None


def assign_teaching(lessons: Sequence[Lessons], *, municipality: int, by: Actor) -> list[Teaching]:
    with sitting(municipality, by, "распределение нагрузки") as s:
        rows = prepared(s, Teaching, lessons)
        _refuse_without_job(s, rows)
        return write(s, rows)


def end_teaching(endings: Sequence[Ending], *, municipality: int, by: Actor) -> list[Teaching]:
    with sitting(municipality, by, "снятие нагрузки") as s:
        return end(s, Teaching, endings)


def correct_teaching(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Teaching]:
    with sitting(municipality, by, "исправление нагрузки") as s:
        rows = corrected(s, Teaching, corrections)
        if changed_fields(corrections) & {"person", "organisation", "since", "until"}:
            _refuse_without_job(s, rows)
        return rewrite(s, rows, changed_fields(corrections))


def _refuse_without_job(sitting: Sitting, rows: Sequence[Teaching | None]) -> None:
    """She who teaches somewhere works there, at least for a part of that time."""
    batch = list(sitting.sound(rows))
    jobs = Employment.objects.filter(
        person__in={row.person_id for _, row in batch},
        organisation__in={row.organisation_id for _, row in batch},
        archived_at__isnull=True,
    )
    worked: defaultdict[tuple[int, int], list[Employment]] = defaultdict(list)
    for job in jobs:
        worked[job.person_id, job.organisation_id].append(job)
    for place, row in batch:
        if not any(overlap(days_of(row), days_of(job)) for job in worked[row.person_id, row.organisation_id]):
            message = "В это время человек не работает в этой организации"
            sitting.fault(place, "organisation", message, "Сначала оформите приём на работу или исправьте даты")
