"""Who has to go to a course by when: three years since the last one, net of leave. The terms of all the people are
asked for at once; names, deficits and plans only of those who are shown."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet

from opora.access.seeing import Standing, visible_to
from opora.indicators.periods import shifted
from opora.learning.expiry import YEARS_BETWEEN_COURSES, Term, course_terms
from opora.learning.models import Deficit, RouteStep, Training, TrainingRequest
from opora.people.models import Employment, Leave, Person, Teaching
from opora.registry.batch.words import described
from opora.registry.models import State
from opora.web.organisation.staff import deficit_words

_HALF, _YEAR = 6, 12


class When(StrEnum):
    """Which terms are asked for. The first is what is shown unless another is chosen."""

    YEAR = "year"
    LATE = "late"
    HALF = "half"
    NONE = "none"
    AWAY = "away"
    ALL = "all"


WORDS = {
    When.YEAR: "прошёл или пройдёт за год",
    When.LATE: "уже прошёл",
    When.HALF: "пройдёт за полгода",
    When.NONE: "курсов не внесено",
    When.AWAY: "в отпуске, срок стоит",
    When.ALL: "любой известный",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of whom: those who teach ``subject``, of ``organisation``; empty: all."""

    when: When = When.YEAR
    organisation: int | None = None
    subject: str = ""


@dataclass
class Learner:
    person: Person
    term: Term | None
    """None: no course of hers is entered."""
    jobs: list[Employment] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    deficits: list[Deficit] = field(default_factory=list)
    """Those not closed."""
    offers: list[str] = field(default_factory=list)
    """What is planned for her: courses, steps of her route."""

    @property
    def name(self) -> str:
        return described(self.person)


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody of whom only the term is known yet."""

    person: int
    term: Term | None


def educators(standing: Standing, wanted: Wanted) -> QuerySet[Employment]:
    """Jobs of today, of those whom she sees whole."""
    jobs = visible_to(standing, Employment).filter(State.holding(standing.on)).filter(staff_group="educator")
    if wanted.organisation is not None:
        jobs = jobs.filter(organisation=wanted.organisation)
    if wanted.subject:
        lessons = visible_to(standing, Teaching).filter(State.holding(standing.on)).filter(subject=wanted.subject)
        jobs = jobs.filter(person__in=lessons.order_by().values("person"))
    return jobs.order_by()


def due(standing: Standing, wanted: Wanted) -> list[Due]:
    """The nearest term first; of those who have none, by name."""
    people = educators(standing, wanted).values("person")
    trainings = visible_to(standing, Training).filter(person__in=people)
    if wanted.when is When.NONE:
        counted = _counted(visible_to(standing, Training), standing.on).filter(person=OuterRef("pk"))
        without = Person.objects.filter(pk__in=people).filter(~Exists(counted))
        named = without.order_by("last_name", "first_name", "patronymic", "pk")
        return [Due(pk, None) for pk in named.values_list("pk", flat=True)]
    until = _limit(wanted.when, standing.on)
    if until is not None:
        trainings = ending_by(trainings, standing, until)
    leaves = visible_to(standing, Leave).filter(person__in=people)
    terms = [term for term in course_terms(trainings, leaves, standing.on) if _fits(term, wanted.when, standing.on)]
    return [Due(term.person, term) for term in sorted(terms, key=lambda term: (term.ends or dt.date.max, term.person))]


def learners(standing: Standing, found: Sequence[Due], wanted: Wanted) -> list[Learner]:
    """All that is told of these, in their order."""
    people = Person.objects.in_bulk([one.person for one in found])
    told = {one.person: Learner(people[one.person], one.term) for one in found}
    on = standing.on
    jobs = educators(standing, Wanted(organisation=wanted.organisation)).filter(person__in=told)
    for job in jobs.select_related("organisation").order_by("pk"):
        told[job.person_id].jobs.append(job)
    lessons = visible_to(standing, Teaching).filter(person__in=told).filter(State.holding(on))
    for person, subject in lessons.order_by("pk").values_list("person", "subject"):
        told[person].subjects.extend({subject} - {*told[person].subjects})
    for deficit in (
        visible_to(standing, Deficit).filter(person__in=told, archived_at=None, closed_on=None).order_by("pk")
    ):
        told[deficit.person_id].deficits.append(deficit)
    for person, words in _offers(standing, told, on):
        told[person].offers.append(words)
    return list(told.values())


def needs(learner: Learner) -> list[str]:
    return list(dict.fromkeys(deficit_words(one) for one in learner.deficits))


def ending_by(trainings: QuerySet[Training], standing: Standing, until: dt.date) -> QuerySet[Training]:
    """Without those of people who have had a course after which no term can be over by the day: leave only makes it
    later. A day is left for 29 February."""
    since = shifted(until, -YEARS_BETWEEN_COURSES, "year") + dt.timedelta(1)
    rows = _counted(visible_to(standing, Training), standing.on)
    return trainings.filter(~Exists(rows.filter(person=OuterRef("person"), completed__gt=since)))


def _offers(standing: Standing, told: dict[int, Learner], on: dt.date) -> list[tuple[int, str]]:
    done = visible_to(standing, Training).filter(person__in=told, archived_at=None, request__isnull=False)
    asked = visible_to(standing, TrainingRequest).filter(person__in=told, due__gte=on, archived_at=None)
    planned = asked.exclude(withdrawn=True).exclude(pk__in=done.values("request")).select_related("programme")
    steps = visible_to(standing, RouteStep).filter(
        Q(route__until=None) | Q(route__until__gt=on),
        route__person__in=told,
        route__archived_at=None,
        done_on=None,
        archived_at=None,
    )
    found: dict[int, list[tuple[dt.date, str]]] = defaultdict(list)
    for row in planned:
        title = f"«{row.programme.title}»" if row.programme else "курсы, программа не выбрана"
        found[row.person_id].append((row.due, title))
    for step in steps.select_related("route"):
        found[step.route.person_id].append((step.due, f"шаг ИОМ: {step.title or 'без названия'}"))
    return [(person, f"{day:%d.%m.%Y} — {words}") for person, rows in found.items() for day, words in sorted(rows)]


def _counted(trainings: QuerySet[Training], on: dt.date) -> QuerySet[Training]:
    """Those from which the clock runs (``course_terms``)."""
    return trainings.filter(archived_at__isnull=True, completed__lte=on).exclude(passed=False).order_by()


def _limit(when: When, on: dt.date) -> dt.date | None:
    """The last day by which the terms that are asked for are over."""
    months: dict[When, int] = {When.YEAR: _YEAR, When.HALF: _HALF, When.LATE: 0}
    return shifted(on, months[when], "month") if when in months else None


def _fits(term: Term, when: When, on: dt.date) -> bool:
    if term.ends is None:
        return when in (When.AWAY, When.ALL)
    until = _limit(when, on)
    in_time = until is None or term.ends <= until
    return in_time and when is not When.AWAY and (when is not When.HALF or term.ends > on)
