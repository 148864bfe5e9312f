"""The engine as the tests of agreement ask it: the only file here that knows the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from opora.indicators.dataset.coverage import coverage_of
from opora.indicators.dataset.store import Dataset
from opora.indicators.definitions import Definition, merged
from opora.indicators.engine.backends import DuckDB, Engine
from opora.indicators.engine.compute import Calculator
from opora.indicators.engine.opening import Opener
from opora.indicators.engine.plan import Asked, Plan
from opora.indicators.formula import bound as b
from opora.indicators.formula.indicator import IndicatorText, bind_indicator
from opora.indicators.periods import Context as EngineContext
from opora.indicators.periods import Period
from opora.indicators.results import Shape, Value
from tests.truth.agreement import something
from tests.truth.counts import Answer, Indicator
from tests.truth.town import Cell, Context, Town
from tests.truth.world import Definitions


class Session:
    """One engine, and the plans compiled so far: those of one coverage may be used again."""

    def __init__(self, definitions: Definitions) -> None:
        named = {
            table: {name: Definition(formula, (name,)) for name, formula in some.items()}
            for table, some in definitions.items()
        }
        self.definitions = merged({}, named)
        self.engine: Engine = DuckDB(threads=1)
        self._shelves: dict[object, dict[object, Plan]] = {}
        self._bound: dict[str, b.Formula] = {}

    def values(self, indicators: Sequence[Indicator], town: Town, context: Context) -> list[Answer]:
        return [found for found, _ in self.results([(one, ()) for one in indicators], town, context)]

    def results(
        self, asked: Sequence[tuple[Indicator, Sequence[str]]], town: Town, context: Context
    ) -> list[tuple[Answer, dict[str, dict[Cell, Answer]]]]:
        """Of each indicator its value and, by each path, the values of the groups that count something."""
        questions = [Asked(self.formula(indicator), tuple(by)) for indicator, by in asked]
        outcomes = self._calculator(town).outcomes(questions, engine_context(context))
        return [
            (answer_of(outcome.value), {by: _groups(groups) for by, groups in outcome.groups.items()})
            for outcome in outcomes
        ]

    def codes(self, indicator: Indicator, town: Town, context: Context) -> dict[str, tuple[int, int]]:
        """Of a share, as its list is opened, by key: whether the thing is or may be in the denominator, and whether it
        is in both, the denominator and the numerator."""
        share = self.formula({name: text for name, text in indicator.items() if name != "once_per"})
        assert isinstance(share, b.ShareOf)
        rows = Opener(self._calculator(town), engine_context(context)).rows(share)
        return {row.key: (row.in_base, row.code) for row in rows}

    def formula(self, indicator: Indicator) -> b.Formula:
        key = repr(sorted(indicator.items()))
        if key not in self._bound:
            self._bound[key] = bind_indicator(_text(indicator), self.definitions)
        return self._bound[key]

    def _calculator(self, town: Town) -> Calculator:
        dataset = Dataset(dict(town.arrow()))
        municipalities = [str(row["id"]) for row in town.rows("territory") if row["kind"] == "municipality"]
        coverage = coverage_of(dataset)
        shelf = self._shelves.setdefault((coverage_key(town), tuple(municipalities)), {})
        return Calculator(self.engine, dataset.sources, coverage, municipalities, self.definitions, shelf)


def coverage_key(town: Town) -> object:
    return tuple(sorted(repr(sorted(row.items(), key=str)) for row in town.rows("coverage")))


def _text(indicator: Indicator) -> IndicatorText:
    given: dict[str, Any] = {name: str(text) for name, text in indicator.items() if name != "ratio" and text != "none"}
    ratio = indicator.get("ratio")
    if isinstance(ratio, Mapping):
        given |= {"ratio_of": str(ratio["of"]), "ratio_to": str(ratio["to"])}
    return IndicatorText(**given)


def engine_context(context: Context) -> EngineContext:
    period = Period(context.period_start, context.months)
    return EngineContext.on_date(context.on, context.programme_start, period)


def answer_of(value: Value) -> Answer:
    of_all = value.shape is Shape.SHARE
    n = value.n if of_all or value.shape is Shape.COUNT else None
    return Answer(value.value, value.low, value.high, n, value.total if of_all else None, value.unknown, value.partial)


def _groups(groups: Mapping[Any, Value]) -> dict[Cell, Answer]:
    answers = {key: answer_of(value) for key, value in groups.items()}
    return {key: answer for key, answer in answers.items() if something(answer)}
