"""What stands at each station of the management cycle, told by the facts that the reader may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from django.core.cache import cache
from django.db.models import Count, Exists, Max, Model, OuterRef, Q, QuerySet
from django.urls import reverse

from opora.access.roles import SERVICE
from opora.access.seeing import Standing, visible_to
from opora.access.territories import below
from opora.community.models import Event
from opora.indicators.results import ProgrammeResult, Verdict
from opora.learning.models import Deficit, DiagnosticResult, Mentorship, Route, RouteStep, Training
from opora.papers.words import counted as told_count
from opora.people.models import Territory
from opora.records.models import CardAnswer, Execution, Measure, Recommendation
from opora.registry.models import State as Lasting
from opora.web.layout.cells import words
from opora.web.layout.navigation import is_page

M = TypeVar("M", bound=Model)
KEPT = 60
"""Seconds for which the counts of a town stand: in a region they are taken from a million rows."""
_SEPTEMBER = 9


class State(Enum):
    """What it is called, and the tone in which it is drawn."""

    GOING = "идёт", "good"
    LATE = "требует внимания", "warn"
    EMPTY = "пусто", "plain"
    ABSENT = "ещё нет в Опоре", "plain"
    HIDDEN = "видит служба", "plain"

    @property
    def words(self) -> str:
        return self.value[0]

    @property
    def tone(self) -> str:
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Stop:
    """What was counted at a station."""

    state: State
    told: str


@dataclass(frozen=True, slots=True)
class Station:
    number: int
    title: str
    stop: Stop
    url: str
    """Empty as long as Opora has no page of it."""


@dataclass(frozen=True, slots=True)
class _Where:
    standing: Standing
    places: frozenset[int]
    today: dt.date
    """Of which the numbers beside it are; after the end of a programme that is its last day."""

    @property
    def began(self) -> dt.date:
        """The first day of the school year."""
        return dt.date(self.today.year - (self.today.month < _SEPTEMBER), _SEPTEMBER, 1)

    def of(self, model: type[M]) -> QuerySet[M]:
        return visible_to(self.standing, model).filter(municipality__in=self.places, archived_at__isnull=True)

    def holding(self, model: type[M]) -> QuerySet[M]:
        """States that hold today."""
        return self.of(model).filter(Lasting.holding(self.today))


def stations_of(standing: Standing, place: Territory, on: dt.date, result: ProgrammeResult | None) -> list[Station]:
    """In the order of the cycle. An observer sees numbers alone, and no facts from which they are made."""
    if place.pk in standing.territories(SERVICE):
        where = _Where(standing, below([place.pk])[place.pk], on)
        key = f"ring-{place.pk}-{on}"
        counted = cache.get_or_set(key, lambda: [count(where) for count in _COUNTED], KEPT)
    else:
        counted = [Stop(State.HIDDEN, "")] * len(_COUNTED)
    collected, diagnosed, deficits, learning, together, advised, done = counted or []
    stops = (
        ("Сбор данных", collected, ""),
        ("Диагностика", diagnosed, "diagnostic_result"),
        ("Дефициты", deficits, "deficit"),
        ("Маршруты и курсы", learning, "courses"),
        ("Мероприятия и наставничество", together, "event"),
        ("Показатели", _values(result), "#goals"),
        ("Анализ и рекомендации", advised, "recommendation"),
        ("Решения и меры", done, "month"),
        ("Эффект", Stop(State.ABSENT, "Сравнить «до» и «после» решения Опора пока не умеет"), ""),
    )
    return [Station(number, title, stop, _address(page)) for number, (title, stop, page) in enumerate(stops, 1)]


def _address(page: str) -> str:
    if page.startswith("#"):
        return page
    if is_page(page):
        return reverse(page)
    return reverse("list", args=[page]) if page and is_page("list") else ""


def _collected(where: _Where) -> Stop:
    return _dated(where, CardAnswer, "date", "ответ на карты", "ответа на карты", "ответов на карты")


def _diagnosed(where: _Where) -> Stop:
    return _dated(where, DiagnosticResult, "date", "результат", "результата", "результатов")


def _advised(where: _Where) -> Stop:
    return _dated(where, Recommendation, "date", "рекомендация", "рекомендации", "рекомендаций")


def _deficits(where: _Where) -> Stop:
    helped = Exists(RouteStep.objects.filter(deficit=OuterRef("pk"))) | Exists(
        Training.objects.filter(deficit=OuterRef("pk"))
    )
    opened = where.of(Deficit).filter(Q(closed_on__isnull=True) | Q(closed_on__gt=where.today))
    found = opened.aggregate(all=Count("pk"), left=Count("pk", filter=~Q(helped)))
    if not found["all"]:
        return Stop(State.EMPTY, "Открытых дефицитов не записано")
    told = f"Открыто {found['all']}, без ИОМ и курсов {found['left']}"
    return Stop(State.LATE if found["left"] else State.GOING, told)


def _learning(where: _Where) -> Stop:
    routes = where.holding(Route).count()
    late = where.of(RouteStep).filter(due__lt=where.today, done_on__isnull=True).count()
    courses = where.of(Training).filter(completed__gte=where.began, completed__lte=where.today).count()
    if not routes and not courses:
        return Stop(State.EMPTY, "В этом учебном году ни ИОМ, ни курсов")
    told = f"ИОМ {routes}, курсов с {words(where.began)} — {courses}" + (f", просрочено шагов {late}" if late else "")
    return Stop(State.LATE if late else State.GOING, told)


def _together(where: _Where) -> Stop:
    events = _dated(where, Event, "date", "мероприятие", "мероприятия", "мероприятий")
    pairs = where.holding(Mentorship).count()
    state = State.GOING if pairs else events.state
    return Stop(state, f"{events.told}; наставнических пар {pairs}")


def _done(where: _Where) -> Stop:
    """Measures of programmes: decisions of their own Opora does not keep yet."""
    unfinished = ~Exists(Execution.objects.filter(measure=OuterRef("pk")))
    found = where.of(Measure).aggregate(
        all=Count("pk"), late=Count("pk", filter=Q(unfinished) & Q(due__lt=where.today))
    )
    if not found["all"]:
        return Stop(State.EMPTY, "Мер не записано")
    told = f"Мер {found['all']}, не исполнено в срок {found['late']}"
    return Stop(State.LATE if found["late"] else State.GOING, told)


_COUNTED: Sequence[Callable[[_Where], Stop]] = (
    _collected,
    _diagnosed,
    _deficits,
    _learning,
    _together,
    _advised,
    _done,
)


def _values(result: ProgrammeResult | None) -> Stop:
    if result is None:
        return Stop(State.EMPTY, "Не посчитаны")
    verdicts = [one.verdict for one in result.indicators]
    met = sum(one in (Verdict.MET, Verdict.HELD) for one in verdicts)
    late = sum(one in (Verdict.NOT_MET, Verdict.BEHIND) for one in verdicts)
    unclear = sum(one in (Verdict.UNDECIDED, Verdict.NO_DATA) for one in verdicts)
    told = f"Всего {len(verdicts)}: достигнуто {met}, не достигнуто или отстаёт {late}, без вывода {unclear}"
    return Stop(State.LATE if late or unclear else State.GOING, told)


def _dated(where: _Where, model: type[Model], field: str, one: str, few: str, many: str) -> Stop:
    """Facts of this school year; where there are none, when the last was."""
    past = where.of(model).filter(**{f"{field}__lte": where.today})
    found = past.aggregate(n=Count("pk", filter=Q(**{f"{field}__gte": where.began})), last=Max(field))
    if found["last"] is None:
        return Stop(State.EMPTY, "Ничего не записано")
    these = told_count(found["n"], one, few, many) if found["n"] else "ничего"
    told = f"С {words(where.began)} — {these}, последняя запись {words(found['last'])}"
    return Stop(State.GOING if found["n"] else State.EMPTY, told)
