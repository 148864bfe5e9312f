"""What she lacks and how she learns, in words."""

from __future__ import annotations

from typing import Any

from opora.learning.models import (
    Adaptation,
    Deficit,
    DiagnosticResult,
    Mentorship,
    Route,
    RouteStep,
    Support,
    Training,
    TrainingRequest,
)
from opora.papers.words import number
from opora.people.models import Person
from opora.registry.batch.words import described
from opora.web.person.telling import Kind, Telling, Words, listed, quoted, shown

_LEVELS = {"low": "bad", "medium": "warn", "high": "good"}
_ENDINGS = {"achieved": "good", "partly": "warn", "not_achieved": "bad"}
_ADAPTED = {"adapted": "good", "partly": "warn", "not_adapted": "bad"}


def _training(row: Training, _: str) -> Words:
    programme = row.programme
    kind = "Переподготовка" if programme.kind == "pp" else "Курсы"
    hours = f"{number(programme.hours)} ч" if programme.hours else ""
    untold = "документа нет" if row.passed is False else ""
    detail = listed(programme.provider, hours, untold, "" if row.completed else "не завершено")
    return Words(f"{kind}: {quoted(programme.title)}", detail, "warn" if row.passed is False else "good")


def _request(row: TrainingRequest, _: str) -> Words:
    title = quoted(row.programme.title) if row.programme else "программа не выбрана"
    if row.withdrawn:
        return Words(f"Заявка на курсы снята: {title}", row.reason or "", "warn")
    return Words(f"Запланированы курсы: {title}", row.plan.title or "")


def _diagnosed(row: DiagnosticResult, _: str) -> Words:
    what = listed(shown(row, "measures"), row.subject)
    score = f"балл {number(row.score)}" if row.score is not None else ""
    level = shown(row, "level")
    detail = listed(row.instrument.title if row.instrument else "", score, f"уровень {level}" if level else "")
    return Words(f"Диагностика: {what}" if what else "Диагностика", detail, _LEVELS.get(row.level or "", ""))


def _deficit(row: Deficit, _: str) -> Words:
    what = listed(shown(row, "area"), row.subject, row.topic)
    closed = f"устранён {row.closed_on:%d.%m.%Y}" if row.closed_on else "не устранён"
    return Words(f"Дефицит: {what}" if what else "Дефицит", closed, "good" if row.closed_on else "warn")


def _route(row: Route, path: str) -> Words:
    basis = f"на основании {shown(row, 'basis')}" if row.basis else ""
    if path == "tutor":
        return Words(f"Ведёт ИОМ: {called(row.person)}", basis)
    return Words("ИОМ", listed(basis, f"тьютор {called(row.tutor)}" if row.tutor else ""))


def _step(row: RouteStep, _: str) -> Words:
    done = f"выполнен {row.done_on:%d.%m.%Y}" if row.done_on else "не отмечен выполненным"
    return Words(f"Шаг ИОМ: {row.title or 'без названия'}", done, "good" if row.done_on else "")


def _support(row: Support, path: str) -> Words:
    kind = shown(row, "kind").capitalize()
    if path == "by":
        return Words(f"{kind}: {called(row.person)}", row.topic or "")
    return Words(kind, listed(row.topic, called(row.by) if row.by else ""))


def _mentorship(row: Mentorship, path: str) -> Words:
    other = f"Наставник у {called(row.mentee)}" if path == "mentor" else f"Есть наставник: {called(row.mentor)}"
    return Words(other, listed(shown(row, "form"), shown(row, "result")), _ENDINGS.get(row.result or "", ""))


def _adaptation(row: Adaptation, _: str) -> Words:
    where = row.organisation.title if row.organisation else ""
    return Words(f"Адаптация: {shown(row, 'result')}", where, _ADAPTED.get(row.result, ""))


def called(person: Person) -> str:
    return described(person)


LEARNING: tuple[Telling[Any], ...] = (
    Telling(Training, Kind.COURSES, "completed", _training, beside=("programme",)),
    Telling(TrainingRequest, Kind.COURSES, "due", _request, beside=("programme", "plan")),
    Telling(DiagnosticResult, Kind.DEFICITS, "date", _diagnosed, beside=("instrument",)),
    Telling(Deficit, Kind.DEFICITS, "found_on", _deficit),
    Telling(Route, Kind.ROUTES, "since", _route, of=("person", "tutor"), beside=("person", "tutor")),
    Telling(RouteStep, Kind.ROUTES, "due", _step, of=("route__person",)),
    Telling(Support, Kind.ROUTES, "date", _support, of=("person", "by"), beside=("person", "by")),
    Telling(Mentorship, Kind.MENTORING, "since", _mentorship, of=("mentee", "mentor"), beside=("mentor", "mentee")),
    Telling(Adaptation, Kind.MENTORING, "date", _adaptation, beside=("organisation",)),
)
