"""How the value of a formula is put together from the counts of its measures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from opora.indicators.engine.dimensions import Counted, measures_of
from opora.indicators.engine.values import Interval, arithmetic, compare, constant_interval, yes_no
from opora.indicators.formula import bound as b
from opora.indicators.results import Shape, Value

Intervals = Callable[[int], Interval]
"""From the place of a measure in its plan to what was counted of it."""


class Recipe:
    """A formula over the measures of a plan, each known by its place there."""

    def __init__(self, formula: b.Formula, places: Mapping[Counted, int]) -> None:
        self.formula = formula
        self.shape = shape_of(formula)
        # By identity: a measure is a deep tree, and hashing it for each group costs more than all else.
        self._places = {id(measure): places[measure] for measure in measures_of(formula)}
        self.places = tuple(dict.fromkeys(self._places.values()))

    def value(self, counted: Intervals) -> Value:
        intervals = {place: counted(place) for place in self.places}.__getitem__
        unknown = sum(intervals(place).unknown for place in self.places)
        if isinstance(self.formula, (b.MeasureCompare, b.Combined)):
            code = self._test(self.formula, intervals)
            return yes_no(code, unknown, code == 1 and self._lacks_data(self.formula, intervals))
        return replace(self._interval(self.formula, intervals), unknown=unknown).as_value(self.shape)

    def _test(self, test: b.Test, intervals: Intervals) -> int:
        if isinstance(test, b.MeasureCompare):
            left, right = self._interval(test.left, intervals), self._interval(test.right, intervals)
            return compare(test.op, left, right)
        codes = [self._test(one, intervals) for one in test.items]
        if test.how == "not":
            return 2 - codes[0]
        return min(codes) if test.how == "and" else max(codes)

    def _lacks_data(self, test: b.Test, intervals: Intervals) -> bool:
        """Whether a number in the condition has no value."""
        if isinstance(test, b.MeasureCompare):
            return any(self._interval(side, intervals).value is None for side in (test.left, test.right))
        return any(self._lacks_data(one, intervals) for one in test.items)

    def _interval(self, measure: b.Measure, intervals: Intervals) -> Interval:
        match measure:
            case b.Constant(value):
                return constant_interval(value)
            case b.Arithmetic(op, left, right):
                return arithmetic(op, self._interval(left, intervals), self._interval(right, intervals))
        return intervals(self._places[id(measure)])


def shape_of(formula: b.Formula) -> Shape:
    match formula:
        case b.ShareOf():
            return Shape.SHARE
        case b.Statistic("count" | "people"):
            return Shape.COUNT
        case b.MeasureCompare() | b.Combined():
            return Shape.YES_NO
        case b.Arithmetic("/"):
            return Shape.RATIO
    return Shape.NUMBER
