"""Of which tables a programme's values are made: while these are as they were, so are the values."""

from __future__ import annotations

from collections.abc import Iterator

from opora.indicators.dataset.tables import STORED
from opora.indicators.engine.compute import Calculator
from opora.indicators.engine.plan import Asked
from opora.indicators.periods import Context
from opora.indicators.results import ProgrammeResult
from opora.programmes.compute import BoundIndicator, Wish, bound_indicators, wanted_breakdowns
from opora.programmes.groups import what_is_grouped
from opora.programmes.model import Programme

_ALWAYS = frozenset({"coverage", "employment", "organisation", "person", "territory"})
"""What a missing row means, whose a row is, and who is of the place at all."""


def tables_read(
    programme: Programme, calculator: Calculator, context: Context, wish: Wish, result: ProgrammeResult
) -> frozenset[str]:
    """Stored tables. ``calculator``: the one that has counted, or one with the same shelf, where the plan lies."""
    if result.warnings:  # that all the facts are of other years, or of another place
        return frozenset(STORED)
    bound = bound_indicators(programme, wish.codes)
    asked = [Asked(one.formula, wanted_breakdowns(one, wish)) for one in bound]
    return _ALWAYS | calculator.plan(asked, context).tables | frozenset(_titles(programme, bound, asked))


def _titles(programme: Programme, bound: list[BoundIndicator], asked: list[Asked]) -> Iterator[str]:
    """Where the groups of breakdowns have their names from."""
    for one, ask in zip(bound, asked, strict=True):
        for by in ask.by:
            what = what_is_grouped(one.formula, by, programme.all_definitions)
            if what is not None and (what.column is None or what.column.to):
                yield what.column.to if what.column else what.table
