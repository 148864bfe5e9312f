"""Indicators of the five programmes written by hand as SQL over the raw tables: the engine must count the same.

``sql/<code>.sql`` shares nothing with Opora's compiler: no parser, no definitions, no windows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest

from opora.demo.generate import generate
from opora.demo.spec import town as spec_of
from opora.indicators.dataset.store import Dataset, dataset_of_tables, read_dataset
from opora.indicators.engine.backends import open_engine
from opora.indicators.engine.plan import Asked, Plan
from opora.indicators.periods import Context, Period
from opora.indicators.results import Value
from opora.programmes.compute import bound_indicators, calculator_for
from opora.programmes.load import load_programme
from opora.programmes.model import Programme
from tests.truth.counts import Indicator
from tests.truth.packs import pack
from tests.truth.reads import reads_of
from tests.truth.strategies import CONTEXTS, Choices, small_towns
from tests.truth.town import Row, Town, joined

SQL = Path(__file__).parent / "sql"
TWELVE = Path(__file__).parent / "twelve"
PROGRAMMES = {"S": "strezhevoy", "L": "lesosibirsk", "B": "balakhta", "O": "olenegorsk", "P": "pervouralsk"}
CODES = sorted(path.stem for path in SQL.glob("[A-Z]-*.sql"))
NEW_YEARS_EVE, LAST_OF_FEBRUARY = dt.date(2022, 12, 31), dt.date(2023, 2, 28)
CROWD = 40
"""Small towns in one dataset."""
RANDOM = tuple((place, CONTEXTS[place]) for place in (1, 4))
"""29 February, and a day after the period; with the seed of the towns. The other towns are counted at a year's end."""

Counts = Mapping[str, float | None]
"""Of a share n, total, unknown; of a count n, unknown; of another number value, unknown."""


def codes_of(key: str) -> list[str]:
    return [code for code in CODES if PROGRAMMES[code[0]] == key]


# ── by hand ──────────────────────────────────────────────────────────────────────────────────────────────────────


def counted_by_hand(codes: list[str], dataset: Dataset, context: Context) -> dict[str, Counts]:
    with duckdb.connect() as connection:
        for name, source in dataset.sources.items():
            connection.register(name, source if not isinstance(source, Path) else dataset.table(name))
        for name, day in _days(context).items():
            connection.execute(f"CREATE MACRO {name}() AS {_literal(day)}")
        connection.execute((SQL / "prelude.sql").read_text("utf-8"))
        return {code: _row(connection, (SQL / f"{code}.sql").read_text("utf-8")) for code in codes}


def _days(context: Context) -> dict[str, dt.date | None]:
    return {
        "on_date": context.on,
        "day_after": context.on + dt.timedelta(days=1),
        "period_start": context.period.start,
        "period_end": min(context.period.end, context.on + dt.timedelta(days=1)),
        "programme_start": context.programme_start,
    }


def _literal(day: dt.date | None) -> str:
    return "CAST(NULL AS DATE)" if day is None else f"DATE '{day}'"


def _row(connection: duckdb.DuckDBPyConnection, sql: str) -> Counts:
    result = connection.execute(sql)
    names = [column[0] for column in result.description]
    (row,) = result.fetchall()
    return dict(zip(names, row, strict=True))


# ── by the engine ────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def programme(key: str) -> Programme:
    return load_programme(key)


def counted_by_engine(key: str, dataset: Dataset, contexts: list[Context]) -> Iterator[dict[str, Value]]:
    bound = bound_indicators(programme(key), codes_of(key))
    shelf: dict[object, Plan] = {}
    with open_engine("duckdb") as engine:
        calculator = calculator_for(programme(key), dataset, engine, shelf)
        for context in contexts:
            outcomes = calculator.outcomes([Asked(one.formula) for one in bound], context)
            yield {one.indicator.code: found.value for one, found in zip(bound, outcomes, strict=True)}


def agree(key: str, dataset: Dataset, contexts: list[Context]) -> None:
    codes = codes_of(key)
    for context, engine in zip(contexts, counted_by_engine(key, dataset, contexts), strict=True):
        for code, mine in counted_by_hand(codes, dataset, context).items():
            theirs = {name: getattr(engine[code], name) for name in mine}
            assert theirs == {name: _approximately(number) for name, number in mine.items()}, (code, context)


def _approximately(number: float | None) -> Any:
    return None if number is None else pytest.approx(number)


# ── three kinds of towns ─────────────────────────────────────────────────────────────────────────────────────────


def reporting(key: str, *days: dt.date) -> list[Context]:
    starts = programme(key).about.starts
    return [Context.on_date(day, starts) for day in days]


@pytest.mark.parametrize("key", PROGRAMMES.values())
def test_at_least_four_hard_indicators_of_each_programme_are_written_by_hand(key: str) -> None:
    assert len(codes_of(key)) >= 4


@pytest.mark.parametrize("key", PROGRAMMES.values())
def test_the_engine_agrees_with_sql_by_hand_on_the_town_of_twelve(key: str) -> None:
    agree(key, read_dataset(TWELVE), reporting(key, NEW_YEARS_EVE, LAST_OF_FEBRUARY))


@pytest.mark.parametrize("key", PROGRAMMES.values())
def test_the_engine_agrees_with_sql_by_hand_on_a_generated_town(key: str) -> None:
    tables = generate(spec_of(key), people=150, seed=12)
    agree(key, dataset_of_tables(tables), reporting(key, NEW_YEARS_EVE))


@pytest.mark.parametrize("key", PROGRAMMES.values())
def test_the_engine_agrees_with_sql_by_hand_on_random_small_towns(key: str) -> None:
    group = pack(key)
    indicators: list[Indicator] = [group.indicators[code] for code in codes_of(key)]
    reads = reads_of(indicators, group.definitions)
    for seed, context in RANDOM:
        whole = frozenset(reads.things) if seed % 2 else frozenset()
        towns = joined(small_towns(Choices(reads, context), seed, CROWD, whole))
        period = Period(context.period_start, context.months)
        agree(key, Dataset(dict(towns.arrow())), [Context(context.on, period, context.programme_start)])


def test_of_two_jobs_of_one_day_the_one_that_may_be_newer_hides_the_other() -> None:
    """The engine once compared their days only, and took her for an external worker, whom Strezhevoy leaves out."""
    since = dt.date(2011, 9, 1)
    job: Row = {"person": "1", "organisation": "1", "staff_group": "educator", "post": "teacher", "since": since}
    town = Town(
        {
            "territory": [{"id": "1", "title": "Город", "kind": "municipality"}],
            "organisation": [{"id": "1", "municipality": "1", "title": "Школа", "kind": "school", "since": since}],
            "person": [{"id": "1", "municipality": "1"}, {"id": "2", "municipality": "1"}],
            "employment": [{"id": "1", "kind": "external", **job}, {"id": "2", **job}],
            "mentorship": [{"id": "1", "mentor": "1", "mentee": "2", "network": True, "since": since}],
        }
    )
    dataset = Dataset(dict(town.arrow()))
    contexts = reporting("strezhevoy", NEW_YEARS_EVE)
    assert next(counted_by_engine("strezhevoy", dataset, contexts))["S-4.4"].n == 1
    agree("strezhevoy", dataset, contexts)
