"""The tree of a formula as it is written: names are not yet resolved.

Nodes are frozen and compare by meaning: two formulas that differ in spaces, comments or brackets are equal.
``at`` is the place in the text, for messages; it takes no part in comparison.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

Operator = Literal["<", "<=", "=", "!=", ">=", ">"]
Unit = Literal["year", "month", "day"]
Bound = Literal["at least", "at most", "exactly"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node begins and ends in the text of its formula: characters from 0, line and column from 1."""

    start: int
    end: int
    line: int
    column: int


NOWHERE = Place(0, 0, 1, 1)


@dataclass(frozen=True, slots=True)
class Node:
    at: Place = field(default=NOWHERE, kw_only=True, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Number(Node):
    value: float


@dataclass(frozen=True, slots=True)
class Percent(Node):
    """``value`` is a fraction: 30 % is 0.3."""

    value: float


@dataclass(frozen=True, slots=True)
class Duration(Node):
    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Date(Node):
    value: dt.date


@dataclass(frozen=True, slots=True)
class String(Node):
    value: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    """``a.b.c``: an attribute, a named condition, the code of a choice, or a word of time (``on``, ``period_start``,
    ``period_end``, ``programme_start``)."""

    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compare(Node):
    op: Operator
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Between(Node):
    """Both ends included."""

    value: Expr
    low: Expr
    high: Expr


@dataclass(frozen=True, slots=True)
class OneOf(Node):
    value: Expr
    options: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Known(Node):
    value: Expr
    known: bool


@dataclass(frozen=True, slots=True)
class InWindow(Node):
    """A date lies in a window; or, as the first part of ``of:``, a counted table is taken in a window."""

    value: Expr
    window: Window
    moment: Moment = "during"


@dataclass(frozen=True, slots=True)
class AllOf(Node):
    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class AnyOf(Node):
    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Negate(Node):
    item: Expr


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    op: Literal["+", "-", "*", "/"]
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Years(Node):
    """Full years from one date to another."""

    start: Expr
    end: Expr


# ── windows of time ──────────────────────────────────────────────────────────────────────────────────────────────

Moment = Literal["during", "began", "ended"]


@dataclass(frozen=True, slots=True)
class InPeriod(Node):
    previous: bool = False


@dataclass(frozen=True, slots=True)
class Within(Node):
    """The last ``length`` up to and including the date of the count; with ``of``, the ``length`` that begins there."""

    length: Duration
    of: Path | None = None


@dataclass(frozen=True, slots=True)
class Since(Node):
    """From ``start`` up to and including the date of the count."""

    start: Path | Date


@dataclass(frozen=True, slots=True)
class OnDate(Node):
    day: Path


@dataclass(frozen=True, slots=True)
class Ever(Node):
    """At any time up to and including the date of the count."""


Window = InPeriod | Within | Since | OnDate | Ever


# ── relations ────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Relation(Node):
    """Rows of ``table`` that belong to the row at hand."""

    table: str
    role: str | None = None
    via: str | None = None
    where: Expr | None = None
    moment: Moment = "during"
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class Quantity(Node):
    """How many: rows, different people, or the share (0–1) of the rows in the window that satisfy ``where``."""

    bound: Bound
    value: float
    of: Literal["times", "people", "share"]


@dataclass(frozen=True, slots=True)
class Has(Node):
    relation: Relation
    quantity: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Every(Node):
    """Each of the relation's rows satisfies ``demand``; true where there are none."""

    relation: Relation
    demand: Expr


@dataclass(frozen=True, slots=True)
class Latest(Node):
    """An attribute of the newest row: of a fact by its date, of a state by its start. No row: unknown."""

    relation: Relation
    path: Path


@dataclass(frozen=True, slots=True)
class RowAggregate(Node):
    """A number over the relation's rows; ``path`` is None for ``count`` and ``people``."""

    function: Literal["count", "people", "sum", "mean", "min", "max"]
    relation: Relation
    path: Path | None = None


# ── aggregates over counted things: the outer level of an indicator ──────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Aggregate(Node):
    """``count(of)``, ``people(of)``, ``sum(value of of)``…: a number over all counted things that satisfy ``of``."""

    function: Literal["count", "people", "sum", "mean", "min", "max"]
    of: Expr
    value: Expr | None = None


@dataclass(frozen=True, slots=True)
class Share(Node):
    """Share (0–1) of the counted things ``of`` that satisfy ``condition``."""

    condition: Expr
    of: Expr


Expr = (
    Number
    | Percent
    | Duration
    | Date
    | String
    | Path
    | Compare
    | Between
    | OneOf
    | Known
    | InWindow
    | AllOf
    | AnyOf
    | Negate
    | Arithmetic
    | Years
    | Has
    | Every
    | Latest
    | RowAggregate
    | Aggregate
    | Share
)
