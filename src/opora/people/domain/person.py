"""People are entered, and what was entered wrong is corrected."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Func, TextField, Value
from django.db.models.functions import Lower

from opora.people.domain.employment_checks import refuse_birth_after_jobs
from opora.people.models import Person
from opora.registry.batch import Correction, changed_fields, corrected, prepared, rewrite, write
from opora.registry.scope import Actor
from opora.registry.verbs import Sitting, sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    last_name: str | None = None
    first_name: str | None = None
    patronymic: str | None = None
    born: dt.date | None = None
    sex: str | None = None
    career_start: dt.date | None = None
    namesake: bool = False
    """It was looked up: she is not the one of the same name who is there already."""


def enter_people(people: Sequence[NewPerson], *, municipality: int, by: Actor) -> list[Person]:
    """Who has the name of somebody who is seen here, and may be the same by the date of birth, is refused until it is
    said that she is another."""
    with sitting(municipality, by, "новые карточки людей") as s:
        rows = prepared(s, Person, people, besides=["namesake"])
        _refuse_without_name(s, rows)
        _refuse_namesakes(s, rows, people)
        return write(s, rows)


def correct_people(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Person]:
    """A card is corrected by the municipality that entered it."""
    with sitting(municipality, by, "исправление карточки") as s:
        rows = corrected(s, Person, corrections)
        _refuse_without_name(s, rows)
        refuse_birth_after_jobs(s, rows)
        return rewrite(s, rows, changed_fields(corrections))


def _refuse_without_name(sitting: Sitting, rows: Sequence[Person | None]) -> None:
    """A dataset may be depersonalised; who is typed in has a name."""
    for place, row in sitting.sound(rows):
        if not row.last_name:
            sitting.fault(place, "last_name", "Не заполнено: «Фамилия»", "Впишите значение")


def _refuse_namesakes(sitting: Sitting, rows: Sequence[Person], told: Sequence[NewPerson]) -> None:
    batch = list(sitting.sound(rows))
    known: defaultdict[str, list[Person]] = defaultdict(list)
    for person in _of_these_surnames(row for _, row in batch):
        known[_plain(person.last_name)].append(person)
    for place, row in batch:
        alike = known[_plain(row.last_name)]
        twin = next((person for person in alike if _may_be_one(row, person)), None)
        if twin is not None and not told[place].namesake:
            message = f"Такой человек уже есть: {_said(twin)}"
            sitting.fault(place, "last_name", message, "Выберите его или отметьте, что это однофамилец")
        alike.append(row)


def _of_these_surnames(rows: Iterable[Person]) -> Iterable[Person]:
    plain = Func(Lower("last_name"), Value("ё"), Value("е"), function="translate", output_field=TextField())
    people = Person.objects.filter(archived_at__isnull=True).alias(plain=plain)
    return people.filter(plain__in={_plain(row.last_name) for row in rows}).order_by("pk")


def _may_be_one(one: Person, other: Person) -> bool:
    """No known part of the name, and no known date of birth, tells them apart."""
    names = (_plain(one.first_name), _plain(other.first_name)), (_plain(one.patronymic), _plain(other.patronymic))
    return all(a == b or not a or not b for a, b in names) and (one.born is None or other.born in (None, one.born))


def _plain(name: str | None) -> str:
    return (name or "").lower().replace("ё", "е")


def _said(person: Person) -> str:
    """Without what was not typed: who enters somebody need not see the other's card."""
    return " ".join(filter(None, [person.last_name, person.first_name, person.patronymic]))
