"""A country by municipality: five programmes in one memory, and twenty indicators beside SQL written by hand."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb

from opora.indicators.dataset.coverage import coverage_of
from opora.indicators.dataset.store import Dataset, read_dataset
from opora.indicators.definitions import Definitions, standard
from opora.indicators.engine.backends import DuckDB
from opora.indicators.engine.compute import Calculator, Outcome
from opora.indicators.engine.plan import Asked
from opora.indicators.formula.indicator import IndicatorText, bind_indicator
from opora.indicators.periods import Context
from opora.programmes.compute import bound_indicators, municipalities, strangers_of
from opora.programmes.load import load_programme

ON = dt.date(2022, 12, 31)
HAND = Path(__file__).with_name("hand.sql")

YOUNG = "educator and age < 35"
TWENTY: dict[str, tuple[str, str]] = {
    "S-1.4": ("has training where (upgrade) within 3 years", "educator"),
    "S-1.2": ("has training where (in_federal_register) since 2021-01-01", "educator"),
    "L-1.9": ("has training where (programme.provider_kind = professional_centre) in period", "educator"),
    "L-1.10": ("has training where (programme.federal_priority) in period", "educator"),
    "S-1.6a": ("has training in period", YOUNG),
    "B-3.5": ("has diagnostic_result in period", "educator"),
    "O-1.1a": ("has diagnostic_result where (measures = subject) in period", "educator"),
    "O-1.1b": ("has diagnostic_result where (measures = methodical) in period", "educator"),
    "S-2.1a": ("has membership where (association.level = municipal)", "educator"),
    "S-2.1b": ("has membership where (association.online)", "educator"),
    "S-2.2": ("has membership where (association.level = regional)", "educator"),
    "L-1.6": ("has membership where (association.network)", "educator"),
    "P-4.6": ("has contest_entry in period", "educator"),
    "P-4.4": ("has contest_entry where (result in (winner, prize)) in period", "educator"),
    "S-3.5": ("has attestation where (category in (first, highest))", "educator"),
    "B-3.10": ("has mentorship as mentor or has mentorship as mentee", "educator"),
    "B-2.3": ("has mentorship as mentee", YOUNG),
    "O-D3.1": ("has route", "educator"),
    "B-3.8": ("has support where (kind = personal) in period", "educator"),
    "S-3.1a": ("has presentation in period", "educator"),
}
"""After the indicators of these codes, without what the programmes leave out of their counts."""


def counts_by_municipality(data: Path, on: dt.date, keys: list[str], codes: list[str] | None) -> dict[str, Any]:
    """Seconds of each programme, or of the twenty; of the twenty their counts too."""
    dataset = read_dataset(data)
    if codes is not None:
        asked = [Asked(_share(*TWENTY[code]), ("municipality",)) for code in codes]
        taken, outcomes = _timed(dataset, asked, Context.on_date(on), standard())
        return {"taken": taken, "counts": {code: _counts(one) for code, one in zip(codes, outcomes, strict=True)}}
    found: dict[str, Any] = {}
    for key in keys:
        programme = load_programme(key)
        asked = [Asked(one.formula, ("municipality",)) for one in bound_indicators(programme)]
        context = Context.on_date(on, programme.about.starts)
        found[key] = _timed(dataset, asked, context, programme.all_definitions)[0]
    return {"taken": sum(found.values()), "programmes": found}


def _share(condition: str, of: str) -> Any:
    return bind_indicator(IndicatorText(share=condition, of=of), standard())


def _timed(
    dataset: Dataset, asked: list[Asked], context: Context, definitions: Definitions
) -> tuple[float, list[Outcome]]:
    started = time.perf_counter()
    engine = DuckDB()
    calculator = Calculator(
        engine,
        dataset.sources,
        coverage_of(dataset),
        municipalities(dataset),
        definitions,
        strangers=strangers_of(dataset),
    )
    outcomes = calculator.outcomes(asked, context)
    engine.close()
    return time.perf_counter() - started, outcomes


def _counts(outcome: Outcome) -> list[float]:
    """n, N and unknown, each added up over the municipalities."""
    values = outcome.groups["municipality"].values()
    return [
        sum(one.n or 0 for one in values),
        sum(one.total or 0 for one in values),
        sum(one.unknown for one in values),
    ]


def by_hand(data: Path) -> dict[str, Any]:
    """The same by ``hand.sql``: seconds and counts."""
    connection = duckdb.connect()
    for path in data.glob("*.parquet"):
        connection.execute(f"CREATE VIEW {path.stem} AS SELECT * FROM read_parquet('{path}')")
    started = time.perf_counter()
    rows = connection.execute(HAND.read_text(encoding="utf-8")).fetch_arrow_table().to_pylist()
    taken = time.perf_counter() - started
    return {"taken": taken, "counts": {code: list(_added(rows, number)) for number, code in enumerate(TWENTY)}}


def _added(rows: list[Mapping[str, Any]], number: int) -> Iterator[float]:
    for part in ("n", "all", "unknown"):
        yield float(sum(row[f"{part}{number}"] for row in rows))
