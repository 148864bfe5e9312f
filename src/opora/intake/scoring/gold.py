"""``PAGE.gold.csv``: what a careful reader finds on a page, one row for each person."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SUFFIX = ".gold.csv"
_NEEDED = ("fio", "positions", "category", "subjects", "education_level", "trainings", "retraining_items")
_NO_CATEGORY = "none"


class BadGold(Exception):
    """The file of answers itself cannot be read; the message is for the user."""


@dataclass(frozen=True, slots=True)
class GoldCourse:
    title: str
    year: int | None
    hours: int | None
    retraining: bool
    since: str = ""
    until: str = ""
    provider: str = ""


@dataclass(frozen=True, slots=True)
class GoldPerson:
    name: str
    posts: tuple[str, ...]
    subjects: tuple[str, ...]
    category: str
    category_year: int | None
    education: str
    experience: tuple[int, int] | None
    """Years and months."""
    pedagogical_experience: tuple[int, int] | None
    degree: str | None
    """None where the file does not ask for it."""
    courses: tuple[GoldCourse, ...]


def read_gold(path: Path) -> list[GoldPerson]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadGold(f"{path.name}: это не CSV в кодировке UTF-8") from error
    missing = [column for column in _NEEDED if rows and column not in rows[0]]
    if missing:
        raise BadGold(f"{path.name}: нет столбцов {', '.join(missing)}")
    return [_person(path, number, row) for number, row in enumerate(rows, 2)]


def _person(path: Path, line: int, row: Mapping[str, str]) -> GoldPerson:
    try:
        courses = [
            *(_course(item, retraining=False) for item in json.loads(row["trainings"] or "[]")),
            *(_course(item, retraining=True) for item in json.loads(row["retraining_items"] or "[]")),
        ]
        category = row["category"].strip()
        return GoldPerson(
            name=row["fio"],
            posts=_listed(row["positions"]),
            subjects=_listed(row["subjects"]),
            category="" if category == _NO_CATEGORY else category,
            category_year=_number(row.get("category_year")),
            education=row["education_level"].strip(),
            experience=_span(row.get("total_experience"), row.get("total_months")),
            pedagogical_experience=_span(row.get("ped_experience"), row.get("ped_months")),
            degree=row["degree"].strip() if "degree" in row else None,
            courses=tuple(courses),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise BadGold(f"{path.name}, строка {line}: {error}") from error


def _course(item: Mapping[str, Any], *, retraining: bool) -> GoldCourse:
    return GoldCourse(
        item["title"],
        item["year"],
        item["hours"],
        retraining,
        item.get("since", ""),
        item.get("until", ""),
        item.get("provider", ""),
    )


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _number(cell: str | None) -> int | None:
    return int(cell) if cell and cell.strip() else None


def _span(years: str | None, months: str | None) -> tuple[int, int] | None:
    whole, beyond = _number(years), _number(months)
    return None if whole is None else (whole, beyond or 0)
