"""How a row of a table is told in the timeline of a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.urls import reverse

from opora.registry.models import State

M = TypeVar("M", bound=Model)


class Kind(StrEnum):
    """What a reader may narrow a timeline to."""

    WORK = "work"
    EDUCATION = "education"
    COURSES = "courses"
    DEFICITS = "deficits"
    ROUTES = "routes"
    MENTORING = "mentoring"
    ASSOCIATIONS = "associations"
    EVENTS = "events"
    CONTESTS = "contests"
    EXPERIENCE = "experience"

    @property
    def icon(self) -> str:
        return _SHOWN[self][0]

    @property
    def words(self) -> str:
        return _SHOWN[self][1]


_SHOWN = {
    Kind.WORK: ("school", "Работа"),
    Kind.EDUCATION: ("document", "Образование и аттестация"),
    Kind.COURSES: ("book", "Курсы"),
    Kind.DEFICITS: ("target", "Диагностика и дефициты"),
    Kind.ROUTES: ("route", "ИОМ и сопровождение"),
    Kind.MENTORING: ("exchange", "Наставничество"),
    Kind.ASSOCIATIONS: ("people", "Объединения"),
    Kind.EVENTS: ("calendar", "Мероприятия"),
    Kind.CONTESTS: ("award", "Конкурсы"),
    Kind.EXPERIENCE: ("list", "Опыт и материалы"),
}


@dataclass(frozen=True, slots=True)
class Words:
    title: str
    detail: str = ""
    tone: str = ""
    """Of a thing that went well or badly: good, warn or bad."""


@dataclass(frozen=True, slots=True)
class Moment:
    when: dt.date | None
    kind: Kind
    words: Words
    until: str = ""
    """Of what lasts: until when, in words."""
    source: int | None = None
    """Id of where it comes from."""
    url: str = ""
    """Of the row's own page."""


@dataclass(frozen=True)
class Telling(Generic[M]):
    """``day``: the field by which rows stand in the timeline. ``of``: the fields that may name her; ``tell`` is given
    the one by which this row was found. ``beside``: what its words are taken from."""

    model: type[M]
    kind: Kind
    day: str
    tell: Callable[[M, str], Words]
    of: tuple[str, ...] = ("person",)
    beside: tuple[str, ...] = ()

    def found(self, rows: QuerySet[M], person: int) -> list[tuple[M, str]]:
        """Rows of hers, each with the field by which it was found; one query for each field. ``rows`` are those that
        the reader may see."""
        return [
            (row, path)
            for path in self.of
            for row in rows.filter(archived_at__isnull=True, **{path: person}).select_related(*self.beside)
        ]

    def moment(self, row: M, path: str) -> Moment:
        return Moment(getattr(row, self.day), self.kind, self.tell(row, path), _until(row), _source(row), _page(row))


def listed(*parts: Any) -> str:
    """What of it is known, with commas."""
    return ", ".join(str(part) for part in parts if part not in (None, ""))


def quoted(text: str | None) -> str:
    """«Title», unless it has quotation marks of its own at both ends."""
    if not text or text.startswith("«"):
        return text or ""
    return f"«{text}»"


def shown(row: Model, field: str) -> str:
    """The value of a list in Russian; empty if it is not known."""
    return str(getattr(row, f"get_{field}_display")() or "")


def level(row: Model) -> str:
    told = shown(row, "level")
    return f"уровень: {told}" if told else ""


def _until(row: Model) -> str:
    """Half-open as it is kept; people name the last day."""
    if not isinstance(row, State):
        return ""
    if row.until is not None:
        return f"по {row.until - dt.timedelta(1):%d.%m.%Y}"
    return f"подтверждено на {row.observed_on:%d.%m.%Y}" if row.since is None and row.observed_on else ""


def _page(row: Any) -> str:
    """Of the rows of a dataset, which have one."""
    return reverse("row", args=[row.dataset.name, row.pk]) if hasattr(row, "dataset") else ""


def _source(row: Any) -> int | None:
    source: int | None = row.source_id
    return source
