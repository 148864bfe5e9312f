"""Counts → values with bounds: arithmetic over what is known and what is not (docs/semantics.md, section 7)."""

from __future__ import annotations

import math
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
    if low is None and x2:  # if anything is counted at all, all of it is in
        low = 1.0
    if high is None and x0:
        high = 0.0
    return Interval(value, low, high, unknown, t, t + f, partial)


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def statistic_interval(measure: b.Statistic, counts: Counts, partial: bool) -> Interval:
    low, high = counts.get("low") or 0, counts.get("high") or 0
    if measure.item is None:
        return Interval(low, low, None if partial else high, high - low, low, None, partial)
    empty, total, known = (counts.get(name) or 0 for name in ("empty", "sum", "known"))
    unknown = high - known
    if measure.function == "sum":
        least, most = counts.get("least") or 0, counts.get("most") or 0
        if not partial and not empty:
            return Interval(total, least, most, unknown, low, None, partial)
        return Interval(total, None if counts.get("negative") else least, None, unknown, low, None, partial)
    value = None if not known else total / known if measure.function == "mean" else counts.get(measure.function)
    bounded = None if unknown or partial else value
    return Interval(value, bounded, bounded, unknown, known, None, partial)


def constant_interval(value: float) -> Interval:
    return Interval(value, value, value)


def arithmetic(op: str, left: Interval, right: Interval) -> Interval:
    value = None if left.value is None or right.value is None else _apply(op, left.value, right.value)
    low, high = _bounds(op, left, right) or (None, None)
    return Interval(value, low, None if high == math.inf else high, partial=left.partial or right.partial)


def _apply(op: str, left: float, right: float) -> float | None:
    match op:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    return left / right if right else None


def _ends(one: Interval) -> tuple[float, float] | None:
    """Bounds with infinity for «no upper bound»; None where there are no bounds at all."""
    return None if one.low is None else (one.low, math.inf if one.high is None else one.high)


def _bounds(op: str, left: Interval, right: Interval) -> tuple[float, float] | None:
    ours, theirs = _ends(left), _ends(right)
    if ours is None or theirs is None:
        return None
    match op:
        case "+":
            found = [ours[0] + theirs[0], ours[1] + theirs[1]]
        case "-":
            found = [ours[0] - theirs[1], ours[1] - theirs[0]]
        case "*":
            found = [_product(one, other) for one in ours for other in theirs]
        case _:
            if theirs[0] <= 0 <= theirs[1]:
                return None
            found = [_product(one, 1 / other) for one in ours for other in theirs]
    return None if min(found) == -math.inf else (min(found), max(found))


def _product(left: float, right: float) -> float:
    """Nothing taken without end is still nothing."""
    return 0.0 if 0 in (left, right) else left * right


# ── conditions over numbers ──────────────────────────────────────────────────────────────────────────────────────

CLOSE = 1e-9


def compare(op: Operator, left: Interval, right: Interval) -> int:
    """0 no, 1 unknown, 2 yes, whatever the truth is within both bounds."""
    if left.value is None or right.value is None or left.low is None or right.low is None:
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


def yes_no(code: int, unknown: float, no_data: bool) -> Value:
    """The value of a condition: 1 yes, 0 no; where it is not known, bounds 0 and 1, or nothing if there are no data."""
    if code == 1:
        low, high = (None, None) if no_data else (0.0, 1.0)
        return Value(Shape.YES_NO, None, low, high, unknown=unknown)
    answer = float(code == 2)
    return Value(Shape.YES_NO, answer, answer, answer, unknown=unknown)
