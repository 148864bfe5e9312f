"""Which numbers of a programme move when a plan is carried out."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from dataclasses import dataclass

from opora.indicators.dataset.store import Dataset
from opora.indicators.engine.backends import DuckDB
from opora.indicators.results import IndicatorResult
from opora.intake.matching.overlay import carried_out
from opora.intake.plan import Fate, Plan
from opora.programmes.compute import Wish, compute_programme
from opora.programmes.model import Programme
from opora.programmes.reads import tables_read


@dataclass(frozen=True, slots=True)
class Moved:
    was: IndicatorResult
    becomes: IndicatorResult


def moved_numbers(
    plan: Plan, dataset: Dataset, municipality: str, programme: Programme, on: dt.date
) -> tuple[Moved, ...]:
    """In the programme's order. ``dataset``: the snapshot against which the plan was made; both are counted from it, so
    that what others enter meanwhile moves nothing here."""
    touched = {planned.line.table for planned in plan.lines if planned.fate in (Fate.NEW, Fate.CHANGED)}
    read = tables_read(programme, Wish(by=(), lists=()))
    codes = frozenset(code for code, tables in read.items() if touched & tables)
    if not codes:
        return ()
    wish = Wish(by=(), lists=(), history=False, codes=codes)
    was = _counted(programme, dataset, on, wish)
    becomes = _counted(programme, carried_out(plan, dataset, municipality), on, wish)
    return tuple(
        Moved(before, after) for before, after in zip(was, becomes, strict=True) if before.value != after.value
    )


def _counted(programme: Programme, dataset: Dataset, on: dt.date, wish: Wish) -> tuple[IndicatorResult, ...]:
    with closing(DuckDB()) as engine:
        return compute_programme(programme, dataset, engine, on, wish=wish).indicators
