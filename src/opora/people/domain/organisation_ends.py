"""Organisations close, or become a part of others."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from opora.people.domain.ends import end_with
from opora.people.models import (
    Employment,
    Organisation,
    OrganisationStatus,
    Responsibility,
    Staffing,
    Teaching,
    Team,
    TeamMember,
    Vacancy,
)
from opora.registry.batch import Ending, copied, ended, locked, rewrite
from opora.registry.batch.overlaps import days_of
from opora.registry.batch.words import described, listed
from opora.registry.batch.writing import insert, update
from opora.registry.scope import Actor
from opora.registry.verbs import Sitting, sitting

W = TypeVar("W", Employment, Teaching)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merger:
    organisation: int
    """Which is no more."""
    into: int
    on: dt.date
    """The first day on which its people work in the other one."""


def close(closings: Sequence[Ending], *, municipality: int, by: Actor) -> list[Organisation]:
    """Refuses where people still work, and names them. Teaching, staffing, vacancies, statuses, teams and
    responsibilities end with the organisation."""
    with sitting(municipality, by, "закрытие организаций") as s:
        rows = ended(s, Organisation, closings)
        _refuse_while_people_work(s, rows)
        closed = rewrite(s, rows, ["until"])
        end_with(s, closed, Teaching, "organisation")
        _end_what_belongs(s, closed)
        return closed


def merge_organisations(mergers: Sequence[Merger], *, municipality: int, by: Actor) -> list[Organisation]:
    """Gives back the closed ones. Jobs and teaching go over on the day, with their terms; the rest ends, for the other
    organisation has staffing, teams and curators of its own."""
    with sitting(municipality, by, "реорганизация") as s:
        rows = locked(s, Organisation, [each.organisation for each in mergers], "organisation")
        heirs, merged_ids = _heirs(mergers), {each.organisation for each in mergers}
        for place, row in s.sound(rows):
            _refuse_impossible_merger(s, place, row, mergers[place], heirs, merged_ids)
        s.refuse_faults()
        merged = [row for row in rows if row is not None]
        days = {each.organisation: each for each in mergers}
        for row in merged:
            row.until = days[row.pk].on
        _go_over(s, Employment.objects.filter(organisation__in=days, archived_at__isnull=True), days)
        _go_over(s, Teaching.objects.filter(organisation__in=days, archived_at__isnull=True), days)
        closed = rewrite(s, merged, ["until"])
        _end_what_belongs(s, closed)
        return closed


def _heirs(mergers: Sequence[Merger]) -> dict[int, Organisation]:
    found = Organisation.objects.filter(pk__in={each.into for each in mergers if 0 < each.into < 2**63})
    return {row.pk: row for row in found.filter(archived_at__isnull=True)}


def _refuse_impossible_merger(
    sitting: Sitting, place: int, row: Organisation, told: Merger, heirs: dict[int, Organisation], merged: set[int]
) -> None:
    heir = heirs.get(told.into)
    if heir is None:
        sitting.fault(
            place, "into", "Такой организации нет", "Выберите другую: эта в архиве, или её ведёт другая территория"
        )
    elif told.into in merged:
        sitting.fault(
            place, "into", f"«{heir.title}» сама присоединяется к другой", "Сначала проведите ту реорганизацию"
        )
    elif heir.until is not None:
        sitting.fault(place, "into", f"«{heir.title}» закрывается или закрыта", "Выберите другую организацию")
    if row.until is not None:
        sitting.fault(place, "organisation", f"«{row.title}» уже закрыта", "Обновите страницу")
    elif row.since is not None and told.on < row.since:
        sitting.fault(place, "on", f"«{row.title}» в этот день ещё не работала", "Исправьте дату")


def _refuse_while_people_work(sitting: Sitting, rows: Sequence[Organisation | None]) -> None:
    closing = {row.pk: (place, row.until) for place, row in sitting.sound(rows)}
    working: defaultdict[int, list[Employment]] = defaultdict(list)
    jobs = Employment.objects.filter(organisation__in=closing, archived_at__isnull=True).select_related("person")
    for job in jobs.order_by("person__last_name", "pk"):
        if days_of(job)[1] > (closing[job.organisation_id][1] or dt.date.max):
            working[job.organisation_id].append(job)
    for pk, found in working.items():
        names = listed(dict.fromkeys(described(job.person) for job in found))
        message = f"После закрытия здесь ещё работают: {names}"
        sitting.fault(
            closing[pk][0], "until", message, "Увольте или переведите их, либо присоедините организацию к другой"
        )


def _go_over(sitting: Sitting, rows: Iterable[W], mergers: dict[int, Merger]) -> None:
    """What holds on the day ends, and goes on in the other organisation; what begins later begins there."""
    old: list[W] = []
    new: list[W] = []
    for row in rows:
        merger = mergers[row.organisation_id]
        first, after = days_of(row)
        if after <= merger.on:
            continue
        if first >= merger.on:
            row.organisation_id = merger.into
        else:
            new.append(_heir_of(row, merger))
            row.until = merger.on
        old.append(row)
    for each in (*old, *new):
        each.source = sitting.source
    update(old, ["organisation", "until", "source"])
    insert(new)


def _heir_of(row: W, merger: Merger) -> W:
    heir = copied(row)
    heir.organisation_id, heir.since, heir.observed_on = merger.into, merger.on, None
    return heir


def _end_what_belongs(sitting: Sitting, closed: Sequence[Organisation]) -> None:
    for model in (Staffing, Vacancy, OrganisationStatus, Responsibility):
        end_with(sitting, closed, model, "organisation")
    end_with(sitting, end_with(sitting, closed, Team, "organisation"), TeamMember, "team")
