"""What Opora counts for the form, and who is behind a number: one statement each, whatever the number of people.

These are an organisation's numbers, the same for whoever may ask about it: names are for the caller to hold back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection

from opora.cycle.oo1.lines import BOX, EDGES, LINES, Box, Line, ages_on, day_of

FAULTS = {
    "since": "не известно, работала ли уже в этот день: у места работы нет даты начала",
    "kind": "не указано, основная это работа или совместительство",
    "no_main": "только внутреннее совместительство, основного места работы здесь нет",
    "no_diploma": "нет сведений об образовании",
    "diploma": "у документа об образовании нет уровня или даты",
    "pedagogical": "не указано, педагогическое ли образование",
    "sex": "не указан пол",
    "category_since": "у категории нет даты присвоения",
    "category_post": "категория присвоена по другой должности",
    "no_category": "нет сведений об аттестации",
    "no_experience": "нет записи об общем стаже на эту дату",
    "no_career": "нет ни начала педагогической работы, ни записи о стаже",
    "career_later": "педагогическая работа начата позже даты формы",
    "differs": "стаж по началу работы и стаж по записи расходятся больше чем на год",
    "born": "нет даты рождения",
    "born_later": "дата рождения позже даты формы",
}
"""Why a person is left out of a count: a fact that is missing, or that contradicts another."""

Cell = tuple[str, str]
"""Codes of a line and of a box."""


@dataclass(frozen=True, slots=True)
class Behind:
    """A person of a line: counted in the box, or left out because of a fault."""

    person: int
    post: str
    fault: str


def counts_of(organisations: Collection[int], year: int) -> dict[int, dict[Cell, int]]:
    """By organisation. A cell that is not there is 0."""
    found: dict[int, dict[Cell, int]] = {pk: {} for pk in organisations}
    boxes = {(box.trait, box.value): box.code for box in BOX.values()}
    query = f"""{_staff()}
        SELECT f.organisation_id, l.code, f.trait, f.value, count(*)
        FROM facts f JOIN {_LINES} ON (l.staff_group = '' OR l.staff_group = f.staff_group)
            AND (l.post = '' OR l.post = f.post)
        WHERE f.value IS NOT NULL GROUP BY 1, 2, 3, 4"""
    for organisation, line, trait, value, count in _asked(query, organisations, year):
        if (trait, value) in boxes:
            found[organisation][line, boxes[trait, value]] = count
    return found


def behind(organisation: int, year: int, line: Line, box: Box) -> list[Behind]:
    """Who is counted in a cell and who is left out of it."""
    query = f"""{_staff()}
        SELECT person_id, post, coalesce(fault, '') FROM facts
        WHERE trait = %(trait)s AND (value = %(value)s OR fault IS NOT NULL)
            AND %(group)s IN ('', staff_group) AND %(post)s IN ('', post)
        ORDER BY person_id"""
    asked = {"trait": box.trait, "value": box.value, "group": line.group, "post": line.post}
    return [Behind(*row) for row in _asked(query, [organisation], year, asked)]


def _asked(
    query: str, organisations: Collection[int], year: int, more: Mapping[str, str] | None = None
) -> list[tuple[Any, ...]]:
    given: dict[str, Any] = {"organisations": [*organisations], "on": day_of(year), "ages_on": ages_on(year)}
    lines = {
        "codes": [line.code for line in LINES],
        "groups": [line.group for line in LINES],
        "posts": [line.post for line in LINES],
    }
    with connection.cursor() as cursor:
        cursor.execute(query, given | EDGES | lines | dict(more or {}))
        return list(cursor.fetchall())


_LINES = "unnest(%(codes)s::text[], %(groups)s::text[], %(posts)s::text[]) AS l (code, staff_group, post)"


@cache
def _staff() -> str:
    return Path(__file__).with_name("staff.sql").read_text("utf-8")
