"""Value against target: docs/semantics.md, section 10."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from opora.indicators.results import Shape, Value, Verdict
from opora.programmes.targets import Bound, Demand, DueTarget, Limit, Part, Target

HALF_DIGIT = 0.0005
"""Half of the last shown digit of a percent: 30,0 %."""
CLOSE = 1e-9

_WORST_FIRST = (
    Verdict.NOT_MET,
    Verdict.NO_DATA,
    Verdict.NO_BASE,
    Verdict.UNDECIDED,
    Verdict.HELD,
    Verdict.MET,
)


@dataclass(frozen=True, slots=True)
class Path:
    """The way to a target of a later year: what it was at the start of the programme, and when that was."""

    started: dt.date
    base: Value


def verdict_of(value: Value, due: DueTarget, base: Value | None, on: dt.date, path: Path | None) -> Verdict:
    """``base``: what growth is compared with; None where there is nothing to compare with."""
    if due.target is None:
        return Verdict.NO_TARGET
    if value.no_data:
        return Verdict.NO_DATA
    if not due.due:
        return _on_the_way(value, due.target, due.year or on.year, on, path)
    verdicts = {part_verdict(part, value, base) for part in due.target.parts}
    return next(verdict for verdict in _WORST_FIRST if verdict in verdicts)


def part_verdict(part: Part, value: Value, base: Value | None) -> Verdict:
    if isinstance(part, Limit):
        return _within(part.bound, part.value, value, HALF_DIGIT if part.percent else CLOSE)
    if part in (Demand.YES, Demand.NO):
        return _within(Bound.EXACTLY, float(part is Demand.YES), value, CLOSE)
    if base is None or base.value is None:
        return Verdict.NO_BASE
    return _change(value, base) if part is Demand.GROWTH else _change(_mirrored(value), _mirrored(base), floor=0.0)


def _within(bound: Bound, limit: float, value: Value, margin: float) -> Verdict:
    """Met if the worst of what may be true meets it; not met if the best does not."""
    least = None if bound is Bound.AT_MOST else limit - (margin if bound is Bound.EXACTLY else CLOSE)
    most = None if bound is Bound.AT_LEAST else limit + (margin if bound is Bound.EXACTLY else CLOSE)
    low, high = value.low, value.high
    enough = least is None or (low is not None and low >= least)
    little = most is None or (high is not None and high <= most)
    if enough and little:
        return Verdict.MET
    too_little = least is not None and high is not None and high < least
    too_much = most is not None and low is not None and low > most
    return Verdict.NOT_MET if too_little or too_much else Verdict.UNDECIDED


def _change(now: Value, then: Value, floor: float | None = None) -> Verdict:
    """Growth from ``then`` to ``now``; ``floor``: the mirrored value beyond which there is nowhere to fall."""
    top = floor if floor is not None else 1.0 if now.shape in (Shape.SHARE, Shape.YES_NO) else None
    if top is not None and _same(now, top) and _same(then, top):
        return Verdict.HELD
    if now.low is not None and then.high is not None and now.low > then.high + CLOSE:
        return Verdict.MET
    held = top is not None and _may_be(now, top) and _may_be(then, top)
    if not held and now.high is not None and then.low is not None and now.high <= then.low + CLOSE:
        return Verdict.NOT_MET
    return Verdict.UNDECIDED


def _same(value: Value, number: float) -> bool:
    known = value.low is not None and value.high is not None
    return known and abs((value.low or 0) - number) <= CLOSE and abs((value.high or 0) - number) <= CLOSE


def _may_be(value: Value, number: float) -> bool:
    below = value.low is None or value.low <= number + CLOSE
    return below and (value.high is None or value.high >= number - CLOSE)


def _mirrored(value: Value) -> Value:
    def turned(number: float | None) -> float | None:
        return None if number is None else -number

    return Value(value.shape, turned(value.value), turned(value.high), turned(value.low))


def _on_the_way(value: Value, target: Target, year: int, on: dt.date, path: Path | None) -> Verdict:
    limit = next((one for one in target.limits if one.bound is not Bound.EXACTLY), None)
    if limit is None or path is None or path.base.value is None or value.value is None:
        return Verdict.NOT_DUE
    due = expected_by(path.base.value, limit.value, path.started, dt.date(year, 12, 31), on)
    ahead = value.value >= due - CLOSE if limit.bound is Bound.AT_LEAST else value.value <= due + CLOSE
    return Verdict.AHEAD if ahead else Verdict.BEHIND


def expected_by(base: float, target: float, started: dt.date, ends: dt.date, on: dt.date) -> float:
    """Where a straight path from ``base`` to ``target`` is on the day."""
    whole = (ends - started).days
    gone = min(max((on - started).days, 0), whole)
    return base + (target - base) * (gone / whole if whole else 1.0)
