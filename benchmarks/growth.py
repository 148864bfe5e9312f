"""How the cost grows: with people, and with indicators."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.country import ON
from benchmarks.data import country_of
from benchmarks.measure import Row, shown
from opora.indicators.dataset.coverage import coverage_of
from opora.indicators.dataset.store import read_dataset
from opora.indicators.definitions import Definitions
from opora.indicators.engine.backends import DuckDB
from opora.indicators.engine.compute import Calculator
from opora.indicators.engine.plan import Asked, Plan
from opora.indicators.periods import Context
from opora.programmes.compute import bound_indicators, municipalities, strangers_of
from opora.programmes.load import load_programme


def growth_rows(quick: bool) -> list[Row]:
    """How the cost grows."""
    sizes = (1_000, 10_000) if quick else (1_000, 10_000, 100_000, 1_000_000)
    programme = load_programme("balakhta")
    asked = [Asked(one.formula) for one in bound_indicators(programme)]
    rows = []
    for people in sizes:
        taken = _seconds(country_of(people, max(people // 500, 1)), asked, programme.all_definitions)
        rows.append(
            Row(
                f"balakhta, 68 indicators, {people:,} educators",
                shown(taken),
                note=f"{taken / people * 1e6:.1f} µs a person",
            )
        )
    return rows + _by_indicators(100_000 if not quick else 10_000)


def _by_indicators(people: int) -> list[Row]:
    """From 10 to 200 indicators over one dataset; the formulas of all five programmes are pooled."""
    pool: dict[Asked, None] = {}
    for key in ("strezhevoy", "balakhta", "olenegorsk", "pervouralsk", "lesosibirsk"):
        programme = load_programme(key)
        pool |= {Asked(one.formula): None for one in bound_indicators(programme)}
    data, rows, before = country_of(people, people // 500), [], 0.0
    for number in (10, 50, 100, 200):
        some = list(pool)[: min(number, len(pool))]
        taken = _seconds(data, some, load_programme("balakhta").all_definitions)
        note = f"{(taken - before) / len(some) * 1000:.0f} ms an indicator more" if before else ""
        rows.append(Row(f"{len(some)} indicators, {people:,} educators", shown(taken), note=note))
        before = taken
    return rows


def _seconds(data: Path, asked: list[Asked], definitions: Definitions) -> float:
    """With the SQL already compiled: what the counting itself costs."""
    dataset, shelf = read_dataset(data), dict[object, Plan]()
    context = Context.on_date(ON, ON.replace(year=2021))
    engine = DuckDB()
    calculator = Calculator(
        engine,
        dataset.sources,
        coverage_of(dataset),
        municipalities(dataset),
        definitions,
        shelf,
        strangers=strangers_of(dataset),
    )
    calculator.plan(asked, context)
    started = time.perf_counter()
    calculator.outcomes(asked, context)
    taken = time.perf_counter() - started
    engine.close()
    return taken
