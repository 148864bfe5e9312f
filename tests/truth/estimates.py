"""Numbers with their bounds, and arithmetic over them. Section 7 of ``docs/semantics.md``."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tests.truth.intervals import Interval, calculated, compare_intervals
from tests.truth.windows import UNKNOWN


@dataclass(frozen=True, slots=True)
class Estimate:
    """``value`` None: nothing to say. ``low`` None: no bounds. ``high`` may be infinite."""

    value: float | None
    low: float | None
    high: float | None

    @property
    def interval(self) -> Interval | None:
        return None if self.low is None or self.high is None else Interval(self.low, self.high)


def exactly(number: float) -> Estimate:
    return Estimate(number, number, number)


def combined(op: str, left: Estimate, right: Estimate) -> Estimate:
    found = None if left.value is None or right.value is None else calculated(op, left.value, right.value)
    bounds = _bounds(op, left.interval, right.interval)
    return Estimate(found, None, None) if bounds is None else Estimate(found, bounds.low, bounds.high)


def _bounds(op: str, left: Interval | None, right: Interval | None) -> Interval | None:
    if left is None or right is None:
        return None
    if op == "+":
        return _sound(left.low + right.low, left.high + right.high)
    if op == "-":
        return _sound(left.low - right.high, left.high - right.low)
    if op == "*":
        return _product(left, right)
    if right.low <= 0 <= right.high:
        return None
    return _product(left, Interval(1 / right.high, 1 / right.low))


def _product(left: Interval, right: Interval) -> Interval | None:
    ends = [_times(one, other) for one in (left.low, left.high) for other in (right.low, right.high)]
    return _sound(min(ends), max(ends))


def _times(one: float, other: float) -> float:
    """Nothing taken any number of times, even without end, is nothing."""
    return 0.0 if one == 0 or other == 0 else one * other


def _sound(low: float, high: float) -> Interval | None:
    return None if math.isinf(low) else Interval(low, high)


def compared_estimates(op: str, left: Estimate, right: Estimate) -> int:
    """Unknown if a side has no value (no data) or no bounds."""
    if left.value is None or right.value is None or left.interval is None or right.interval is None:
        return UNKNOWN
    return compare_intervals(op, left.interval, right.interval)
