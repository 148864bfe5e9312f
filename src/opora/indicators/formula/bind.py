"""From the text of a formula to the bound tree: names resolved, types checked, all the faults at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from opora.indicators.dataset.tables import TABLES
from opora.indicators.definitions import Definitions
from opora.indicators.formula import bound as b
from opora.indicators.formula.bounds import outgrown
from opora.indicators.formula.counts import Binder
from opora.indicators.formula.faults import FormulaFault, FormulaFaults
from opora.indicators.formula.parse import parse


def bind_condition(text: str, table: str, definitions: Definitions) -> b.Item:
    """A condition on rows of ``table``. Raises ``FormulaFaults``."""
    return _bound(definitions, lambda binder: binder.truth(parse(text), (TABLES[table],)))


def bind_definition(text: str, table: str, definitions: Definitions) -> b.Item:
    """A condition or a value on rows of ``table``. Raises ``FormulaFaults``."""
    return _bound(definitions, lambda binder: binder.item(parse(text), (TABLES[table],)))


def bind_thing(text: str, definitions: Definitions) -> b.Thing:
    """What ``of:`` and ``count:`` name: the counted things. Raises ``FormulaFaults``."""
    return _bound(definitions, lambda binder: binder.thing(parse(text)))


def bind_measure(text: str, definitions: Definitions) -> b.Measure:
    """An expression over aggregates: a number. Raises ``FormulaFaults``."""
    return _bound(definitions, lambda binder: binder.measure(parse(text)))


def bind_test(text: str, definitions: Definitions) -> b.Test:
    """A condition over aggregates: yes or no. Raises ``FormulaFaults``."""
    return _bound(definitions, lambda binder: binder.test(parse(text)))


T = TypeVar("T")


def _bound(definitions: Definitions, act: Callable[[Binder], T]) -> T:
    binder = Binder(definitions)
    result = act(binder)
    if not binder.faults and (wrong := outgrown(result)):
        binder.tell(FormulaFault(wrong))
    if binder.faults:
        raise FormulaFaults(binder.faults)
    return result
