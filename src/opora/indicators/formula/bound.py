"""The bound tree: a formula with every name resolved against the declared tables, typed and ready to compile.

Nodes are frozen and hashable: the compiler computes equal nodes once. Each is evaluated on a row of some table; how
the value comes about is told in ``docs/semantics.md``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Literal

from opora.indicators.dataset.schema import Column as Declared
from opora.indicators.formula.tree import Bound, Moment, Operator, Unit


class Type(Enum):
    TRUTH = "условие"
    NUMBER = "число"
    DATE = "дата"
    TEXT = "текст"
    KEY = "ссылка"
    RANGE = "количество"
    """A number over related rows, known only to lie between two bounds."""
    DURATION = "срок"
    BROKEN = "ошибка"
    """Stands where a fault was already reported, so that the check can go on."""


@dataclass(frozen=True, slots=True)
class Plain:
    value: float | str | dt.date
    type: Type


@dataclass(frozen=True, slots=True)
class Span:
    """A duration."""

    amount: int
    unit: Unit
    type: Type = Type.DURATION


InstantName = Literal["on", "period_start", "period_end", "programme_start"]


@dataclass(frozen=True, slots=True)
class Instant:
    """A word of time."""

    name: InstantName
    type: Type = Type.DATE


@dataclass(frozen=True, slots=True)
class Attribute:
    """A column of the row itself."""

    table: str
    column: Declared
    type: Type


@dataclass(frozen=True, slots=True)
class Key:
    """The key of the row itself."""

    table: str
    type: Type = Type.KEY


@dataclass(frozen=True, slots=True)
class Follow:
    """``item`` of the row of ``to`` to which ``ref`` points."""

    table: str
    ref: str
    to: str
    item: Item
    type: Type


@dataclass(frozen=True, slots=True)
class Outer:
    """``item`` of the row that asks, ``levels`` relations out."""

    levels: int
    item: Item
    type: Type


@dataclass(frozen=True, slots=True)
class Defined:
    """A definition's formula under its name."""

    name: str
    words: tuple[str, ...]
    item: Item
    type: Type


@dataclass(frozen=True, slots=True)
class Compare:
    op: Operator
    left: Item
    right: Item
    type: Type = Type.TRUTH


@dataclass(frozen=True, slots=True)
class IsKnown:
    item: Item
    known: bool
    type: Type = Type.TRUTH


@dataclass(frozen=True, slots=True)
class DateIn:
    item: Item
    window: Window
    type: Type = Type.TRUTH


@dataclass(frozen=True, slots=True)
class AllOf:
    items: tuple[Item, ...]
    type: Type = Type.TRUTH


@dataclass(frozen=True, slots=True)
class AnyOf:
    items: tuple[Item, ...]
    type: Type = Type.TRUTH


@dataclass(frozen=True, slots=True)
class Not:
    item: Item
    type: Type = Type.TRUTH


@dataclass(frozen=True, slots=True)
class Calculate:
    op: Literal["+", "-", "*", "/"]
    left: Item
    right: Item
    type: Type


@dataclass(frozen=True, slots=True)
class FullYears:
    start: Item
    end: Item
    type: Type = Type.NUMBER


@dataclass(frozen=True, slots=True)
class Broken:
    type: Type = Type.BROKEN


# ── windows ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same days for every row."""

    kind: Literal["date", "period", "previous", "last", "ever", "none"]
    span: Span | None = None
    """Length of ``last``."""


@dataclass(frozen=True, slots=True)
class From:
    """Begins on a day told by the row that asks, or by the programme; lasts ``span``, or till the date of the count."""

    start: Item
    span: Span | None = None

    @property
    def stated(self) -> bool:
        """The same for every row."""
        return not any(isinstance(node, (Attribute, Follow, Outer, Relational)) for node in walk(self.start))


Window = Fixed | From


# ── relations ────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of ``table`` whose ``theirs`` equals ``own`` of the asking row (``own`` may be its key, ``id``)."""

    table: str
    own: str
    theirs: str
    where: Item | None
    window: Window
    moment: Moment


@dataclass(frozen=True, slots=True)
class Quantity:
    bound: Bound
    value: float
    of: Literal["times", "people", "share"]


@dataclass(frozen=True, slots=True)
class Has:
    rows: Rows
    quantity: Quantity | None
    type: Type = Type.TRUTH


@dataclass(frozen=True, slots=True)
class Every:
    rows: Rows
    demand: Item
    type: Type = Type.TRUTH


@dataclass(frozen=True, slots=True)
class Latest:
    rows: Rows
    item: Item
    type: Type


@dataclass(frozen=True, slots=True)
class Tally:
    """A number over related rows."""

    function: Literal["count", "people", "sum", "mean", "min", "max"]
    rows: Rows
    item: Item | None
    type: Type


Relational = Has | Every | Latest | Tally

Item = (
    Plain
    | Span
    | Instant
    | Attribute
    | Key
    | Follow
    | Outer
    | Defined
    | Compare
    | IsKnown
    | DateIn
    | AllOf
    | AnyOf
    | Not
    | Calculate
    | FullYears
    | Has
    | Every
    | Latest
    | Tally
    | Broken
)


# ── the outer level: what is counted ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Thing:
    """Rows of ``table`` in ``window`` that satisfy ``condition``: the denominator."""

    table: str
    window: Window
    moment: Moment
    condition: Item | None


@dataclass(frozen=True, slots=True)
class ShareOf:
    condition: Item
    thing: Thing
    once_per: str | None = None
    """A REF column of the thing: rows with the same value count once."""


@dataclass(frozen=True, slots=True)
class Statistic:
    function: Literal["count", "people", "sum", "mean", "min", "max"]
    thing: Thing
    item: Item | None


@dataclass(frozen=True, slots=True)
class Constant:
    value: float


@dataclass(frozen=True, slots=True)
class Arithmetic:
    op: Literal["+", "-", "*", "/"]
    left: Measure
    right: Measure


Measure = ShareOf | Statistic | Constant | Arithmetic
"""A number over counted things."""


@dataclass(frozen=True, slots=True)
class MeasureCompare:
    op: Operator
    left: Measure
    right: Measure


@dataclass(frozen=True, slots=True)
class Combined:
    how: Literal["and", "or", "not"]
    items: tuple[Test, ...]


Test = MeasureCompare | Combined
"""A condition over numbers: yes, no or unknown."""

Formula = Measure | Test


_NAMES: dict[type, tuple[str, ...]] = {Declared: ()}


def _names(node: object) -> tuple[str, ...]:
    """The fields of a node; none of what is no node, a declared column among them."""
    kind = type(node)
    if kind not in _NAMES:
        _NAMES[kind] = tuple(one.name for one in fields(kind)) if is_dataclass(kind) else ()
    return _NAMES[kind]


def parts(node: object) -> Iterator[object]:
    """The nodes right below a node."""
    for name in _names(node):
        value = getattr(node, name)
        if isinstance(value, tuple):
            yield from (item for item in value if _names(item))
        elif _names(value):
            yield value


def walk(node: object) -> Iterator[object]:
    """The node and all below it."""
    ahead = [node]
    while ahead:
        one = ahead.pop()
        yield one
        ahead += reversed([*parts(one)])
