"""Courses that somebody has taken: one by one, by the requests of a plan, or a whole group."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from opora.learning.domain.whose import refuse_of_others
from opora.learning.models import Training, TrainingRequest
from opora.registry.batch import (
    Correction,
    Value,
    blank,
    changed_fields,
    corrected,
    fill,
    locked,
    prepared,
    referred,
    refuse_dangling,
    rewrite,
    write,
)
from opora.registry.batch.overlaps import living_like
from opora.registry.batch.writing import rows_of
from opora.registry.scope import Actor
from opora.registry.verbs import Sitting, sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    person: int
    programme: int
    request: int | None = None
    deficit: int | None = None
    started: dt.date | None = None
    completed: dt.date | None = None
    """The day of the document."""
    passed: bool | None = None
    form: str | None = None
    document_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fulfilment:
    """A request became a course: whom it was for, what and for which deficit stands in the request."""

    request: int
    programme: int | None = None
    """Where the request names none, or another was taken."""
    started: dt.date | None = None
    completed: dt.date | None = None
    passed: bool | None = None
    form: str | None = None
    document_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """One of a group."""

    person: int
    passed: bool | None = None
    document_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One programme, taken by many at the same time."""

    programme: int
    people: tuple[Trained, ...]
    started: dt.date | None = None
    completed: dt.date | None = None
    form: str | None = None


def record_courses(courses: Sequence[Course], *, municipality: int, by: Actor) -> list[Training]:
    with sitting(municipality, by, "курсы") as s:
        return _recorded(s, courses)


def fulfil_requests(fulfilments: Sequence[Fulfilment], *, municipality: int, by: Actor) -> list[Training]:
    with sitting(municipality, by, "курсы по заявкам") as s:
        requests = locked(s, TrainingRequest, [each.request for each in fulfilments], "request")
        rows: list[Training | None] = [None] * len(fulfilments)
        for place, request in s.sound(requests):
            rows[place] = row = blank(s, Training)
            fill(s, place, row, _of_request(request, fulfilments[place]))
        refuse_dangling(s, rows)
        _refuse_against_plan(s, rows, names=["request"])
        return write(s, rows)


def record_group(group: Group, *, municipality: int, by: Actor) -> list[Training]:
    """Faults are told by the place in ``people``."""
    courses = [
        Course(
            person=each.person,
            programme=group.programme,
            started=group.started,
            completed=group.completed,
            passed=each.passed,
            form=group.form,
            document_number=each.document_number,
        )
        for each in group.people
    ]
    return record_together(courses, municipality=municipality, by=by)


def record_together(courses: Sequence[Course], *, municipality: int, by: Actor) -> list[Training]:
    """Whoever has an open request for the programme fulfils it: the one that was due first."""
    with sitting(municipality, by, "курсы группы") as s:
        return _recorded(s, _with_requests(s, courses))


def correct_courses(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Training]:
    with sitting(municipality, by, "исправление курсов") as s:
        rows = corrected(s, Training, corrections)
        changed = changed_fields(corrections)
        if changed & {"person", "deficit", "request"}:
            _refuse_against_plan(s, rows, names=[name for name in ("deficit", "request") if {name, "person"} & changed])
        return rewrite(s, rows, changed)


def _recorded(sitting: Sitting, courses: Sequence[Course]) -> list[Training]:
    rows = prepared(sitting, Training, courses)
    _refuse_against_plan(sitting, rows, names=["deficit", "request"])
    return write(sitting, rows)


def _of_request(request: TrainingRequest, told: Fulfilment) -> dict[str, Value]:
    values: dict[str, Value] = asdict(told)
    hers = {"request": request.pk, "person": request.person_id, "deficit": request.deficit_id}
    return values | hers | {"programme": told.programme or request.programme_id}


def _with_requests(sitting: Sitting, courses: Sequence[Course]) -> list[Course]:
    """Each with her open request and its deficit, if there is one."""
    open_ones: defaultdict[tuple[int, int | None], list[TrainingRequest]] = defaultdict(list)
    asked = TrainingRequest.objects.filter(
        person__in={course.person for course in courses if 0 < course.person < 2**63},
        programme__in={course.programme for course in courses if 0 < course.programme < 2**63},
        municipality_id=sitting.municipality,
        archived_at__isnull=True,
    ).exclude(withdrawn=True)
    fulfilled = set(
        rows_of(Training).filter(request__in=asked, archived_at__isnull=True).values_list("request", flat=True)
    )
    for request in asked.order_by("-due", "-pk"):
        if request.pk not in fulfilled:
            open_ones[request.person_id, request.programme_id].append(request)
    told = []
    for course in courses:
        mine = open_ones[course.person, course.programme]
        hers = mine.pop() if mine else None
        told.append(replace(course, request=hers.pk, deficit=hers.deficit_id) if hers is not None else course)
    return told


def _refuse_against_plan(sitting: Sitting, rows: Sequence[Training | None], names: Sequence[str]) -> None:
    """Deficit and request are of the same person; a request stands in the plan still, and is fulfilled once."""
    refuse_of_others(sitting, rows, *names, of=lambda row: row.person_id)
    batch = list(sitting.sound(rows)) if "request" in names else []
    requests = referred(batch, "request")
    asking = [(place, row) for place, row in batch if row.request_id is not None]
    done = {row.request_id for row in living_like(sitting, [row for _, row in asking], "request")}
    for place, row in asking:
        if requests[row.request_id].withdrawn:
            sitting.fault(place, "request", "Эта заявка снята", "Выберите другую или верните эту в план")
        elif row.request_id in done:
            sitting.fault(place, "request", "По этой заявке обучение уже записано", "Выберите другую")
        done.add(row.request_id)
