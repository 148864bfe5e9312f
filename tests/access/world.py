"""Two towns with two schools each, and in every table one row for each school: alike in all but whose they are.

What leaks, whoever asks for whatever, is there to be seen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from opora.access.domain.grants import NewGrant, give, today
from opora.access.domain.seats import RoleAt
from opora.access.domain.users import make_user
from opora.access.models import User
from opora.access.roles import PLACE, Place, Role
from opora.community.models import Association
from opora.indicators.dataset.schema import Column, Kind, Table
from opora.indicators.dataset.tables import STORED
from opora.people.models import Organisation, Person, Territory
from opora.registry.scope import Actor, scope
from opora.snapshot.load import load
from tests.registry.facts import Row, Rows, dataset, territories

TESTS = Actor("проверка", "192.0.2.1")
PASSWORD = "верное слово с подковой"
LONG_AGO = dt.date(2015, 9, 1)


@dataclass(frozen=True, slots=True)
class School:
    """A household of rows: their keys end with its name."""

    town: str
    name: str

    def key(self, table: str) -> str:
        return f"{table} {self.name}"


SCHOOLS = tuple(School(town, f"{town} {number}") for town in ("город", "село") for number in (1, 2))
MENTOR = "наставник"
"""A person without a job who mentors the school's one."""


def build() -> None:
    """All of it, into an empty registry."""
    for town in ("город", "село"):
        load(dataset(rows_of([school for school in SCHOOLS if school.town == town])), town, TESTS)


def territory(key: str) -> int:
    return Territory.objects.get(key=key).pk


def user_of(role: Role, school: School, email: str = "") -> User:
    """Somebody who holds the role in that school, or in its town or association."""
    with scope([territory(school.town)], TESTS):
        person = MENTOR if role is Role.MENTOR else "person"
        user = make_user(
            email or f"{role}.{SCHOOLS.index(school)}@example.org",
            f"{role.label} {school.name}",
            password=PASSWORD,
            person=Person.objects.get(key=school.key(person)).pk if role in (Role.EDUCATOR, Role.MENTOR) else None,
            by=TESTS,
        )
        give([NewGrant(user, seat_of(role, school), LONG_AGO)], within=[territory(school.town)], by=TESTS)
    assert today() > LONG_AGO
    return user


def seat_of(role: Role, school: School) -> RoleAt:
    place, home = PLACE[role], territory(school.town)
    with scope([home], TESTS):
        if place is Place.ORGANISATION:
            return RoleAt(role, home, organisation=Organisation.objects.get(key=school.key("organisation")).pk)
        if place is Place.ASSOCIATION:
            return RoleAt(role, home, association=Association.objects.get(key=school.key("association")).pk)
    return RoleAt(role, home)


def rows_of(schools: Sequence[School]) -> Rows:
    """Of a town with these schools."""
    town = schools[0].town
    above = [row for row in territories() if row["kind"] != "municipality"]
    place = {"id": town, "title": town.title(), "kind": "municipality", "parent": "регион"}
    rows: Rows = {"territory": [*above, place]}
    for table in STORED.values():
        if table.name != "territory":
            rows[table.name] = [_row(table, school) for school in schools]
    rows["person"] += [
        {"id": school.key(MENTOR), "municipality": town, "last_name": school.key(MENTOR)} for school in schools
    ]
    for row, school in zip(rows["mentorship"], schools, strict=True):
        row["mentor"] = school.key(MENTOR)
    for row, name in zip(rows["coverage"], ("person", "employment", *STORED), strict=False):
        row["table"] = name
    for row in rows["association"] + rows["route"] + rows["support"]:
        row |= {name: None for name in ("head", "tutor", "by") if name in row}
    return rows


def _row(table: Table, school: School) -> Row:
    cells = {column.name: _cell(table, column, school) for column in table.columns if column.kind is not Kind.KEY}
    return {"id": school.key(table.name)} | cells


def _cell(table: Table, column: Column, school: School) -> Any:
    if column.to == "territory":
        return school.town
    if column.kind is Kind.REF:
        return school.key(column.to)
    return {
        Kind.CHOICE: column.choices[0][0] if column.choices else None,
        Kind.TEXT: f"{column.name} {school.name}",
        Kind.DATE: _day(column),
        Kind.FLAG: False,
        Kind.INTEGER: 1,
        Kind.NUMBER: 1.0,
    }[column.kind]


def _day(column: Column) -> dt.date | None:
    """States began long ago and still hold."""
    if column.name in ("until", "closed_on", "completed", "register_until"):
        return None
    return dt.date(1980, 5, 1) if column.name == "born" else LONG_AGO
