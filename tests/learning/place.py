"""A town with so many people, and what they learn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from opora.learning.domain.deficit import FoundDeficit, open_deficits
from opora.learning.domain.diagnostic import NewInstrument, Result, enter_instruments, record_results
from opora.learning.domain.mentorship import Pair, begin_mentorships
from opora.learning.domain.plan import NewPlan, Request, approve_plans, request_courses
from opora.learning.domain.programme import NewProgramme, enter_programmes
from opora.learning.domain.route import NewRoute, NewStep, add_steps, open_routes
from opora.learning.domain.training import Course
from opora.learning.models import Instrument
from tests.people.town import AUTUMN, NEW_YEAR, SPRING, Town, town


class Place:
    def __init__(self, size: int, key: str = "город") -> None:
        self.town: Town = town(f"{key}-{size}", people=2 * size)
        self.size = size
        self.told = self.town.as_alice
        self.people = self.town.people[:size]
        self.elders = self.town.people[size:]

    def instrument(self, thresholds: str | None = "низкий < 50, высокий ≥ 75") -> Instrument:
        return enter_instruments([NewInstrument(title="Тест", thresholds=thresholds)], **self.told)[0]

    def results(self, score: float = 40, day: dt.date = AUTUMN) -> list[Result]:
        instrument = self.instrument().pk
        usual: dict[str, Any] = {"instrument": instrument, "measures": "digital", "score": score, "date": day}
        return [Result(person=person, **usual) for person in self.people]

    def measured(self, score: float = 40, day: dt.date = AUTUMN) -> list[int]:
        return ids(record_results(self.results(score, day), **self.told))

    def deficits(self, day: dt.date = AUTUMN) -> list[FoundDeficit]:
        return [FoundDeficit(person=person, area="digital", found_on=day) for person in self.people]

    def lacking(self) -> list[int]:
        return ids(open_deficits(self.deficits(), **self.told))

    def routes(self) -> list[NewRoute]:
        return [NewRoute(person=person, basis="deficits", since=AUTUMN) for person in self.people]

    def walking(self) -> list[int]:
        return ids(open_routes(self.routes(), **self.told))

    def steps(self) -> list[int]:
        told = [NewStep(route=route, title="Курс", due=SPRING) for route in self.walking()]
        return ids(add_steps(told, **self.told))

    def programme(self) -> int:
        return enter_programmes([NewProgramme(title="Цифровая среда", kind="pk", hours=72)], **self.told)[0].pk

    def plan(self) -> int:
        return approve_plans([NewPlan(title="План на 2021/22 учебный год", since=AUTUMN)], **self.told)[0].pk

    def requests(self) -> list[Request]:
        plan, programme = self.plan(), self.programme()
        return [
            Request(plan=plan, person=person, programme=programme, deficit=deficit, due=NEW_YEAR)
            for person, deficit in zip(self.people, self.lacking(), strict=True)
        ]

    def requested(self) -> list[int]:
        return ids(request_courses(self.requests(), **self.told))

    def courses(self) -> list[Course]:
        programme = self.programme()
        return [
            Course(person=person, programme=programme, completed=SPRING, document_number=f"{self.size}-{number}")
            for number, person in enumerate(self.people)
        ]

    def pairs(self) -> list[Pair]:
        both = zip(self.elders, self.people, strict=True)
        return [Pair(mentor=mentor, mentee=mentee, since=AUTUMN) for mentor, mentee in both]

    def paired(self) -> list[int]:
        return ids(begin_mentorships(self.pairs(), **self.told))


def ids(rows: Sequence[Any]) -> list[int]:
    return [row.pk for row in rows]
