"""What may be proposed: of each table which fields, and by which verbs of the trade it is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from opora.community.domain.experience import (
    NewPresentation,
    NewPublication,
    correct_presentations,
    correct_publications,
    record_presentations,
    record_publications,
)
from opora.community.models import Presentation, Publication
from opora.indicators.dataset.cells import Value
from opora.indicators.dataset.schema import Column, Kind
from opora.learning.domain.programme import NewProgramme, enter_programmes
from opora.learning.domain.training import Course, correct_courses, record_courses
from opora.learning.models import Training, TrainingProgramme
from opora.people.domain.attestation import Award, attest, correct_attestations
from opora.people.domain.education import Diploma, correct_education, record_education
from opora.people.domain.person import correct_people
from opora.people.models import Attestation, Education, Person
from opora.registry.batch.columns import columns_of
from opora.registry.models import Row
from opora.registry.scope import Actor

Told = Mapping[str, Value]
Enter = Callable[[int, dict[str, Any], int, Actor], Row]
"""For a person, with these values, in a municipality, by somebody."""


@dataclass(frozen=True)
class Subject:
    model: type[Any]
    new: str
    """The link that leads to it: «Добавить курсы»."""
    fields: tuple[str, ...]
    """That may be corrected, and told of a new fact."""
    correct: Callable[..., Sequence[Any]]
    enter: Enter | None = None
    """None: there can be no second one."""
    of_programme: tuple[str, ...] = ()
    """Of a new fact: what is told of the programme of courses, before the fields."""
    required: tuple[str, ...] = ()
    """Of a new fact, besides what the dataset requires."""

    @property
    def name(self) -> str:
        return str(self.model.dataset.name)

    @property
    def title(self) -> str:
        return "карточка" if self.model is Person else str(self.model.dataset.words.one)

    @property
    def corrected(self) -> dict[str, Column]:
        model: type[Row] = self.model
        columns = columns_of(model)
        return {name: columns[name] for name in self.fields}

    @property
    def entered(self) -> dict[str, Column]:
        """Of a new fact."""
        programme = columns_of(TrainingProgramme)
        columns = {name: programme[name] for name in self.of_programme} | self.corrected
        return {
            name: replace(column, required=True) if name in self.required else column
            for name, column in columns.items()
        }

    def rows_of(self, person: int) -> QuerySet[Any]:
        """Hers, as far as the scope goes."""
        path = "pk" if self.model is Person else "person"
        rows: QuerySet[Any] = self.model._default_manager.filter(archived_at__isnull=True, **{path: person})
        return rows.order_by("-pk")


def of_json(columns: Mapping[str, Column], told: Mapping[str, Any]) -> dict[str, Value]:
    """Values as they are in Python; a day is a text in JSON."""
    return {
        name: dt.date.fromisoformat(value) if value is not None and columns[name].kind is Kind.DATE else value
        for name, value in told.items()
    }


def _course(person: int, told: dict[str, Any], municipality: int, by: Actor) -> Training:
    """A document was given, or she would not tell of it. A programme that is there already is not entered twice."""
    programme = {name: told.pop(name) for name in _PROGRAMME}
    alike = TrainingProgramme.objects.filter(archived_at__isnull=True, title__iexact=programme["title"])
    known = alike.filter(kind=programme["kind"], hours=programme["hours"]).order_by("pk").first()
    if known is None:
        (known,) = enter_programmes([NewProgramme(**programme)], municipality=municipality, by=by)
    course = Course(person=person, programme=known.pk, passed=True, **told)
    return record_courses([course], municipality=municipality, by=by)[0]


def _award(person: int, told: dict[str, Any], municipality: int, by: Actor) -> Attestation:
    return attest([Award(person=person, **told)], municipality=municipality, by=by)[0]


def _diploma(person: int, told: dict[str, Any], municipality: int, by: Actor) -> Education:
    return record_education([Diploma(person=person, **told)], municipality=municipality, by=by)[0]


def _presentation(person: int, told: dict[str, Any], municipality: int, by: Actor) -> Presentation:
    return record_presentations([NewPresentation(person=person, **told)], municipality=municipality, by=by)[0]


def _publication(person: int, told: dict[str, Any], municipality: int, by: Actor) -> Publication:
    return record_publications([NewPublication(person=person, **told)], municipality=municipality, by=by)[0]


_PROGRAMME = ("title", "kind", "hours", "provider")
_SUBJECTS = (
    Subject(
        Training,
        "Добавить курсы или переподготовку",
        ("started", "completed", "form", "document_number"),
        correct_courses,
        _course,
        of_programme=_PROGRAMME,
        required=("completed",),
    ),
    Subject(
        Attestation,
        "Добавить категорию или соответствие",
        ("category", "post", "since"),
        correct_attestations,
        _award,
        required=("since",),
    ),
    Subject(
        Education,
        "Добавить диплом",
        ("level", "speciality", "qualification", "institution", "date"),
        correct_education,
        _diploma,
        required=("level",),
    ),
    Subject(
        Publication,
        "Добавить публикацию",
        ("title", "outlet", "form", "topic", "level", "date"),
        correct_publications,
        _publication,
        required=("title",),
    ),
    Subject(
        Presentation,
        "Добавить выступление или другое представление опыта",
        ("title", "topic", "level", "date"),
        correct_presentations,
        _presentation,
        required=("title",),
    ),
    Subject(Person, "", ("last_name", "first_name", "patronymic", "born", "career_start"), correct_people),
)
SUBJECTS = {subject.name: subject for subject in _SUBJECTS}
"""By the name of the table. Facts about which others decide, a diagnosis or a pair, are not proposed."""
