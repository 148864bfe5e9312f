"""Individual routes (ИОМ): opened for deficits, walked step by step, closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from opora.learning.domain.whose import refuse_given_away, refuse_of_others, refuse_same_person
from opora.learning.models import Route, RouteStep
from opora.registry.batch import (
    Correction,
    Ending,
    changed_fields,
    corrected,
    ended,
    fill,
    locked,
    parts_of,
    prepared,
    referred,
    rewrite,
    write,
    write_parts,
)
from opora.registry.batch.writing import rows_of, update
from opora.registry.scope import Actor
from opora.registry.verbs import Sitting, sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Of a route that is opened with it."""

    due: dt.date
    deficit: int | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStep(Step):
    """Of a route that is there."""

    route: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRoute:
    person: int
    basis: str | None = None
    tutor: int | None = None
    approved_on: dt.date | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    observed_on: dt.date | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    step: int
    done_on: dt.date


def open_routes(routes: Sequence[NewRoute], *, municipality: int, by: Actor) -> list[Route]:
    """A fault in a step is told of the route, its field as «steps.0.due»."""
    with sitting(municipality, by, "открытие ИОМ") as s:
        rows = prepared(s, Route, routes, besides=["steps"])
        _refuse_own_tutor(s, rows)
        steps = parts_of(s, RouteStep, [each.steps for each in routes], "steps", apart_by=["deficit", "title", "due"])
        for step, (place, _) in zip(steps.rows, steps.of, strict=True):
            step.route = rows[place]
        with steps.checked(s) as of_steps:
            refuse_of_others(of_steps, steps.rows, "deficit", of=lambda step: step.route.person_id)
        made = write(s, rows)
        write_parts(s, steps, made, "route")
        return made


def close_routes(endings: Sequence[Ending], *, municipality: int, by: Actor) -> list[Route]:
    """Steps that are not done and were due later are withdrawn; what was due before remains undone."""
    with sitting(municipality, by, "завершение ИОМ") as s:
        routes = rewrite(s, ended(s, Route, endings), ["until"])
        ends = {route.pk: route.until for route in routes}
        undone = rows_of(RouteStep).filter(route__in=ends, done_on__isnull=True, archived_at__isnull=True)
        _withdraw(s, [step for step in undone if step.due >= (ends[step.route_id] or dt.date.max)])
        return routes


def correct_routes(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Route]:
    """A route is closed by its own verb: here steps stay as they are."""
    with sitting(municipality, by, "исправление ИОМ") as s:
        rows = corrected(s, Route, corrections)
        refuse_given_away(s, rows, corrections)
        if changed_fields(corrections) & {"person", "tutor"}:
            _refuse_own_tutor(s, rows)
        return rewrite(s, rows, changed_fields(corrections))


def add_steps(steps: Sequence[NewStep], *, municipality: int, by: Actor) -> list[RouteStep]:
    with sitting(municipality, by, "шаги ИОМ") as s:
        rows = prepared(s, RouteStep, steps)
        _refuse_deficits_of_others(s, rows)
        return write(s, rows)


def complete_steps(completions: Sequence[Completion], *, municipality: int, by: Actor) -> list[RouteStep]:
    with sitting(municipality, by, "выполнение шагов ИОМ") as s:
        rows = locked(s, RouteStep, [each.step for each in completions], "step")
        batch = list(s.sound(rows))
        routes = referred(batch, "route")
        for place, row in batch:
            route, told = routes[row.route_id], completions[place]
            if row.done_on is not None:
                s.fault(place, "step", f"Шаг уже выполнен {row.done_on:%d.%m.%Y}", "Обновите страницу")
            elif route.since is not None and told.done_on < route.since:
                message = f"ИОМ начат позже: {route.since:%d.%m.%Y}"
                s.fault(place, "done_on", message, "Исправьте дату")
            fill(s, place, row, {"done_on": told.done_on})
        return rewrite(s, rows, ["done_on"])


def withdraw_steps(ids: Sequence[int], *, municipality: int, by: Actor) -> list[RouteStep]:
    """What was planned and will not be done goes to the archive."""
    with sitting(municipality, by, "снятие шагов ИОМ") as s:
        rows = locked(s, RouteStep, ids, "step")
        for place, row in s.sound(rows):
            if row.done_on is not None:
                s.fault(place, "step", f"Шаг уже выполнен {row.done_on:%d.%m.%Y}", "Выполненное не снимают")
        s.refuse_faults()
        return _withdraw(s, [row for row in rows if row is not None])


def correct_steps(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[RouteStep]:
    with sitting(municipality, by, "исправление шагов ИОМ") as s:
        rows = corrected(s, RouteStep, corrections)
        if changed_fields(corrections) & {"route", "deficit"}:
            _refuse_deficits_of_others(s, rows)
        return rewrite(s, rows, changed_fields(corrections))


def _refuse_own_tutor(sitting: Sitting, rows: Sequence[Route | None]) -> None:
    refuse_same_person(sitting, rows, "person", "tutor", "Тьютор и тот, кого он ведёт, — один человек")


def _refuse_deficits_of_others(sitting: Sitting, rows: Sequence[RouteStep | None]) -> None:
    routes = referred(list(sitting.sound(rows)), "route")
    refuse_of_others(sitting, rows, "deficit", of=lambda row: routes[row.route_id].person_id)


def _withdraw(sitting: Sitting, steps: list[RouteStep]) -> list[RouteStep]:
    for step in steps:
        step.archived_at, step.source = timezone.now(), sitting.source
    update(steps, ["archived_at", "source"])
    return steps
