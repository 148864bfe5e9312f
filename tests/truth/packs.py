"""The groups of formulas on which the engine must agree: our own, and those of every programme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from opora.indicators.definitions import Definition, standard
from opora.programmes.load import available, load_programme
from opora.programmes.model import Counted, Programme
from tests.truth.counts import Indicator
from tests.truth.formulas import BREAKDOWNS, OWN_DEFINITIONS, own_indicators
from tests.truth.world import Definitions


@dataclass(frozen=True)
class Pack:
    """Indicators by code; ``breakdowns``: an indicator and the path by which it is broken down."""

    name: str
    indicators: Mapping[str, Indicator]
    definitions: Definitions
    breakdowns: tuple[tuple[Indicator, str], ...] = field(default=())


NAMES = ("own", *available())


@cache
def pack(name: str) -> Pack:
    return _own() if name == "own" else _of_programme(load_programme(name))


def _formulas(named: Mapping[str, Mapping[str, Definition]]) -> dict[str, dict[str, str]]:
    return {table: {name: given.formula for name, given in these.items()} for table, these in named.items()}


def _own() -> Pack:
    definitions = _formulas(standard())
    for table, named in OWN_DEFINITIONS.items():
        definitions.setdefault(table, {}).update(named)
    return Pack("own", own_indicators(), definitions, BREAKDOWNS)


def _of_programme(programme: Programme) -> Pack:
    indicators, breakdowns = {}, []
    for one in (*programme.indicators, *programme.published):
        if one.reported is None:
            indicators[one.code] = _written(one, programme.exclude)
            breakdowns += [(indicators[one.code], by) for by in one.by]
    return Pack(programme.key, indicators, _formulas(programme.all_definitions), tuple(breakdowns))


def _written(one: Counted, exclude: str | None) -> Indicator:
    names = ("share", "of", "count", "value", "yes_if", "once_per")
    found: dict[str, object] = {name: getattr(one, name) for name in names if getattr(one, name) is not None}
    if one.ratio is not None:
        found["ratio"] = {"of": one.ratio.of, "to": one.ratio.to}
    if exclude is not None and one.exclude is None:
        found["exclude"] = exclude
    return found
