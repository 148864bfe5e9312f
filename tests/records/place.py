"""A town with so many schools, and what its office writes down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from opora.people.domain.organisation import NewOrganisation, open_organisations
from opora.records.domain.collection import Answer, NewCollection, announce_collections
from opora.records.domain.document import NewDocument, enact
from opora.records.domain.letter import NewCircular, Reading, send_circulars
from opora.records.domain.measure import Done, NewMeasure, plan_measures
from opora.records.domain.visit import Assessment, NewVisit
from tests.people.town import AUTUMN, SPRING, Town, town


class Place:
    def __init__(self, size: int, key: str = "город") -> None:
        self.town: Town = town(f"{key}-{size}", people=size)
        self.size = size
        self.told = self.town.as_alice
        schools = [NewOrganisation(title=f"Школа {number}", kind="school") for number in range(size)]
        self.schools = ids(open_organisations(schools, **self.told))

    def documents(self, since: dt.date = AUTUMN, **told: Any) -> list[NewDocument]:
        return [
            NewDocument(kind="order", organisation=school, number="1", dated=since, since=since, **told)
            for school in self.schools
        ]

    def enacted(self) -> list[int]:
        return ids(enact(self.documents(), **self.told))

    def collection(self) -> int:
        return announce_collections([NewCollection(title="Мониторинг", date=SPRING)], **self.told)[0].pk

    def answers(self) -> list[Answer]:
        collection = self.collection()
        return [
            Answer(collection=collection, organisation=school, question="1.1", value=2, base=3, date=SPRING)
            for school in self.schools
        ]

    def measures(self) -> list[NewMeasure]:
        return [NewMeasure(title=f"Мера {number}", due=SPRING) for number in range(self.size)]

    def marks(self) -> list[Done]:
        planned = ids(plan_measures(self.measures(), **self.told))
        return [Done(measure=measure, result="done", date=SPRING) for measure in planned]

    def readings(self) -> list[Reading]:
        circular = send_circulars([NewCircular(title="О конкурсе", date=AUTUMN)], **self.told)[0].pk
        return [Reading(circular=circular, organisation=school, date=SPRING) for school in self.schools]

    def visits(self) -> list[NewVisit]:
        return [NewVisit(organisation=school, kind="audit", date=SPRING) for school in self.schools]

    def assessments(self) -> list[Assessment]:
        usual: dict[str, Any] = {"procedure": "vpr", "subject": "история", "date": SPRING}
        return [Assessment(organisation=school, participants=20, below_threshold=3, **usual) for school in self.schools]


def ids(rows: Sequence[Any]) -> list[int]:
    return [row.pk for row in rows]
