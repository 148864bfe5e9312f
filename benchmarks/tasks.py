"""Work that is measured in a process of its own: ``python -m benchmarks.tasks NAME '{"argument": …}'``."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

STARTED = time.perf_counter()
AGAIN = 5
"""Calls after the first."""


def programme(data: str, on: str) -> dict[str, Any]:
    """A programme with all its breakdowns: the first call of a process, and the same question about the same facts
    (the median of some calls)."""
    import datetime as dt
    from statistics import median

    from opora.indicators.dataset.store import read_dataset
    from opora.indicators.engine.backends import DuckDB
    from opora.indicators.engine.plan import Asked, Plan
    from opora.programmes.compute import bound_indicators, calculator_for, context_of
    from opora.programmes.load import load_programme

    imported = time.perf_counter()
    dataset = read_dataset(Path(data))
    loaded = load_programme("strezhevoy")
    bound = bound_indicators(loaded)
    read = time.perf_counter()
    context = context_of(loaded, dt.date.fromisoformat(on))
    asked = [Asked(one.formula, tuple({*one.indicator.by, "organisation", "subject"})) for one in bound]
    shelf: dict[object, Plan] = {}
    found = {"import": imported - STARTED, "read": read - imported, "indicators": len(asked)}
    calls = []
    for _ in range(1 + AGAIN):
        started = time.perf_counter()
        calculator = calculator_for(loaded, dataset, DuckDB(), shelf)
        calculator.plan(asked, context)
        planned = time.perf_counter()
        calculator.outcomes(asked, context)
        calls.append((time.perf_counter() - started, planned - started))
    (first, first_plan), *others = calls
    return found | {"first": first, "first_plan": first_plan, "again": median(taken for taken, _ in others)}


def country(data: str, on: str, keys: list[str], codes: list[str] | None) -> dict[str, Any]:
    """Programmes by municipality over a country; ``codes``: only these indicators, counted together."""
    import datetime as dt

    from benchmarks.country import counts_by_municipality

    return counts_by_municipality(Path(data), dt.date.fromisoformat(on), keys, codes)


def hand(data: str) -> dict[str, Any]:
    """The twenty indicators by SQL written by hand."""
    from benchmarks.country import by_hand

    return by_hand(Path(data))


def engine(name: str, data: str, on: str) -> dict[str, Any]:
    import datetime as dt

    from opora.indicators.dataset.store import read_dataset
    from opora.indicators.engine.backends import open_engine
    from opora.programmes.compute import Wish, compute_programme
    from opora.programmes.load import load_programme

    dataset, loaded = read_dataset(Path(data)), load_programme("strezhevoy")
    with open_engine(name) as one:
        started = time.perf_counter()
        wish = Wish(history=False, lists=(), by=())
        result = compute_programme(loaded, dataset, one, dt.date.fromisoformat(on), wish=wish)
        taken = time.perf_counter() - started
    return {"taken": taken, "n": sum(one.value.n or 0 for one in result.indicators)}


def registry(data: str) -> dict[str, Any]:
    """Loading into a fresh registry, again, a snapshot, a programme from it."""
    from benchmarks.registry import measured

    return measured(Path(data))


def pages(data: str, quick: bool) -> dict[str, Any]:
    """Pages of a town over HTTP."""
    from benchmarks.pages import measured

    return measured(Path(data), quick)


def reading(path: str) -> dict[str, Any]:
    """A workbook of staff into facts."""
    from opora.intake.sheets.read import read_sheets

    started = time.perf_counter()
    found = read_sheets(Path(path))
    taken = time.perf_counter() - started
    return {"taken": taken, "lines": len(found.lines), "misread": len(found.misread)}


def intake_home(data: str) -> dict[str, Any]:
    """An installation for the next."""
    from benchmarks.intake_batch import prepared

    return prepared(Path(data))


def intake_batch(path: str, beside: bool) -> dict[str, Any]:
    """A workbook through the registry."""
    from benchmarks.intake_batch import measured

    return measured(Path(path), beside)


def main() -> None:
    task, arguments = sys.argv[1], json.loads(sys.argv[2])
    found = globals()[task](**arguments)
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(found))


if __name__ == "__main__":
    main()
