"""By what a number can be broken down (docs/semantics.md, section 9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from opora.indicators.dataset.schema import Kind
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
    in_share: bool
    """It is the condition of a share that asks for them: the group then tells what a thing has, and everybody stays in
    the denominator. Otherwise only the things that have such a row are in the group."""


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
    own = TABLES[measure.thing.table].column(table) or definitions.get(measure.thing.table, {}).get(table)
    if own is not None or table not in TABLES or not path:
        return None
    places = [(measure.condition, True)] if isinstance(measure, b.ShareOf) else []
    for condition, in_share in (*places, (measure.thing.condition, False)):
        for rows in _asked_of_the_thing(condition):
            if rows.table == table and rows.own == "id" and _stands_alone(rows):
                if isinstance(measure, b.ShareOf) and measure.once_per:  # its things are not those that have the rows
                    return None
                return Related(by, rows, bind_definition(path, table, definitions), in_share)
    return None


def _asked_of_the_thing(item: b.Item | None) -> Iterator[b.Rows]:
    """The relations of a condition, in order; not those inside other relations."""
    match item:
        case b.Has(rows):
            yield rows
        case b.AllOf(items) | b.AnyOf(items):
            for one in items:
                yield from _asked_of_the_thing(one)
        case b.Not(inner) | b.Defined(_, _, inner):
            yield from _asked_of_the_thing(inner)


def _stands_alone(rows: b.Rows) -> bool:
    """Whether the rows are the same whoever asks: nothing in them speaks of the row outside."""
    row_dependent = isinstance(rows.window, b.From) and not rows.window.stated
    return not row_dependent and not any(isinstance(node, b.Outer) for node in b.walk(rows))


def measures_of(formula: object) -> Iterator[Counted]:
    """The counts that a formula is made of."""
    if isinstance(formula, (b.ShareOf, b.Statistic)):
        yield formula
        return
    for part in b.parts(formula):
        yield from measures_of(part)


def can_be_broken_down(formula: b.Formula, by: str, definitions: Definitions) -> bool:
    """Whether all of the formula's counts can be broken down so, and by the same thing."""
    return bool(dimensions_of(formula, by, definitions))


def dimensions_of(formula: b.Formula, by: str, definitions: Definitions) -> dict[Counted, Dimension]:
    """By each count of the formula; nothing where any of them cannot be broken down so, or means another thing by it:
    a quotient of the documents of a kind and the organisations of a kind would be nonsense."""
    found = {measure: dimension_of(measure, by, definitions) for measure in measures_of(formula)}
    known = {measure: dimension for measure, dimension in found.items() if dimension is not None}
    alike = len({meaning(dimension.item) for dimension in known.values()}) == 1
    return known if alike and len(known) == len(found) else {}


def meaning(item: b.Item) -> object:
    """What the groups are: the table to which they point, their choices, or the title of their column."""
    match item:
        case b.Follow(item=inner) | b.Outer(item=inner) | b.Defined(item=inner) | b.Latest(item=inner):
            return meaning(inner)
        case b.Key(table):
            return table
        case b.Attribute(table, column):
            return column.to or column.choices or (table if column.kind is Kind.KEY else column.title)
    return item
