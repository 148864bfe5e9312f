"""Values of items over the rows of a frame, once all that they need has been joined; conditions are values too."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable
from typing import Any

import ibis

from opora.indicators.dataset.schema import Kind
from opora.indicators.engine.codes import FALSE, TRUE, both, either, settled
from opora.indicators.engine.windows import asked_days, date_in, stated_day
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
    """The rows of one frame, asked for one item at a time."""

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
        """A column; NULL where the value is not known."""
        match item:
            case b.Plain(value, b.Type.NUMBER):
                return ibis.literal(value, type="float64")
            case b.Plain(value, _):
                return ibis.literal(value)
            case b.Instant():
                known = stated_day(item, self.context)
                return ibis.null("date") if known is None else ibis.literal(known)
            case b.Key():
                return self.rows["id"]
            case b.Attribute(_, column, _):
                written = self.rows[column.name]
                return written.strip() if column.kind is Kind.TEXT else written
            case b.Defined(_, _, inner, _):
                return self.value(inner)
            case b.Outer(levels, inner, _):
                return self.rows[self.outer[levels, inner]]
            case b.Follow():
                return self.part(item, "value")
        return (
            self._truth(item) if item.type is b.Type.TRUTH and not isinstance(item, b.Latest) else self._computed(item)
        )

    def _computed(self, item: b.Item) -> Any:
        match item:
            case b.FullYears(start, end):
                return full_years(self.value(start), stated_day(end, self.context) or self.value(end))
            case b.Calculate():
                return self._calculated(item)
            case b.Latest():
                return self._latest(item)
            case b.Tally(rows=rows):
                surely, found = self.complete(rows) & (self.part(item, "doubtful") == 0), self.part(item, "value")
                return surely.fill_null(False).ifelse(found, ibis.null(found.type()))
        raise AssertionError(item)

    def _calculated(self, item: b.Calculate) -> Any:
        left = self.value(item.left)
        if isinstance(item.right, b.Span):
            span: Any = {f"{item.right.unit}s": item.right.amount if item.op == "+" else -item.right.amount}
            return (left + ibis.interval(**span)).cast("date")
        return _arithmetic(item.op, left.cast("float64"), self.value(item.right).cast("float64"))

    def _latest(self, item: b.Latest) -> Any:
        newest, order = self.part(item, "newest"), self.part(item, "order")
        hidden = (self.part(item, "undated") > 0) | (self.part(item, "doubtful") > order)
        return hidden.fill_null(False).ifelse(ibis.null(newest.type()), newest)

    # ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────

    def _truth(self, item: b.Item) -> Any:
        match item:
            case b.AllOf(items):
                return both([self.value(one) for one in items])
            case b.AnyOf(items):
                return either([self.value(one) for one in items])
            case b.Not(one):
                return ~self.value(one)
            case b.Compare(op, left, right):
                return self._compare(op, left, right)
            case b.IsKnown(one, known):
                return self.value(one).notnull() if known else self.value(one).isnull()
            case b.DateIn(one, window):
                return date_in(self.value(one), asked_days(window, self.context, self.value))
            case b.Has():
                return self._has(item)
            case b.Every(rows, _):
                least = self.part(item, "least").fill_null(TRUE)
                return settled((least == TRUE) & self.complete(rows), least == FALSE)
        raise AssertionError(item)

    def _compare(self, op: str, left: b.Item, right: b.Item) -> Any:
        if left.type is b.Type.RANGE:
            return self._compare_range(left, op, right)
        if right.type is b.Type.RANGE:
            return self._compare_range(right, _MIRRORED[op], left)
        return _OPERATORS[op](self.value(left), self.value(right))

    def _has(self, item: b.Has) -> Any:
        complete = self.complete(item.rows)
        if item.quantity is None:
            most = self.part(item, "most").fill_null(FALSE)
            return settled(most == TRUE, (most == FALSE) & complete)
        op = {"at least": ">=", "at most": "<=", "exactly": "="}[item.quantity.bound]
        if item.quantity.of == "share":
            return self._has_share(item, op, item.quantity.value, complete)
        low, high = self.part(item, "low").fill_null(0), self.part(item, "high").fill_null(0)
        return compare_range(low, complete.ifelse(high, ibis.null("int64")), op, item.quantity.value)

    def _has_share(self, item: b.Has, op: str, value: float, complete: Any) -> Any:
        true, false, all_ = (self.part(item, name).fill_null(0) for name in ("true", "false", "all"))
        usable = complete & (all_ > 0)
        whole = usable.ifelse(all_, ibis.null("int64"))
        low, high = true.cast("float64") / whole, (all_ - false).cast("float64") / whole
        return ibis.cases((usable, compare_range(low, high, op, value)))

    def _compare_range(self, item: b.Item, op: str, literal: b.Item) -> Any:
        while isinstance(item, b.Defined):
            item = item.item
        assert isinstance(item, b.Tally)
        assert isinstance(literal, b.Plain)
        assert isinstance(literal.value, float)
        complete = self.complete(item.rows)
        if item.function == "sum":
            complete = complete & (self.part(item, "empty").fill_null(0) == 0)
        low, high = self.part(item, "low").fill_null(0), self.part(item, "high").fill_null(0)
        if item.function == "sum":
            bounded = complete | (self.part(item, "negative").fill_null(0) == 0)
            low = bounded.ifelse(low, ibis.null(low.type()))
        return compare_range(low, complete.ifelse(high, ibis.null(high.type())), op, literal.value)


def compare_range(low: Any, high: Any, op: str, value: float) -> Any:
    """Comparison of something between ``low`` and ``high`` (NULL: no such bound) with a number."""
    below, above = high < value, low > value
    least, most = low >= value, high <= value
    certain, impossible = {
        ">=": (least, below),
        ">": (above, most),
        "<=": (most, above),
        "<": (below, least),
        "=": (least & most, below | above),
        "!=": (below | above, least & most),
    }[op]
    return settled(certain, impossible)


def full_years(start: Any, end: Any) -> Any:
    """Full years between two dates, the second a column or a known day; NULL where either is empty."""
    year, place = (end.year, end.month * 100 + end.day) if isinstance(end, dt.date) else (end.year(), _in_year(end))
    early = _in_year(start) > place
    return (year - start.year() - early.cast("int32")).cast("float64")


def _in_year(day: Any) -> Any:
    return day.month() * 100 + day.day()


def _arithmetic(op: str, left: Any, right: Any) -> Any:
    match op:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    return left / right.nullif(0)
