"""By what a number can be broken down (docs/semantics.md, section 9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from opora.indicators.dataset.tables import TABLES
from opora.indicators.definitions import Definitions
from opora.indicators.engine.municipality import municipality_of
from opora.indicators.formula import bound as b
from opora.indicators.formula.bind import bind_definition
from opora.indicators.formula.faults import FormulaFaults

Counted = b.ShareOf | b.Statistic

BY_JOB = {
    "organisation": "organisation",
    "municipality": "organisation.municipality",
    "organisation_kind": "organisation.kind",
    "post": "post",
    "staff_group": "staff_group",
}
"""Breakdowns of people by what they may have several of, their jobs: name → path on a job."""


@dataclass(frozen=True, slots=True)
class Direct:
    """A breakdown by something that each counted thing has one of."""

    by: str
    item: b.Item


@dataclass(frozen=True, slots=True)
class Many:
    """A breakdown of people by something that a person may have several of: places of work, subjects taught."""

    by: str
    table: Literal["employment", "teaching"]
    item: b.Item


@dataclass(frozen=True, slots=True)
class Related:
    """A breakdown by an attribute of the related rows that the formula itself asks for."""

    by: str
    rows: b.Rows
    item: b.Item


Dimension = Direct | Many | Related


def dimension_of(measure: Counted, by: str, definitions: Definitions) -> Dimension | None:
    """How a count is broken down ``by``; None where it cannot be."""
    table = measure.thing.table
    if table == "person" and by in BY_JOB:
        return Many(by, "employment", bind_definition(BY_JOB[by], "employment", definitions))
    if table == "person" and by == "subject":
        return Many(by, "teaching", bind_definition("subject", "teaching", definitions))
    if by == "municipality":
        item = municipality_of(TABLES[table])
        return Direct(by, item) if item is not None else None
    try:
        return _related(measure, by, definitions) or Direct(by, bind_definition(by, table, definitions))
    except FormulaFaults:
        return None


def _related(measure: Counted, by: str, definitions: Definitions) -> Related | None:
    table, _, path = by.partition(".")
    if table not in TABLES or not path:
        return None
    for node in b.walk(measure):
        if isinstance(node, b.Has) and node.rows.table == table and node.rows.own == "id" and _stands_alone(node.rows):
            return Related(by, node.rows, bind_definition(path, table, definitions))
    return None


def _stands_alone(rows: b.Rows) -> bool:
    """Whether the rows are the same whoever asks: nothing in them speaks of the row outside."""
    row_dependent = isinstance(rows.window, b.From) and not isinstance(rows.window.start, (b.Instant, b.Plain))
    return not row_dependent and not any(isinstance(node, b.Outer) for node in b.walk(rows))


def measures_of(formula: object) -> Iterator[Counted]:
    """The counts that a formula is made of."""
    if isinstance(formula, (b.ShareOf, b.Statistic)):
        yield formula
        return
    for part in b.parts(formula):
        yield from measures_of(part)


def can_be_broken_down(formula: b.Formula, by: str, definitions: Definitions) -> bool:
    """Whether any of the formula's counts can be broken down so."""
    return any(dimension_of(measure, by, definitions) is not None for measure in measures_of(formula))
