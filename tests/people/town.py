"""A small town to work in: two schools and people without names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.people.models import Organisation, Person, Territory
from opora.registry.scope import Actor, scope

ALICE = Actor("alice", "192.0.2.1")
BOB = Actor("bob", "192.0.2.2")
AUTUMN = dt.date(2021, 9, 1)
NEW_YEAR = dt.date(2022, 1, 1)
SPRING = dt.date(2022, 3, 1)


@dataclass(frozen=True)
class Town:
    """Ids."""

    municipality: int
    school: int
    gymnasium: int
    people: tuple[int, ...]

    @property
    def as_alice(self) -> dict[str, Any]:
        """The arguments of every verb."""
        return {"municipality": self.municipality, "by": ALICE}

    @contextmanager
    def seen(self) -> Iterator[None]:
        with scope([self.municipality], ALICE):
            yield


def town(key: str = "город", people: int = 3) -> Town:
    place = Territory.objects.create(key=key, title=key.title(), kind="municipality")
    with scope([place.pk], ALICE):
        school, gymnasium = (
            Organisation.objects.create(municipality=place, title=f"{title} ({key})", kind="school")
            for title in ("Школа", "Гимназия")
        )
        made = Person.objects.bulk_create(
            Person(municipality=place, key=f"{number}", last_name=f"Иванова-{number}") for number in range(people)
        )
    return Town(place.pk, school.pk, gymnasium.pk, tuple(person.pk for person in made))


@contextmanager
def counted() -> Iterator[list[int]]:
    """How many statements the block has sent, when it is over."""
    number: list[int] = []
    with CaptureQueriesContext(connection) as queries:
        yield number
    number.append(len(queries))


def refusals(refused: Any) -> list[tuple[int | None, str, str]]:
    """Row, field, message of what ``pytest.raises`` has caught."""
    return [(fault.row, fault.field, fault.message) for fault in refused.value.faults]
