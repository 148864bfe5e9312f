"""Of which tables an indicator's values are made: while these are as they were, so are the values."""

from __future__ import annotations

from collections.abc import Iterator

from opora.indicators.dataset.tables import TABLES
from opora.indicators.engine.dimensions import Dimension, Many, Related, dimensions_of
from opora.indicators.engine.municipality import municipality_of
from opora.indicators.engine.sources import DERIVED_FROM
from opora.indicators.formula import bound as b
from opora.programmes.compute import BoundIndicator, Wish, bound_indicators, wanted_breakdowns
from opora.programmes.groups import what_is_grouped
from opora.programmes.model import Programme

_ALWAYS = frozenset({"coverage", "organisation", "territory"})
"""What a missing row means, and whose a row is."""
_WITH_PEOPLE = frozenset({"employment", "person"})
"""Who works here is one of the place, wherever she was entered."""


def tables_read(programme: Programme, wish: Wish) -> dict[str, frozenset[str]]:
    """Stored tables, by the code of the indicator; no fewer than its values can depend on, whatever the facts are.

    Whether the data are about this programme at all (``ProgrammeResult.warnings``) may follow from any table.
    """
    return {one.indicator.code: _tables(programme, one, wish) for one in bound_indicators(programme, wish.codes)}


def _tables(programme: Programme, one: BoundIndicator, wish: Wish) -> frozenset[str]:
    found = set(_named(one.formula))
    for by in wanted_breakdowns(one, wish):
        for dimension in dimensions_of(one.formula, by, programme.all_definitions).values():
            found |= {*_named(dimension.item), *_paired(dimension)}
        what = what_is_grouped(one.formula, by, programme.all_definitions)
        if what is not None and (what.column is None or what.column.to):
            found.add(what.column.to if what.column else what.table)  # whose titles name the groups
    found |= {table for name in list(found) for table in _named(municipality_of(TABLES[name]))}
    stored = {table for name in found for table in DERIVED_FROM.get(name, (name,))}
    return _ALWAYS | stored | (_WITH_PEOPLE if stored & _WITH_PEOPLE else frozenset())


def _named(item: object) -> Iterator[str]:
    for node in b.walk(item):
        match node:
            case b.Thing() | b.Rows() | b.Attribute() | b.Key():
                yield node.table
            case b.Follow():
                yield from (node.table, node.to)


def _paired(dimension: Dimension) -> Iterator[str]:
    if isinstance(dimension, Many):
        yield dimension.table
    elif isinstance(dimension, Related):
        yield from _named(dimension.rows)
