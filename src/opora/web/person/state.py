"""What runs out for a person and what is not known of her. Only for those who see all of it: whoever does not see her
leave would count three years wrongly, and whoever does not see her attestation would take it for missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from opora.access.roles import Role
from opora.access.seeing import Standing, visible_to
from opora.indicators.periods import shifted
from opora.learning.expiry import Clock, Term, attestation_terms, course_terms, first_years
from opora.learning.models import Training
from opora.people.models import Attestation, Education, Employment, Leave, Person
from opora.registry.models import State

SEES_ALL = (Role.ADMINISTRATOR, Role.HEAD, Role.METHODIST, Role.COORDINATOR, Role.EDUCATOR)
_TITLES = {
    Clock.COURSE: "Курсы: три года со дня последних",
    Clock.ATTESTATION: "Аттестация",
    Clock.FIRST_YEARS: "Первые три года работы",
}
SOON = 6
"""Months before the end from which it is worth a mark."""


@dataclass(frozen=True, slots=True)
class Running:
    """A term as the page tells it."""

    title: str
    state: str
    tone: str
    """As of a badge."""
    detail: str


def running(standing: Standing, person: Person, on: dt.date) -> list[Running]:
    """The nearest first. Of who does not work no term runs."""
    whole = standing.only(*SEES_ALL)
    if not _works(whole, person, on):
        return []
    terms = [
        *course_terms(
            visible_to(whole, Training).filter(person=person), visible_to(whole, Leave).filter(person=person), on
        ),
        *attestation_terms(visible_to(whole, Attestation).filter(person=person), on),
        *first_years(visible_to(whole, Person).filter(pk=person.pk), on),
    ]
    return [_told(term, on) for term in sorted(terms, key=lambda term: term.ends or dt.date.max)]


def lacking(standing: Standing, person: Person) -> list[str]:
    """Facts without which numbers leave her among the unknown, in words."""
    whole = standing.only(*SEES_ALL)
    if not visible_to(whole, Person).filter(pk=person.pk).exists():
        return []
    trainings = visible_to(whole, Training).filter(person=person, archived_at__isnull=True)
    found = {
        "дата рождения": person.born is not None,
        "начало педагогической работы": person.career_start is not None,
        "место работы": _any(whole, Employment, person),
        "образование": _any(whole, Education, person),
        "итог аттестации": _any(whole, Attestation, person),
        "курсы с датой окончания": trainings.filter(completed__isnull=False).exists(),
    }
    return [words for words, known in found.items() if not known]


def _any(standing: Standing, model: type[Employment | Education | Attestation], person: Person) -> bool:
    return visible_to(standing, model).filter(person=person, archived_at__isnull=True).exists()


def _works(standing: Standing, person: Person, on: dt.date) -> bool:
    return visible_to(standing, Employment).filter(State.holding(on), person=person).exists()


def _told(term: Term, on: dt.date) -> Running:
    title = f"{_TITLES[term.clock]}: {term.words}" if term.words else _TITLES[term.clock]
    since = f"идёт с {term.since:%d.%m.%Y}" if term.since else ""
    if term.ends is None:
        return Running(title, "стоит: в отпуске", "plain", since)
    early = "не раньше " if term.maybe_later else ""
    if term.clock is Clock.FIRST_YEARS:
        return Running(title, f"до {term.ends:%d.%m.%Y}", "info", since)
    if term.ends <= on:
        return Running(title, f"истёк {term.ends:%d.%m.%Y}", "warn", since)
    tone = "info" if term.ends <= shifted(on, SOON, "month") else "plain"
    return Running(title, f"{early}{term.ends:%d.%m.%Y}", tone, since)
