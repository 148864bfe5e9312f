"""Two towns of one region, written by hand: alike in everything, so that what leaks would be seen."""

from __future__ import annotations

import datetime as dt
from typing import Any

from opora.indicators.dataset.store import Dataset
from opora.people.models import Territory
from opora.registry.scope import Actor
from opora.snapshot.load import load
from tests.registry.facts import Rows, dataset, territories

ALICE = Actor("alice", "192.0.2.1")
BOB = Actor("bob", "192.0.2.2")
SCHOOL_YEAR = dt.date(2021, 9, 1)


def rows(town: str) -> Rows:
    """A school, Иванова with her job there, and a course."""
    above = [row for row in territories() if row["kind"] != "municipality"]
    place = {"id": town, "title": town.title(), "kind": "municipality", "parent": "регион"}
    return {
        "territory": [*above, place],
        "organisation": [{"id": "школа", "municipality": town, "title": f"Школа ({town})", "kind": "school"}],
        "person": [{"id": "иванова", "municipality": town, "last_name": "Иванова", "born": dt.date(1980, 5, 1)}],
        "employment": [job("работа")],
        "training_programme": [{"id": "пк", "title": f"Курс ({town})", "kind": "pk"}],
        "training": [
            {
                "id": "обучение",
                "person": "иванова",
                "programme": "пк",
                "completed": dt.date(2022, 5, 20),
                "document_number": "123",
            }
        ],
    }


def job(key: str, **changed: Any) -> dict[str, Any]:
    usual = {
        "id": key,
        "person": "иванова",
        "organisation": "школа",
        "staff_group": "educator",
        "post": "teacher",
        "kind": "main",
        "rate": 1.0,
        "since": SCHOOL_YEAR,
    }
    return usual | changed


def of(town: str, **changed: list[dict[str, Any]]) -> Dataset:
    return dataset(rows(town) | changed)


def both_towns() -> None:
    load(of("город"), "город", ALICE)
    load(of("село"), "село", BOB)


def municipality(key: str) -> int:
    return Territory.objects.get(key=key).pk
