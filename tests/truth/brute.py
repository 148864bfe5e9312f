"""The brute-force evaluator: one row at a time, one loop inside another. Sections 2–5 of ``docs/semantics.md``.

It shares nothing with the engine but the parser and the declaration of the tables.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import singledispatch

from opora.indicators.dataset.schema import Kind
from opora.indicators.formula import tree as t
from tests.truth.days import full_years, shift
from tests.truth.intervals import ORDER, Interval, calculated, compare_intervals, sum_bounds
from tests.truth.names import TIME_WORDS, Unresolved, choice_column, code_written, final_column, link_of
from tests.truth.town import Cell, Row, declared
from tests.truth.windows import (
    FALSE,
    TRUE,
    UNKNOWN,
    Bounds,
    bounds_of,
    day_code,
    default_bounds,
    row_code,
    start_of,
)
from tests.truth.world import World


@dataclass(frozen=True, slots=True)
class Truth:
    """A condition where a value is expected: ``educator is known``."""

    code: int


@dataclass(frozen=True, slots=True)
class Length:
    """A stretch of time: ``3 years``."""

    amount: int
    unit: str


Value = Cell | Truth | Interval | Length


@dataclass(frozen=True, slots=True)
class Scope:
    """The row at hand first, then the rows that enclose it, the nearest first."""

    world: World
    rows: tuple[tuple[str, Row], ...]

    @property
    def table(self) -> str:
        return self.rows[0][0]

    @property
    def row(self) -> Row:
        return self.rows[0][1]

    @property
    def tables(self) -> tuple[str, ...]:
        return tuple(table for table, _ in self.rows)

    def inside(self, table: str, row: Row) -> Scope:
        return Scope(self.world, ((table, row), *self.rows))

    def alone(self, table: str, row: Row) -> Scope:
        return Scope(self.world, ((table, row),))


@dataclass(frozen=True, slots=True)
class Linked:
    """A row of a relation: whether it is in the window, and whether it satisfies ``where``."""

    scope: Scope
    window: int
    where: int

    @property
    def code(self) -> int:
        return min(self.window, self.where)


def truth_of(holds: bool) -> int:
    return TRUE if holds else FALSE


# ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────────


@singledispatch
def code(expr: t.Expr, scope: Scope) -> int:
    """0 false, 1 unknown, 2 true."""
    found = value(expr, scope)
    if isinstance(found, Truth):
        return found.code
    if found is None:
        return UNKNOWN
    if isinstance(found, bool):
        return truth_of(found)
    raise Unresolved(f"not a condition: {expr}")


@code.register
def _(expr: t.AllOf, scope: Scope) -> int:
    return min(code(item, scope) for item in expr.items)


@code.register
def _(expr: t.AnyOf, scope: Scope) -> int:
    return max(code(item, scope) for item in expr.items)


@code.register
def _(expr: t.Negate, scope: Scope) -> int:
    return 2 - code(expr.item, scope)


@code.register
def _(expr: t.Compare, scope: Scope) -> int:
    return compared(expr.op, *sides(expr.left, expr.right, scope))


@code.register
def _(expr: t.Between, scope: Scope) -> int:
    above = compared(">=", *sides(expr.value, expr.low, scope))
    below = compared("<=", *sides(expr.value, expr.high, scope))
    return min(above, below)


@code.register
def _(expr: t.OneOf, scope: Scope) -> int:
    return max(compared("=", *sides(expr.value, option, scope)) for option in expr.options)


@code.register
def _(expr: t.Known, scope: Scope) -> int:
    found = value(expr.value, scope)
    known = found.code != UNKNOWN if isinstance(found, Truth) else found is not None
    return truth_of(known == expr.known)


@code.register
def _(expr: t.InWindow, scope: Scope) -> int:
    day = value(expr.value, scope)
    bounds = bounds_of(expr.window, window_start(expr.window, scope), scope.world.context)
    return day_code(day if isinstance(day, dt.date) else None, bounds)


@code.register
def _(expr: t.Has, scope: Scope) -> int:
    rows, complete = linked(expr.relation, scope)
    if expr.quantity is None:
        found = max((row.code for row in rows), default=FALSE)
        return found if complete else max(found, UNKNOWN)
    if expr.quantity.of == "share":
        return share_of_rows(expr.quantity, rows, complete)
    count = people_in(rows, complete) if expr.quantity.of == "people" else rows_in(rows, complete)
    return enough(expr.quantity, count)


@code.register
def _(expr: t.Every, scope: Scope) -> int:
    rows, complete = linked(expr.relation, scope)
    found = min((max(2 - row.code, code(expr.demand, row.scope)) for row in rows), default=TRUE)
    return found if complete else min(found, UNKNOWN)


def enough(quantity: t.Quantity, count: Interval) -> int:
    """Whether at least, at most or exactly so many."""
    symbol = {"at least": ">=", "at most": "<=", "exactly": "="}[quantity.bound]
    return compare_intervals(symbol, count, Interval(quantity.value, quantity.value))


def share_of_rows(quantity: t.Quantity, rows: Sequence[Linked], complete: bool) -> int:
    """``at least 50 %`` of the rows in the window."""
    sure = [row for row in rows if row.window == TRUE]
    good = sum(row.where == TRUE for row in sure)
    bad = sum(row.where == FALSE for row in sure)
    doubtful = sum(row.window != FALSE for row in rows) - good - bad
    total = good + bad + doubtful
    if not complete or total == 0:
        return UNKNOWN
    return enough(quantity, Interval(good / total, (good + doubtful) / total))


# ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────


@singledispatch
def value(expr: t.Expr, scope: Scope) -> Value:
    """None: not known. A condition comes as ``Truth``."""
    return Truth(code(expr, scope))


@value.register
def _(expr: t.Number, scope: Scope) -> Value:
    return expr.value


@value.register
def _(expr: t.Percent, scope: Scope) -> Value:
    return expr.value


@value.register
def _(expr: t.Duration, scope: Scope) -> Value:
    return Length(expr.amount, expr.unit)


@value.register
def _(expr: t.Date, scope: Scope) -> Value:
    return expr.value


@value.register
def _(expr: t.String, scope: Scope) -> Value:
    return expr.value


@value.register
def _(expr: t.Path, scope: Scope) -> Value:
    first, rest = expr.parts[0], expr.parts[1:]
    if names_own(first, scope):
        return follow(expr.parts, scope)
    for table, row in scope.rows:
        if table == first:
            return follow(rest, scope.alone(table, row)) if rest else row["id"]
    if first in TIME_WORDS and not rest:
        return time_word(first, scope)
    raise Unresolved(f"{'.'.join(expr.parts)} in {scope.tables}")


@value.register
def _(expr: t.Arithmetic, scope: Scope) -> Value:
    left, right = value(expr.left, scope), value(expr.right, scope)
    if left is None or right is None:
        return None
    if isinstance(left, dt.date) and isinstance(right, Length):
        return shift(left, right.amount if expr.op == "+" else -right.amount, right.unit)
    if isinstance(left, Length) and isinstance(right, dt.date) and expr.op == "+":
        return shift(right, left.amount, left.unit)
    if isinstance(left, int | float) and isinstance(right, int | float):
        return calculated(expr.op, left, right)
    raise Unresolved(f"cannot calculate {expr}")


@value.register
def _(expr: t.Years, scope: Scope) -> Value:
    start, end = value(expr.start, scope), value(expr.end, scope)
    if isinstance(start, dt.date) and isinstance(end, dt.date):
        return full_years(start, end)
    return None


@value.register
def _(expr: t.Latest, scope: Scope) -> Value:
    rows, _ = linked(expr.relation, scope)
    table = declared(expr.relation.table)
    sure = [row for row in rows if row.code == TRUE]
    doubtful = [row for row in rows if row.code == UNKNOWN]
    if not sure:
        return None

    def age(row: Linked) -> tuple[dt.date, str] | None:
        day = row.scope.row.get(table.start) or row.scope.row.get(table.observed)
        return (day, str(row.scope.row["id"])) if isinstance(day, dt.date) else None

    newest = max(sure, key=lambda row: age(row) or (dt.date.min, ""))
    newest_age = age(newest)
    for row in doubtful:
        other = age(row)
        if other is None or newest_age is None or other > newest_age:
            return None
    return value(expr.path, newest.scope.alone(newest.scope.table, newest.scope.row))


@value.register
def _(expr: t.RowAggregate, scope: Scope) -> Value:
    rows, complete = linked(expr.relation, scope)
    if expr.function == "count":
        return rows_in(rows, complete)
    if expr.function == "people":
        return people_in(rows, complete)
    assert expr.path is not None
    if expr.function == "sum":
        return sum_over(expr.path, rows, complete)
    return exact_over(expr.function, expr.path, rows, complete)


def time_word(word: str, scope: Scope) -> Value:
    context = scope.world.context
    words = {
        "on": context.on,
        "period_start": context.period_start,
        "period_end": context.period_end,
        "programme_start": context.programme_start,
    }
    return words[word]


def names_own(name: str, scope: Scope) -> bool:
    """Whether it is a column of the row at hand or a definition on its table."""
    table = scope.table
    return declared(table).column(name) is not None or scope.world.definition(table, name) is not None


def follow(parts: tuple[str, ...], scope: Scope) -> Value:
    """A path through columns and definitions only, from the row at hand."""
    first, rest = parts[0], parts[1:]
    if declared(scope.table).column(first) is not None:
        found: Value = scope.row.get(first)
    else:
        definition = scope.world.definition(scope.table, first)
        if definition is None:
            raise Unresolved(f"{first} of {scope.table}")
        found = value(definition, scope.alone(scope.table, scope.row))
    if not rest:
        return found
    column = final_column(t.Path((first,)), (scope.table,), scope.world)
    if column is None or column.kind is not Kind.REF:
        raise Unresolved(f"{first} of {scope.table} leads nowhere")
    reached = scope.world.row(column.to, found) if isinstance(found, str) else None
    return None if reached is None else follow(rest, scope.alone(column.to, reached))


# ── comparisons ──────────────────────────────────────────────────────────────────────────────────────────────────


def sides(left: t.Expr, right: t.Expr, scope: Scope) -> tuple[Value, Value]:
    """The values of both; what stands opposite a choice may be the name or the label of its code."""
    for written, other, swapped in ((right, left, False), (left, right, True)):
        column = choice_column(other, scope.tables, scope.world)
        written_code = code_written(written, column) if column is not None else None
        if written_code is not None:
            found = value(other, scope)
            return (written_code, found) if swapped else (found, written_code)
    return value(left, scope), value(right, scope)


def compared(op: str, left: Value, right: Value) -> int:
    if left is None or right is None:
        return UNKNOWN
    if isinstance(left, Interval) or isinstance(right, Interval):
        return compare_intervals(op, as_interval(left), as_interval(right))
    return truth_of(ORDER[op](plain(left), plain(right)))


def plain(found: Value) -> Value:
    """Texts without the spaces around; three years opposite a number are 3."""
    if isinstance(found, str):
        return found.strip()
    if isinstance(found, Length):
        return years_of(found)
    return found


def years_of(length: Length) -> int:
    if length.unit != "year":
        raise Unresolved("only years can be compared with a number")
    return length.amount


def as_interval(found: Value) -> Interval:
    if isinstance(found, Interval):
        return found
    if isinstance(found, int | float):
        return Interval(found, found)
    raise Unresolved(f"not a number: {found}")


# ── relations ────────────────────────────────────────────────────────────────────────────────────────────────────


def window_start(window: t.Window, scope: Scope) -> Cell:
    """The value of the date from which the window is measured."""
    start = start_of(window)
    found = None if start is None else value(start, scope)
    return found if isinstance(found, dt.date) else None


def linked(relation: t.Relation, scope: Scope) -> tuple[list[Linked], bool]:
    """The rows that belong to the row at hand, and whether there are surely no others."""
    world, table = scope.world, declared(relation.table)
    window: Bounds | None = default_bounds(table, world.context)
    if relation.window is not None:
        window = bounds_of(relation.window, window_start(relation.window, scope), world.context)
    link = link_of(relation, scope.table)
    rows = [
        _linked(relation, scope.inside(relation.table, row), row_code(table, row, relation.moment, window))
        for row in world.linked(relation.table, link.column, scope.row.get(link.own))
    ]
    municipality = world.municipality(scope.table, scope.row)
    return rows, world.complete(relation.table, municipality, window)


def _linked(relation: t.Relation, scope: Scope, window: int) -> Linked:
    return Linked(scope, window, TRUE if relation.where is None else code(relation.where, scope))


def rows_in(rows: Sequence[Linked], complete: bool) -> Interval:
    sure = sum(row.code == TRUE for row in rows)
    possible = sum(row.code != FALSE for row in rows)
    return Interval(sure, possible if complete else math.inf)


def people_in(rows: Sequence[Linked], complete: bool) -> Interval:
    """Different people. An entry of a team or an organisation has no person and is left out."""
    sure = {row.scope.row["person"] for row in rows if row.code == TRUE} - {None}
    possible = {row.scope.row["person"] for row in rows if row.code != FALSE} - {None}
    return Interval(len(sure), len(possible) if complete else math.inf)


def numbers_of(path: t.Path, rows: Sequence[Linked]) -> list[float | None]:
    found = [value(path, row.scope.alone(row.scope.table, row.scope.row)) for row in rows]
    return [number if isinstance(number, int | float) else None for number in found]


def sum_over(path: t.Path, rows: Sequence[Linked], complete: bool) -> Interval:
    sure = numbers_of(path, [row for row in rows if row.code == TRUE])
    doubtful = numbers_of(path, [row for row in rows if row.code == UNKNOWN])
    return sum_bounds(sure, doubtful, bounded=complete and None not in sure + doubtful)


def exact_over(function: str, path: t.Path, rows: Sequence[Linked], complete: bool) -> Value:
    """Mean, least or greatest; known only if nothing is in doubt."""
    sure = [row for row in rows if row.code == TRUE]
    values = [value(path, row.scope.alone(row.scope.table, row.scope.row)) for row in sure]
    if not complete or not values or None in values or any(row.code == UNKNOWN for row in rows):
        return None
    return summary(function, values)


def summary(function: str, values: Sequence[Value]) -> Value:
    if function == "mean":
        return math.fsum(number for number in values if isinstance(number, int | float)) / len(values)
    best: Value = min(values, key=_plain_order) if function == "min" else max(values, key=_plain_order)
    return best


def _plain_order(found: Value) -> float:
    if isinstance(found, dt.date):
        return found.toordinal()
    if isinstance(found, int | float):
        return found
    raise Unresolved(f"no order: {found}")
