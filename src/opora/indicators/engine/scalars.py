"""Values and codes of items over the rows of a frame, once all that they need has been joined."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import ibis

from opora.indicators.dataset.schema import Column, Kind
from opora.indicators.engine.codes import FALSE, TRUE, UNKNOWN, both, code, constant, either, opposite
from opora.indicators.engine.windows import Days, RowDays, date_code, days, row_days
from opora.indicators.formula import bound as b
from opora.indicators.periods import Context

_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}
_MIRRORED = {"<": ">", "<=": ">=", "=": "=", "!=": "!=", ">=": "<=", ">": "<"}


class Scalars:
    """``value`` gives a column that may be NULL where nothing is known; ``code`` gives 0, 1 or 2."""

    def __init__(
        self,
        rows: Any,
        columns: dict[b.Item, dict[str, str]],
        outer: dict[tuple[int, b.Item], str],
        context: Context,
        complete: Callable[[b.Rows], Any],
    ) -> None:
        self.rows = rows
        self.columns = columns
        self.outer = outer
        self.context = context
        self.complete = complete

    def part(self, item: b.Item, name: str) -> Any:
        return self.rows[self.columns[item][name]]

    # ── values ───────────────────────────────────────────────────────────────────────────────────────────────────

    def value(self, item: b.Item) -> Any:
        match item:
            case b.Plain(value, b.Type.NUMBER):
                return ibis.literal(value, type="float64")
            case b.Plain(value, _):
                return ibis.literal(value)
            case b.Instant(name):
                return self._instant(name)
            case b.Key():
                return self.rows["id"]
            case b.Attribute(_, column, _):
                return self._attribute(column)
            case b.Defined(_, _, inner, _):
                return self.value(inner)
            case b.Outer(levels, inner, _):
                return self.rows[self.outer[levels, inner]]
            case b.Follow(type=kind):
                found = self.part(item, "value")
                return found.fill_null(constant(UNKNOWN)) if kind is b.Type.TRUTH else found
            case _ if item.type is b.Type.TRUTH:
                return self.code(item)
            case _:
                return self._computed(item)

    def _attribute(self, column: Column) -> Any:
        written = self.rows[column.name]
        if column.kind is Kind.FLAG:
            return code(written)
        return written.strip() if column.kind is Kind.TEXT else written

    def _instant(self, name: str) -> Any:
        known = {
            "on": self.context.on,
            "period_start": self.context.period.start,
            "period_end": self.context.period.end,
            "programme_start": self.context.programme_start,
        }[name]
        return ibis.null("date") if known is None else ibis.literal(known)

    def _computed(self, item: b.Item) -> Any:
        match item:
            case b.FullYears(start, end):
                return full_years(self.value(start), self.value(end))
            case b.Calculate(op, left, b.Span(amount, unit)):
                span: Any = {f"{unit}s": amount if op == "+" else -amount}
                return (self.value(left) + ibis.interval(**span)).cast("date")
            case b.Calculate(op, left, right):
                return _calculated(op, self.value(left), self.value(right))
            case b.Latest():
                return self._latest(item)
            case b.Tally(rows=rows):
                surely, found = self.complete(rows) & (self.part(item, "doubtful") == 0), self.part(item, "value")
                return surely.fill_null(False).ifelse(found, ibis.null(found.type()))
        raise AssertionError(item)

    def _latest(self, item: b.Latest) -> Any:
        newest, date = self.part(item, "newest"), self.part(item, "date")
        hidden = (self.part(item, "undated") > 0) | (self.part(item, "doubtful") > date)
        hidden = hidden.fill_null(False)
        if item.type is b.Type.TRUTH:
            return hidden.ifelse(constant(UNKNOWN), newest.fill_null(constant(UNKNOWN)))
        return hidden.ifelse(ibis.null(newest.type()), newest)

    # ── codes ────────────────────────────────────────────────────────────────────────────────────────────────────

    def code(self, item: b.Item) -> Any:
        match item:
            case b.AllOf(items):
                return both([self.code(one) for one in items])
            case b.AnyOf(items):
                return either([self.code(one) for one in items])
            case b.Not(one):
                return opposite(self.code(one))
            case b.Compare(op, left, right):
                return self._compare(op, left, right)
            case b.IsKnown(one, known):
                return self._is_known(one, known)
            case b.DateIn(one, window):
                return date_code(self.value(one), self._window(window))
            case b.Has():
                return self._has(item)
            case b.Every(rows, _):
                least = self.part(item, "least").fill_null(TRUE)
                return ((least == TRUE) & ~self.complete(rows)).ifelse(UNKNOWN, least).cast("int8")
            case b.Defined(_, _, inner, _):
                return self.code(inner)
            case _:
                return self.value(item)

    def _is_known(self, item: b.Item, known: bool) -> Any:
        there = self.code(item) != UNKNOWN if item.type is b.Type.TRUTH else self.value(item).notnull()
        return (there if known else ~there).ifelse(TRUE, FALSE).cast("int8")

    def _window(self, window: b.Window) -> Days | RowDays:
        if isinstance(window, b.Fixed):
            return days(window, self.context)
        return row_days(self.value(window.start), window.span, self.context)

    def _compare(self, op: str, left: b.Item, right: b.Item) -> Any:
        if left.type is b.Type.RANGE:
            return self._compare_range(left, op, right)
        if right.type is b.Type.RANGE:
            return self._compare_range(right, _MIRRORED[op], left)
        if left.type is b.Type.TRUTH:
            return self._compare_truth(op, left, right)
        return code(_OPERATORS[op](self.value(left), self.value(right)))

    def _compare_truth(self, op: str, left: b.Item, right: b.Item) -> Any:
        ours, theirs = self.code(left), self.code(right)
        same = (ours == theirs) if op == "=" else (ours != theirs)
        unknown = (ours == UNKNOWN) | (theirs == UNKNOWN)
        return unknown.ifelse(UNKNOWN, same.ifelse(TRUE, FALSE)).cast("int8")

    def _has(self, item: b.Has) -> Any:
        complete = self.complete(item.rows)
        if item.quantity is None:
            most = self.part(item, "most").fill_null(FALSE)
            return ((most == FALSE) & ~complete).ifelse(UNKNOWN, most).cast("int8")
        op = {"at least": ">=", "at most": "<=", "exactly": "="}[item.quantity.bound]
        if item.quantity.of == "share":
            return self._has_share(item, op, item.quantity.value, complete)
        low, high = self.part(item, "low").fill_null(0), self.part(item, "high").fill_null(0)
        return range_code(low, complete.ifelse(high, ibis.null("int64")), op, item.quantity.value)

    def _has_share(self, item: b.Has, op: str, value: float, complete: Any) -> Any:
        true, false, all_ = (self.part(item, name).fill_null(0) for name in ("true", "false", "all"))
        usable = complete & (all_ > 0)
        low = true.cast("float64") / usable.ifelse(all_, ibis.null("int64"))
        high = (all_ - false).cast("float64") / usable.ifelse(all_, ibis.null("int64"))
        return usable.ifelse(range_code(low, high, op, value), UNKNOWN).cast("int8")

    def _compare_range(self, item: b.Item, op: str, literal: b.Item) -> Any:
        while isinstance(item, b.Defined):
            item = item.item
        assert isinstance(item, b.Tally)
        assert isinstance(literal, b.Plain)
        complete = self.complete(item.rows)
        if item.function == "sum":
            complete = complete & (self.part(item, "empty").fill_null(0) == 0)
        low, high = self.part(item, "low").fill_null(0), self.part(item, "high").fill_null(0)
        assert isinstance(literal.value, float)
        return range_code(low, complete.ifelse(high, ibis.null(high.type())), op, literal.value)


def range_code(low: Any, high: Any, op: str, value: float) -> Any:
    """Code of a comparison of something between ``low`` and ``high`` (NULL: no upper bound) with a number."""
    below, above = (high < value).fill_null(False), low > value
    least, most = low >= value, (high <= value).fill_null(False)
    certain, impossible = {
        ">=": (least, below),
        ">": (above, most),
        "<=": (most, above),
        "<": (below, least),
        "=": (least & most, below | above),
        "!=": (below | above, least & most),
    }[op]
    return ibis.cases((certain, TRUE), (impossible, FALSE), else_=UNKNOWN).cast("int8")


def full_years(start: Any, end: Any) -> Any:
    """Full years between two dates; NULL where either is empty."""
    early = (end.month() * 100 + end.day()) < (start.month() * 100 + start.day())
    return (end.year() - start.year() - early.cast("int32")).cast("float64")


def _calculated(op: str, left: Any, right: Any) -> Any:
    left, right = left.cast("float64"), right.cast("float64")
    match op:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    return left / right.nullif(0)
