"""Indicators of which one could be subtracted from another: only one of them stands in a table for outsiders.

«Учителя с категорией» and «учителя до 35 лет с категорией»; «высокий уровень» and «средний уровень»; «есть наставник»
and «нет наставника»: two totals that may be one person apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from opora.indicators.formula import bound as b
from opora.indicators.formula.normal import normal

_OPERATOR = re.compile(r"Compare\('[^']*', ")

Traits = frozenset[str]
"""What is asked of those who are in the numerator, the denominator's conditions among it; values are left out."""


def traits_of(share: b.ShareOf) -> Traits:
    conditions = [share.condition, *([share.thing.condition] if share.thing.condition else [])]
    asked = {_without_values(part) for condition in conditions for part in _conjuncts(condition)}
    return frozenset({share.thing.table, *asked})


def are_kin(one: Traits, other: Traits) -> bool:
    """The people of one numerator may be a part of the other's, or of what is left of it."""
    return one <= other or other <= one


def _conjuncts(item: b.Item) -> Iterator[b.Item]:
    match item:
        case b.Defined(item=inner) | b.Not(item=inner):
            yield from _conjuncts(inner)
        case b.AllOf(items):
            for part in items:
                yield from _conjuncts(part)
        case _:
            yield item


def _without_values(item: b.Item) -> str:
    text = _OPERATOR.sub("Compare(", normal(item))
    for node in b.walk(item):
        if isinstance(node, (b.Plain, b.Span)):
            text = text.replace(normal(node), "…")
    return text
