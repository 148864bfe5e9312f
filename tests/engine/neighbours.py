"""Six neighbours of whom different things are known, for the tests of opened numbers."""

from __future__ import annotations

from opora.indicators.definitions import standard
from opora.indicators.formula.bind import bind_definition
from opora.indicators.formula.words import phrase
from tests.engine.asking import day, job, small_town
from tests.truth.town import Row

PEOPLE: list[Row] = [
    {"id": "anna", "last_name": "Ёлкина", "first_name": "Анна", "born": day("1990-05-05")},
    {"id": "boris", "last_name": "Борисов", "first_name": "Борис", "patronymic": "Ильич", "born": day("1970-05-05")},
    {"id": "vera", "last_name": "Васина", "first_name": "Вера"},
    {"id": "gleb", "last_name": "Глебов", "born": day("1995-01-01")},
    {"id": "dina", "last_name": "Динина", "born": day("1995-01-01")},
    {"id": "zoya"},
]
JOBS: list[Row] = [job("anna"), job("boris", "B"), job("vera"), job("gleb", since=None), job("dina", "A", "support")]


def course(person: str, date: str, *, passed: bool | None = True) -> Row:
    return {"person": person, "programme": "p", "completed": day(date), "passed": passed}


COURSES: list[Row] = [
    course("anna", "2022-03-01"),
    course("boris", "2021-03-01"),
    course("vera", "2022-03-01", passed=None),
    course("dina", "2022-03-01"),
]
TOWN = small_town(person=PEOPLE, employment=JOBS, training=COURSES)


def said(text: str, table: str = "person") -> str:
    """The words in which the formula itself is told."""
    return phrase(bind_definition(text, table, standard()))
