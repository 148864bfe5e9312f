"""Numbers that are only known to lie between two. Sections 5 and 7 of ``docs/semantics.md``."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.truth.windows import FALSE, TRUE, UNKNOWN

ORDER: dict[str, Callable[..., bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}


@dataclass(frozen=True, slots=True)
class Interval:
    """A number that is only known to be between two; ``high`` may be infinite."""

    low: float
    high: float


def calculated(op: str, left: float, right: float) -> float | None:
    """Of two known numbers; nothing if divided by zero."""
    if op == "/":
        return None if right == 0 else left / right
    return float({"+": operator.add, "-": operator.sub, "*": operator.mul}[op](left, right))


def compare_intervals(op: str, left: Interval, right: Interval) -> int:
    """True if it holds for every pair of numbers in them, false if for none."""
    if op == "!=":
        return 2 - compare_intervals("=", left, right)
    if op == "=":
        same = left.low == left.high == right.low == right.high
        apart = left.high < right.low or right.high < left.low
        return TRUE if same else FALSE if apart else UNKNOWN
    if op in (">", ">="):
        left, right, op = right, left, {">": "<", ">=": "<="}[op]
    if ORDER[op](left.high, right.low):
        return TRUE
    return UNKNOWN if ORDER[op](left.low, right.high) else FALSE


def sum_bounds(sure: Sequence[float | None], doubtful: Sequence[float | None], bounded: bool) -> Interval:
    """All that is sure, and of the doubtful the worst or the best."""
    known = math.fsum(number or 0 for number in sure)
    low = known + math.fsum(min(number or 0, 0) for number in doubtful)
    high = known + math.fsum(max(number or 0, 0) for number in doubtful)
    if bounded:
        return Interval(low, high)
    negative = any((number or 0) < 0 for number in (*sure, *doubtful))
    return Interval(-math.inf if negative else low, math.inf)
