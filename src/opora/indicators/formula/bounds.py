"""How much a formula may be: nothing that is bound can outgrow those who walk it, count it or say it in words."""

from __future__ import annotations

from opora.indicators.formula import bound as b
from opora.indicators.formula import tree as t

MOST_PARTS = 2_000
"""Nodes of a bound formula, definitions opened. The largest that anybody has written has a hundred."""

MOST_LEVELS = 80
"""The deepest has fourteen."""

MOST_YEARS = 100
"""Of a duration, and of all that is added to a date."""

TOO_BIG = (
    f"Вместе с определениями, на которые ссылается, формула разрастается больше чем до {MOST_PARTS} частей; "
    "упростите её или определения"
)
TOO_NESTED = (
    "Вместе с определениями, на которые ссылается, формула вложена слишком глубоко; упростите её или определения"
)
TOO_LONG = f"Срок больше {MOST_YEARS} лет"
TOO_FAR = f"Дата сдвинута больше чем на {MOST_YEARS} лет"

_IN_A_YEAR = {"year": 1, "month": 12, "day": 365}


def parts_in(node: object) -> int:
    """Nodes of the node; when there are more than enough, no longer counted."""
    found = 0
    for _ in b.walk(node):
        found += 1
        if found > MOST_PARTS:
            break
    return found


def outgrown(node: object) -> str | None:
    """What is told of a formula or a definition that is too big."""
    if parts_in(node) > MOST_PARTS:
        return TOO_BIG
    layer = [node]
    for _ in range(MOST_LEVELS):
        layer = [inner for one in layer for inner in b.parts(one)]
    return TOO_NESTED if layer else None


def years_of(span: t.Duration | b.Span) -> float:
    return span.amount / _IN_A_YEAR[span.unit]


def shift_of(item: b.Item) -> float:
    """Years by which a date is moved, forth and back alike."""
    moved = 0.0
    while True:
        match item:
            case b.Follow(item=inner) | b.Outer(item=inner) | b.Defined(item=inner) | b.Latest(item=inner):
                item = inner
            case b.Calculate(left=left, right=b.Span() as span):
                item, moved = left, moved + years_of(span)
            case b.Tally(item=inner) if inner is not None:
                item = inner
            case _:
                return moved
