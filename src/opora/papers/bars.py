"""A bar of a value, with its bounds and its target: an SVG that stretches over its place, in the page's colours."""

from __future__ import annotations

from collections.abc import Iterable

from opora.indicators.results import Shape, Value

from .charts import nice_top
from .words import Look, has_spread


def bar(value: Value, top: float, goal: float | None = None) -> str:
    """Hidden from those who listen: the number stands beside it."""
    parts = ['<rect class="track" y="25%" width="100%" height="50%" rx="2"/>']
    if value.value:
        parts.append(f'<rect class="fill" y="25%" width="{_along(value.value, top)}" height="50%" rx="2"/>')
    if has_spread(value) and value.low is not None:
        parts.append(_spread(value.low, value.high, top))
    if goal is not None:
        parts.append(_line("goal", _along(goal, top), "0", _along(goal, top), "100%"))
    return f'<svg class="bar" aria-hidden="true">{"".join(parts)}</svg>'


def scale_top(values: Iterable[Value], look: Look, goal: float | None) -> float:
    """The right end of bars that stand together: 100 % for shares, else a round number above all of them."""
    numbers = [number for value in values for number in (value.value, value.high, value.low) if number is not None]
    largest = max([*numbers, goal or 0])
    return 1.0 if look is Look.PERCENT and largest <= 1 else nice_top(largest, look)


def _spread(low: float, high: float | None, top: float) -> str:
    """Without an upper bound the line has no right end."""
    left, right = _along(low, top), _along(top if high is None else high, top)
    ends = [left] if high is None else [left, right]
    lines = [_line("spread", left, "50%", right, "50%"), *(_line("spread", end, "25%", end, "75%") for end in ends)]
    return "".join(lines)


def _line(kind: str, x1: str, y1: str, x2: str, y2: str) -> str:
    return f'<line class="{kind}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>'


def _along(place: float, top: float) -> str:
    return f"{min(max(place / top, 0), 1) * 100:.4g}%"


_EXACT = Value(Shape.SHARE, 0.6, 0.6, 0.6)
LEGEND = (
    (bar(_EXACT, 1), "значение"),
    (bar(Value(Shape.SHARE, 0.6, 0.4, 0.85), 1), "границы: всё неизвестное против и за"),
    (bar(_EXACT, 1, 0.75), "цель"),
)
"""What the parts of a bar mean."""
