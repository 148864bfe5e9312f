"""What no job may be, whichever verb makes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from opora.indicators.dataset.check_rules import YOUNGEST
from opora.indicators.periods import shifted
from opora.people.models import Employment, Person
from opora.registry.batch.overlaps import Days, living_like, overlapping
from opora.registry.batch.words import described
from opora.registry.verbs import Sitting


def refuse_impossible_jobs(
    sitting: Sitting, rows: Sequence[Employment | None], *, apart_from: Iterable[int] = ()
) -> None:
    """``apart_from``: ids of jobs that end because these begin."""
    _refuse_too_young(sitting, rows)
    _refuse_second_main_job(sitting, rows, apart_from)


def days_of_main_job(job: Employment) -> Days | None:
    """As the constraint of the table has it: of a job whose first day is not known, from when it was seen to hold."""
    first = job.since or job.observed_on
    if job.kind != "main" or first is None:
        return None
    after = job.until or dt.date.max
    return min(first, after), after


def _days(job: Employment) -> Days:
    days = days_of_main_job(job)
    return days or (dt.date.max, dt.date.max)


def _refuse_second_main_job(sitting: Sitting, rows: Sequence[Employment | None], apart_from: Iterable[int]) -> None:
    batch = list(sitting.sound(rows))
    others = living_like(sitting, [row for _, row in batch], "person", apart_from=apart_from, kind="main")
    for place, _, other in list(overlapping(batch, others, "person", days=_days)):
        message = f"У человека в это же время есть другая основная работа: {described(other)}"
        sitting.fault(place, "kind", message, "Исправьте даты, вид работы или закончите ту работу")


def refuse_birth_after_jobs(sitting: Sitting, people: Sequence[Person | None]) -> None:
    """A corrected date of birth must not make somebody too young for the jobs that she has had."""
    batch = {row.pk: (place, row) for place, row in sitting.sound(people) if row.born is not None}
    jobs = Employment.objects.filter(person__in=batch, archived_at__isnull=True, since__isnull=False)
    for job in jobs.order_by("person", "since").distinct("person"):
        place, person = batch[job.person_id]
        if _too_young(person.born, job.since):
            message = f"На день приёма {job.since:%d.%m.%Y} не было бы {YOUNGEST} лет"
            sitting.fault(place, "born", message, "Исправьте дату рождения или дату приёма")


def _refuse_too_young(sitting: Sitting, rows: Sequence[Employment | None]) -> None:
    batch = [(place, row) for place, row in sitting.sound(rows) if row.since is not None]
    people = Person.objects.filter(pk__in={row.person_id for _, row in batch}, born__isnull=False)
    born = dict(people.values_list("pk", "born"))
    for place, row in batch:
        birth = born.get(row.person_id)
        if _too_young(birth, row.since):
            message = f"На день приёма {row.since:%d.%m.%Y} нет {YOUNGEST} лет (дата рождения {birth:%d.%m.%Y})"
            sitting.fault(place, "since", message, "Исправьте дату приёма или дату рождения")


def _too_young(born: dt.date | None, hired: dt.date | None) -> bool:
    return born is not None and hired is not None and hired < shifted(born, YOUNGEST, "year")
