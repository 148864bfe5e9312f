"""Who works where: people are employed, transferred, dismissed; their terms change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from opora.people.domain.employment_checks import refuse_impossible_jobs
from opora.people.domain.employment_ends import end_what_was_done_there
from opora.people.models import Employment
from opora.registry.batch import (
    Correction,
    Ending,
    Value,
    changed_fields,
    copied,
    corrected,
    ended,
    fill,
    locked,
    prepared,
    refuse_dangling,
    rewrite,
    write,
)
from opora.registry.scope import Actor
from opora.registry.verbs import Sitting, sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A place of work: every post by itself."""

    person: int
    organisation: int
    staff_group: str
    post: str
    position: str | None = None
    kind: str | None = None
    rate: float | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    observed_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTerms:
    """From a day on the job goes on under other terms."""

    job: int
    on: dt.date
    becomes: Mapping[str, Value]
    """Of ``staff_group``, ``post``, ``position``, ``kind``, ``rate`` those that change."""
    seen_until: dt.date | None = None
    """The end of the job that stood there when this was decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """From a day on somebody works in another organisation of the municipality."""

    job: int
    on: dt.date
    organisation: int
    becomes: Mapping[str, Value] = field(default_factory=dict)
    """Terms that change with the place; the others stay."""
    seen_until: dt.date | None = None


TERMS = frozenset({"staff_group", "post", "position", "kind", "rate"})


def employ(jobs: Sequence[Job], *, municipality: int, by: Actor) -> list[Employment]:
    with sitting(municipality, by, "приём на работу") as s:
        rows = prepared(s, Employment, jobs)
        refuse_impossible_jobs(s, rows)
        return write(s, rows)


def dismiss(dismissals: Sequence[Ending], *, municipality: int, by: Actor) -> list[Employment]:
    """With the last job in an organisation ends what somebody did there: teaching, teams, responsibilities."""
    with sitting(municipality, by, "увольнение") as s:
        rows = rewrite(s, ended(s, Employment, dismissals), ["until"])
        end_what_was_done_there(s, rows)
        return rows


def transfer(transfers: Sequence[Transfer], *, municipality: int, by: Actor) -> list[Employment]:
    """Gives back the new jobs. What was done at the old place ends there, as with a dismissal."""
    with sitting(municipality, by, "перевод") as s:
        return _changed(s, transfers)


def change_terms(changes: Sequence[NewTerms], *, municipality: int, by: Actor) -> list[Employment]:
    """Gives back the jobs under the new terms; what the person does there goes on."""
    with sitting(municipality, by, "изменение условий работы") as s:
        return _changed(s, changes)


def correct_jobs(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Employment]:
    """For what was entered wrong; what has changed in life is said by the other verbs. What ended because a job ended
    does not begin again when the job's end is taken away."""
    with sitting(municipality, by, "исправление места работы") as s:
        rows = corrected(s, Employment, corrections)
        refuse_impossible_jobs(s, rows)
        changed = rewrite(s, rows, changed_fields(corrections))
        end_what_was_done_there(s, changed)
        return changed


def _changed(sitting: Sitting, changes: Sequence[NewTerms | Transfer]) -> list[Employment]:
    """The old jobs end, and on the same day the new ones begin."""
    old = locked(sitting, Employment, [each.job for each in changes], "job")
    new: list[Employment | None] = [None] * len(changes)
    for place, row in sitting.sound(old):
        _refuse_if_not_held(sitting, place, row, changes[place])
        new[place] = _next(sitting, place, row, changes[place])
        row.until = changes[place].on
    refuse_dangling(sitting, new, ["organisation"])
    refuse_impossible_jobs(sitting, new, apart_from=[row.pk for row in old if row is not None])
    sitting.refuse_faults()
    over = rewrite(sitting, old, ["until"])
    begun = write(sitting, [row for row in new if row is not None])
    end_what_was_done_there(sitting, over)
    return begun


def _next(sitting: Sitting, place: int, old: Employment, told: NewTerms | Transfer) -> Employment:
    """The job as it goes on: a term that was set for the old place does not hold for another one."""
    unknown = set(told.becomes) - TERMS
    if unknown:
        raise ValueError(f"no terms of a job: {sorted(unknown)}")
    row = copied(old)
    row.since, row.observed_on = told.on, None
    values = dict(told.becomes)
    if isinstance(told, Transfer):
        row.until = None
        values["organisation"] = told.organisation
    fill(sitting, place, row, values)
    return row


def _refuse_if_not_held(sitting: Sitting, place: int, job: Employment, told: NewTerms | Transfer) -> None:
    if job.until != told.seen_until:
        now = f"последний день — {job.until - dt.timedelta(1):%d.%m.%Y}" if job.until else "дата увольнения убрана"
        message = f"Пока вы правили, увольнение изменил кто-то другой: {now}"
        sitting.fault(place, "seen_until", message, "Обновите страницу и решите заново")
    elif job.until is not None and told.on >= job.until:
        sitting.fault(place, "on", f"К {told.on:%d.%m.%Y} эта работа уже закончилась", "Исправьте дату")
    elif job.since is not None and told.on <= job.since:
        message = f"{told.on:%d.%m.%Y} — не позже дня приёма ({job.since:%d.%m.%Y})"
        sitting.fault(place, "on", message, "Исправьте дату или само место работы")
