"""Plans of courses, and the requests in them: whom to teach what, and when."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from opora.learning.domain.whose import refuse_given_away, refuse_of_others
from opora.learning.models import Training, TrainingPlan, TrainingRequest
from opora.registry.batch import (
    Correction,
    Ending,
    changed_fields,
    correct,
    corrected,
    end,
    enter,
    fill,
    locked,
    prepared,
    rewrite,
    write,
)
from opora.registry.batch.overlaps import living_like
from opora.registry.batch.writing import rows_of
from opora.registry.scope import Actor
from opora.registry.verbs import Sitting, sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlan:
    title: str | None = None
    organisation: int | None = None
    """Empty: the plan of the municipality."""
    approved_on: dt.date | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    observed_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A line of a plan."""

    plan: int
    person: int
    due: dt.date
    programme: int | None = None
    deficit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """So many places there are for a programme in a plan."""

    plan: int
    programme: int
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    request: int
    reason: str


def approve_plans(plans: Sequence[NewPlan], *, municipality: int, by: Actor) -> list[TrainingPlan]:
    with sitting(municipality, by, "утверждение планов курсов") as s:
        return enter(s, TrainingPlan, plans)


def end_plans(endings: Sequence[Ending], *, municipality: int, by: Actor) -> list[TrainingPlan]:
    with sitting(municipality, by, "завершение планов курсов") as s:
        return end(s, TrainingPlan, endings)


def correct_plans(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[TrainingPlan]:
    with sitting(municipality, by, "исправление планов курсов") as s:
        return correct(s, TrainingPlan, corrections)


def request_courses(
    requests: Sequence[Request], *, quotas: Sequence[Quota] = (), municipality: int, by: Actor
) -> list[TrainingRequest]:
    """``quotas``: beyond them nobody is taken in; of those who were asked for before each withdrawn one frees a place.
    The registry does not keep quotas: who asks for courses says them."""
    with sitting(municipality, by, "заявки на курсы") as s:
        rows = prepared(s, TrainingRequest, requests)
        for row in rows:
            row.withdrawn = False
        refuse_of_others(s, rows, "deficit", of=lambda row: row.person_id)
        _refuse_requested(s, rows)
        _refuse_beyond_quotas(s, rows, quotas)
        return write(s, rows)


def withdraw_requests(withdrawals: Sequence[Withdrawal], *, municipality: int, by: Actor) -> list[TrainingRequest]:
    """A withdrawn request stays in the plan, with its reason. What was fulfilled is not withdrawn."""
    with sitting(municipality, by, "снятие заявок на курсы") as s:
        rows = locked(s, TrainingRequest, [each.request for each in withdrawals], "request")
        courses = rows_of(Training).filter(request__in=[row for _, row in s.sound(rows)], archived_at__isnull=True)
        fulfilled = set(courses.values_list("request", flat=True))
        for place, row in s.sound(rows):
            if row.withdrawn:
                s.fault(place, "request", "Заявка уже снята", "Обновите страницу")
            elif row.pk in fulfilled:
                s.fault(place, "request", "По этой заявке человек уже обучен", "Обновите страницу")
            elif not withdrawals[place].reason.strip():
                s.fault(place, "reason", "Не заполнено: «Причина снятия»", "Впишите значение")
            fill(s, place, row, {"withdrawn": True, "reason": withdrawals[place].reason})
        return rewrite(s, rows, ["withdrawn", "reason"])


def correct_requests(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[TrainingRequest]:
    with sitting(municipality, by, "исправление заявок на курсы") as s:
        rows = corrected(s, TrainingRequest, corrections)
        refuse_given_away(s, rows, corrections)
        changed = changed_fields(corrections)
        if changed & {"person", "deficit"}:
            refuse_of_others(s, rows, "deficit", of=lambda row: row.person_id)
        if changed & {"plan", "person", "programme", "withdrawn"}:
            _refuse_requested(s, rows)
        return rewrite(s, rows, changed)


def _refuse_requested(sitting: Sitting, rows: Sequence[TrainingRequest | None]) -> None:
    """For one programme somebody stands in a plan once; what was withdrawn does not count."""
    batch = [(place, row) for place, row in sitting.sound(rows) if row.programme_id is not None and not row.withdrawn]
    known = living_like(sitting, [row for _, row in batch], "person")
    seen = {_asked(row) for row in known if not row.withdrawn}
    for place, row in batch:
        if _asked(row) in seen:
            message = "Этот человек уже записан на эту программу в этом плане"
            sitting.fault(place, "person", message, "Уберите лишнюю заявку")
        seen.add(_asked(row))


def _asked(row: TrainingRequest) -> tuple[int, int, int | None]:
    return row.person_id, row.plan_id, row.programme_id


def _refuse_beyond_quotas(sitting: Sitting, rows: Sequence[TrainingRequest], quotas: Sequence[Quota]) -> None:
    batch = list(sitting.sound(rows))
    known = living_like(sitting, [row for _, row in batch], "plan")
    taken = Counter((row.plan_id, row.programme_id) for row in known if not row.withdrawn)
    for quota in quotas:
        of = quota.plan, quota.programme
        free = max(quota.places - taken[of], 0)
        message = f"Мест на эту программу — {quota.places}, занято до этих заявок — {taken[of]}"
        for place in [place for place, row in batch if (row.plan_id, row.programme_id) == of][free:]:
            sitting.fault(place, "programme", message, "Уберите лишние заявки или снимите прежние")
