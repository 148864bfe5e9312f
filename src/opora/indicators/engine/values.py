"""Counts → values with bounds: interval arithmetic over what is known and what is not (docs/semantics.md, section 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from opora.indicators.formula import bound as b
from opora.indicators.formula.tree import Operator
from opora.indicators.results import Shape, Value

Counts = Mapping[str, float | None]
"""The aggregates of one measure by name, without its number."""


@dataclass(frozen=True, slots=True)
class Interval:
    """``value`` from what is known; the truth lies between ``low`` and ``high``. None: no such bound, or no value."""

    value: float | None
    low: float | None
    high: float | None
    unknown: float = 0
    n: float | None = None
    total: float | None = None
    partial: bool = False

    @property
    def nothing(self) -> bool:
        return self.value is None and self.low is None and self.high is None

    def as_value(self, shape: Shape) -> Value:
        return Value(shape, self.value, self.low, self.high, self.n, self.total, self.unknown, self.partial)


def share_interval(counts: Counts, partial: bool) -> Interval:
    t, f, u, x0, x1, x2 = (counts.get(name) or 0 for name in ("t", "f", "u", "x0", "x1", "x2"))
    unknown = u + x0 + x1 + x2
    value = _ratio(t, t + f)
    if partial and t + f + unknown > 0:
        return Interval(value, 0.0, 1.0, unknown, t, t + f, True)
    low = _ratio(t, t + f + u + x0 + x1)
    high = _ratio(t + u + x1 + x2, t + u + f + x1 + x2)
    return Interval(value, low, high, unknown, t, t + f, partial)


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def statistic_interval(measure: b.Statistic, counts: Counts, partial: bool) -> Interval:
    low, high = counts.get("low") or 0, counts.get("high") or 0
    if measure.item is None:
        return Interval(low, low, None if partial else high, high - low, low, None, partial)
    empty, total = counts.get("empty") or 0, counts.get("sum") or 0
    unknown = high - low + empty
    if measure.function == "sum":
        most = None if partial or empty else (counts.get("most") or 0)
        return Interval(total, total, most, unknown, low, None, partial)
    known = counts.get("known") or 0
    unknown = high - known
    value = None if not known else total / known if measure.function == "mean" else counts.get(measure.function)
    bounded = None if unknown or partial else value
    return Interval(value, bounded, bounded, unknown, known, None, partial)


def constant_interval(value: float) -> Interval:
    return Interval(value, value, value)


def arithmetic(op: str, left: Interval, right: Interval) -> Interval:
    value = None if left.value is None or right.value is None else _apply(op, left.value, right.value)
    low, high = _bounds(op, left, right)
    return Interval(value, low, high, left.unknown + right.unknown, partial=left.partial or right.partial)


def _apply(op: str, left: float, right: float) -> float | None:
    match op:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    return left / right if right else None


def _bounds(op: str, left: Interval, right: Interval) -> tuple[float | None, float | None]:
    match op:
        case "+":
            return _sum(left.low, right.low), _sum(left.high, right.high)
        case "-":
            return _difference(left.low, right.high), _difference(left.high, right.low)
    if None in (left.low, left.high, right.low, right.high):
        return _half_open(op, left, right)
    if op == "/" and right.low is not None and right.high is not None and right.low <= 0 <= right.high:
        return None, None
    ends = [_apply(op, one, two) for one in (left.low, left.high) for two in (right.low, right.high)]  # type: ignore[arg-type]
    known = [end for end in ends if end is not None]
    return min(known), max(known)


def _half_open(op: str, left: Interval, right: Interval) -> tuple[float | None, float | None]:
    """Counts are never negative, so that a missing upper bound leaves the lower one where it can be told."""
    if left.low is None or right.low is None or left.low < 0 or right.low < 0:
        return None, None
    if op == "*":
        return left.low * right.low, None
    low = left.low / right.high if right.high else None
    high = left.high / right.low if left.high is not None and right.low else None
    return low, high


def _sum(left: float | None, right: float | None) -> float | None:
    return None if left is None or right is None else left + right


def _difference(left: float | None, right: float | None) -> float | None:
    return None if left is None or right is None else left - right


# ── conditions over numbers ──────────────────────────────────────────────────────────────────────────────────────

CLOSE = 1e-9


def compare(op: Operator, left: Interval, right: Interval) -> int:
    """0 no, 1 unknown, 2 yes, whatever the truth is within both bounds."""
    if left.nothing or right.nothing or left.low is None or right.low is None:
        return 1
    match op:
        case "=" | "!=":
            return _equal(left, right) if op == "=" else 2 - _equal(left, right)
        case ">" | ">=":
            return _above(left, right, op == ">=")
        case _:
            return _above(right, left, op == "<=")


def _above(left: Interval, right: Interval, or_equal: bool) -> int:
    def holds(one: float, two: float) -> bool:
        return one >= two - CLOSE if or_equal else one > two + CLOSE

    assert left.low is not None
    assert right.low is not None
    if right.high is not None and holds(left.low, right.high):
        return 2
    if left.high is not None and not holds(left.high, right.low):
        return 0
    return 1


def _equal(left: Interval, right: Interval) -> int:
    assert left.low is not None
    assert right.low is not None
    if left.high is not None and right.high is not None:
        if left.high < right.low - CLOSE or right.high < left.low - CLOSE:
            return 0
        if max(left.high, right.high) - min(left.low, right.low) <= CLOSE:
            return 2
    elif (left.high is not None and left.high < right.low - CLOSE) or (
        right.high is not None and right.high < left.low - CLOSE
    ):
        return 0
    return 1


def yes_no(code: int, unknown: float) -> Value:
    """The value of a condition: 1 yes, 0 no; None with bounds 0 and 1 where it is not known."""
    if code == 1:
        return Value(Shape.YES_NO, None, 0.0, 1.0, unknown=unknown)
    answer = float(code == 2)
    return Value(Shape.YES_NO, answer, answer, answer, unknown=unknown)
