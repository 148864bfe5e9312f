"""What a person is offered: steps of her route, planned courses, recommendations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from opora.access.seeing import Standing, visible_to
from opora.indicators.periods import shifted
from opora.learning.models import RouteStep, Training, TrainingRequest
from opora.records.models import Recommendation
from opora.web.person.telling import quoted

_MONTHS = 12
"""A recommendation that is older is history."""


@dataclass(frozen=True, slots=True)
class Offer:
    when: dt.date
    words: str


def offered(standing: Standing, person: int, on: dt.date) -> list[Offer]:
    """What is still ahead, the nearest first. Nothing here is overdue: a plan is not a duty of hers."""
    return sorted(
        [*_steps(standing, person), *_courses(standing, person, on), *_advice(standing, person, on)],
        key=lambda one: (one.when, one.words),
    )


def _steps(standing: Standing, person: int) -> list[Offer]:
    """Of the routes that still go on."""
    steps = visible_to(standing, RouteStep).filter(route__person=person, done_on=None, archived_at__isnull=True)
    going = steps.filter(route__archived_at__isnull=True).select_related("route")
    return [
        Offer(step.due, f"Шаг ИОМ: {step.title or 'без названия'}")
        for step in going
        if step.route.until is None or step.route.until > step.due
    ]


def _courses(standing: Standing, person: int, on: dt.date) -> list[Offer]:
    asked = visible_to(standing, TrainingRequest).filter(person=person, due__gte=on, archived_at__isnull=True)
    done = visible_to(standing, Training).filter(person=person, archived_at__isnull=True).values("request")
    rows = asked.exclude(withdrawn=True).exclude(pk__in=done.filter(request__isnull=False)).select_related("programme")
    return [
        Offer(row.due, f"Курсы: {quoted(row.programme.title) if row.programme else 'программа не выбрана'}")
        for row in rows
    ]


def _advice(standing: Standing, person: int, on: dt.date) -> list[Offer]:
    given = visible_to(standing, Recommendation).filter(person=person, archived_at__isnull=True)
    recent = given.filter(date__gt=shifted(on, -_MONTHS, "month"), date__lte=on)
    return [Offer(row.date, f"Рекомендация: {row.text or 'без текста'}") for row in recent]
