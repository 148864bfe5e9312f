"""A small town of three schools, whole in every list, and questions to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from opora.indicators.dataset.coverage import coverage_of
from opora.indicators.dataset.store import Dataset
from opora.indicators.dataset.tables import STORED
from opora.indicators.definitions import Definitions, standard
from opora.indicators.engine.backends import DuckDB, Engine
from opora.indicators.engine.compute import Calculator, Outcome
from opora.indicators.engine.opening import Opener
from opora.indicators.engine.plan import Asked, Plan
from opora.indicators.formula import bound as b
from opora.indicators.formula.indicator import IndicatorText, bind_indicator
from opora.indicators.periods import Context
from opora.indicators.results import OpenedRow, Value
from opora.programmes.compute import municipalities
from tests.truth.town import Cell, Row, Town

ON = dt.date(2022, 12, 31)
CONTEXT = Context.on_date(ON, dt.date(2021, 1, 1))

Rows = Sequence[Mapping[str, Cell]]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def small_town(*, complete: bool = True, **tables: Rows) -> Town:
    """Two municipalities, schools A and B in the first and a kindergarten C in the second; rows get keys and places."""
    territories: list[Row] = [{"id": key, "title": key, "kind": "municipality"} for key in ("north", "south")]
    places = {"A": ("north", "school"), "B": ("north", "school"), "C": ("south", "preschool")}
    organisations: list[Row] = [
        {"id": key, "title": f"ОО {key}", "municipality": where, "kind": kind, "since": day("2000-01-01")}
        for key, (where, kind) in places.items()
    ]
    coverage: list[Row] = [
        {"id": f"{table}-{row['id']}", "municipality": row["id"], "table": table, "status": "complete"}
        for table in STORED
        for row in territories
        if complete
    ]
    given = {
        name: [_filled(name, number, row) for number, row in enumerate(rows, start=1)] for name, rows in tables.items()
    }
    return Town({"territory": territories, "organisation": organisations, "coverage": coverage, **given})


def _filled(table: str, number: int, row: Mapping[str, Cell]) -> Row:
    placed = {"municipality": "north"} if STORED[table].column("municipality") else {}
    return {"id": f"{table}{number}", **placed, **row}


def job(person: str, organisation: str = "A", staff_group: str = "educator", **more: Cell) -> dict[str, Cell]:
    """A main job as a teacher since long ago, where nothing else is said."""
    row: dict[str, Cell] = {"person": person, "organisation": organisation, "staff_group": staff_group}
    post = {"educator": "teacher", "manager": "head", "support": "other"}[staff_group]
    return {**row, "post": post, "kind": "main", "since": day("2015-09-01"), **more}


Texts = Mapping[str, Any]
"""What a programme writes of an indicator, by field."""


def formula(texts: Texts, definitions: Definitions | None = None) -> b.Formula:
    return bind_indicator(IndicatorText(**texts), definitions or standard())


def calculator(
    town: Town,
    *,
    engine: Engine | None = None,
    shelf: dict[object, Plan] | None = None,
    definitions: Definitions | None = None,
) -> Calculator:
    dataset = Dataset(dict(town.arrow()))
    return Calculator(
        engine or DuckDB(threads=1),
        dataset.sources,
        coverage_of(dataset),
        municipalities(dataset),
        definitions or standard(),
        shelf,
    )


def outcome(town: Town, texts: Texts, *by: str, context: Context = CONTEXT) -> Outcome:
    (found,) = calculator(town).outcomes([Asked(formula(texts), by)], context)
    return found


def fractions(groups: Mapping[Any, Value]) -> dict[Any, tuple[float | None, float | None, float]]:
    """Of each group n, N and the number of the unknown; groups in which nobody is are left out."""
    found = {key: (value.n, value.total, value.unknown) for key, value in groups.items()}
    return {key: numbers for key, numbers in found.items() if any(numbers)}


def opened(town: Town, texts: Texts, *, key: str | None = None, context: Context = CONTEXT) -> list[OpenedRow]:
    share = formula(texts)
    assert isinstance(share, b.ShareOf)
    return Opener(calculator(town), context).rows(share, key=key)
