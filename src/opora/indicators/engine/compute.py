"""Formulas → values: plans are made (or taken from the shelf), carried out, and their counts turned into values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from opora.indicators.dataset.coverage import Coverage
from opora.indicators.dataset.tables import STORED
from opora.indicators.definitions import Definitions
from opora.indicators.engine.backends import Engine, Source
from opora.indicators.engine.completeness import Completeness
from opora.indicators.engine.counting import SHARE_CLASSES, STATISTIC_PARTS
from opora.indicators.engine.dimensions import Counted, measures_of
from opora.indicators.engine.plan import Asked, Plan, Planner, Query
from opora.indicators.engine.values import (
    Counts,
    Interval,
    arithmetic,
    compare,
    constant_interval,
    share_interval,
    statistic_interval,
    yes_no,
)
from opora.indicators.engine.windows import Days, days
from opora.indicators.formula import bound as b
from opora.indicators.periods import Context, shifted
from opora.indicators.results import Shape, Value


@dataclass(frozen=True, slots=True)
class Outcome:
    """The value of a formula and, by breakdown, the values of its groups (None: «не указано»)."""

    value: Value
    groups: Mapping[str, Mapping[str | int | None, Value]] = field(default_factory=dict)


_Found = dict[tuple[Counted, str], dict[Any, dict[str, float | None]]]
"""Measure and breakdown ("" for the total) → group (None for the total) → counts."""


class Calculator:
    """Counts formulas over one dataset on one engine."""

    def __init__(
        self,
        engine: Engine,
        sources: Mapping[str, Source],
        coverage: Coverage,
        municipalities: Iterable[str | int],
        definitions: Definitions,
        shelf: dict[object, Plan] | None = None,
    ) -> None:
        self.engine = engine
        self.completeness = Completeness(coverage, frozenset(municipalities))
        self.definitions = definitions
        self._shelf: dict[object, Plan] = {} if shelf is None else shelf
        for name in STORED:
            engine.register(name, sources[name])
        self.types = {name: engine.types(name) for name in STORED}

    def outcomes(self, asked: Sequence[Asked], context: Context) -> list[Outcome]:
        """One outcome for each formula, in order."""
        found = self._carried_out(self.plan(asked, context))
        return [self._outcome(one, found, context) for one in asked]

    def planner(self, context: Context) -> Planner:
        return Planner(self.types, context, self.completeness, self.engine.dialect, self.definitions)

    def plan(self, asked: Sequence[Asked], context: Context) -> Plan:
        """From the shelf if the same was asked before; the coverage and the column types are the calculator's own."""
        key = (tuple(asked), context, self.engine.dialect)
        if key not in self._shelf:
            self._shelf[key] = self.planner(context).plan(asked)
        return self._shelf[key]

    def _carried_out(self, plan: Plan) -> _Found:
        found: _Found = {}
        for store in plan.stores:
            self.engine.store(store.name, store.sql)
        for query in plan.queries:
            _collect(found, query, self.engine.query(query.sql))
        for store in plan.stores:
            self.engine.drop(store.name)
        return found

    def _outcome(self, asked: Asked, found: _Found, context: Context) -> Outcome:
        total = self._value(asked.formula, found, "", None, context)
        groups: dict[str, dict[str | int | None, Value]] = {}
        for by in asked.by:
            keys = {
                key
                for (measure, name), counts in found.items()
                if name == by and _has(asked.formula, measure)
                for key in counts
            }
            if keys:
                groups[by] = {key: self._value(asked.formula, found, by, key, context) for key in keys}
        return Outcome(total, groups)

    def _value(self, formula: b.Formula, found: _Found, by: str, key: object, context: Context) -> Value:
        unknown = sum(
            self._counted(one, found, by, key, context).unknown for one in dict.fromkeys(measures_of(formula))
        )
        if isinstance(formula, (b.MeasureCompare, b.Combined)):
            no_data = any(self._interval(one, found, by, key, context).value is None for one in _numbers(formula))
            return yes_no(self._test(formula, found, by, key, context), unknown, no_data)
        interval = self._interval(formula, found, by, key, context)
        return replace(interval, unknown=unknown).as_value(shape_of(formula))

    def _test(self, test: b.Test, found: _Found, by: str, key: object, context: Context) -> int:
        if isinstance(test, b.MeasureCompare):
            left = self._interval(test.left, found, by, key, context)
            return compare(test.op, left, self._interval(test.right, found, by, key, context))
        codes = [self._test(one, found, by, key, context) for one in test.items]
        if test.how == "not":
            return 2 - codes[0]
        return min(codes) if test.how == "and" else max(codes)

    def _interval(self, measure: b.Measure, found: _Found, by: str, key: object, context: Context) -> Interval:
        match measure:
            case b.Constant(value):
                return constant_interval(value)
            case b.Arithmetic(op, left, right):
                ours = self._interval(left, found, by, key, context)
                return arithmetic(op, ours, self._interval(right, found, by, key, context))
        return self._counted(measure, found, by, key, context)

    def _counted(self, measure: Counted, found: _Found, by: str, key: object, context: Context) -> Interval:
        counts: Counts = found.get((measure, by), {}).get(key, {})
        partial = self.partial(measure.thing, context)
        if isinstance(measure, b.ShareOf):
            return share_interval(counts, partial)
        return statistic_interval(measure, counts, partial)

    def partial(self, thing: b.Thing, context: Context) -> bool:
        """Whether the list of the counted things may lack some of them."""
        if thing.table == "person":
            return not self.completeness.everywhere("employment", days(b.Fixed("date"), context))
        return not self.completeness.everywhere(thing.table, thing_days(thing.window, context))


def thing_days(window: b.Window, context: Context) -> Days:
    """The days over which the list of counted things must be complete."""
    if isinstance(window, b.Fixed):
        return days(window, context)
    start = _known_day(window.start, context)
    if start is None or window.span is None:
        return Days(start, context.after)
    return Days(start, min(shifted(start, window.span.amount, window.span.unit), context.after))


def _known_day(item: b.Item, context: Context) -> dt.date | None:
    """The day that a window begins on where it is the same for every row."""
    match item:
        case b.Plain(dt.date() as day):
            return day
        case b.Instant("on"):
            return context.on
        case b.Instant("period_start"):
            return context.period.start
        case b.Instant("period_end"):
            return context.period.end
        case b.Instant("programme_start"):
            return context.programme_start
    return None


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


def _numbers(test: object) -> list[b.Measure]:
    if isinstance(test, b.MeasureCompare):
        return [test.left, test.right]
    return [one for part in b.parts(test) for one in _numbers(part)]


def _has(formula: object, measure: Counted) -> bool:
    return any(node == measure for node in b.walk(formula))


def _collect(found: _Found, query: Query, rows: list[dict[str, Any]]) -> None:
    for number, measure in query.measures:
        names = tuple(SHARE_CLASSES) if isinstance(measure, b.ShareOf) else STATISTIC_PARTS
        groups = found.setdefault((measure, query.by), {})
        for row in rows:
            groups[row.get("group_")] = {name: row.get(f"{name}{number}") for name in names}
