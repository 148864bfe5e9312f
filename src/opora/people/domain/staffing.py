"""Posts of an organisation: planned and filled; vacancies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from opora.people.models import Staffing, Vacancy
from opora.registry.batch import (
    Correction,
    Ending,
    changed_fields,
    correct,
    corrected,
    end,
    enter,
    prepared,
    refuse_overlaps,
    refuse_unfilled,
    rewrite,
    succeeded,
    write,
    write_ends,
)
from opora.registry.scope import Actor
from opora.registry.verbs import sitting

_POST = "organisation", "post", "subject"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffedPost:
    """How many rates of a post there are, and are filled, from a day on."""

    organisation: int
    since: dt.date
    post: str | None = None
    subject: str | None = None
    planned_rate: float | None = None
    filled_rate: float | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPost:
    """A vacancy."""

    organisation: int
    post: str
    staff_group: str | None = None
    subject: str | None = None
    rate: float | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    observed_on: dt.date | None = None


def set_staffing(posts: Sequence[StaffedPost], *, municipality: int, by: Actor) -> list[Staffing]:
    """What held for the same post and subject before ends on the day; what was entered for later stays."""
    with sitting(municipality, by, "штатное расписание") as s:
        rows = prepared(s, Staffing, posts)
        refuse_unfilled(s, rows, "since")
        older = succeeded(s, rows, *_POST)
        made = write(s, rows)
        write_ends(s, older)
        return made


def end_staffing(endings: Sequence[Ending], *, municipality: int, by: Actor) -> list[Staffing]:
    with sitting(municipality, by, "исключение из штатного расписания") as s:
        return end(s, Staffing, endings)


def correct_staffing(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Staffing]:
    with sitting(municipality, by, "исправление штатного расписания") as s:
        rows = corrected(s, Staffing, corrections)
        if changed_fields(corrections) & {*_POST, "since", "until"}:
            refuse_overlaps(s, rows, *_POST)
        return rewrite(s, rows, changed_fields(corrections))


def open_vacancies(vacancies: Sequence[OpenPost], *, municipality: int, by: Actor) -> list[Vacancy]:
    """Two equal vacancies are two vacant posts."""
    with sitting(municipality, by, "открытие вакансий") as s:
        return enter(s, Vacancy, vacancies)


def close_vacancies(endings: Sequence[Ending], *, municipality: int, by: Actor) -> list[Vacancy]:
    with sitting(municipality, by, "закрытие вакансий") as s:
        return end(s, Vacancy, endings)


def correct_vacancies(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Vacancy]:
    with sitting(municipality, by, "исправление вакансий") as s:
        return correct(s, Vacancy, corrections)
