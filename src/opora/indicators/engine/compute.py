"""Formulas → values: plans are made (or taken from the shelf), carried out, and their counts turned into values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from opora.indicators.dataset.coverage import Coverage
from opora.indicators.dataset.tables import STORED
from opora.indicators.definitions import Definitions
from opora.indicators.engine.backends import Engine, Source
from opora.indicators.engine.completeness import Completeness
from opora.indicators.engine.counting import SHARE_CLASSES, STATISTIC_PARTS
from opora.indicators.engine.dimensions import Counted
from opora.indicators.engine.plan import Asked, Plan, Planner, Query
from opora.indicators.engine.recipes import Recipe
from opora.indicators.engine.values import Counts, Interval, share_interval, statistic_interval
from opora.indicators.engine.windows import Days, asked_days, days
from opora.indicators.formula import bound as b
from opora.indicators.periods import Context
from opora.indicators.results import Value


@dataclass(frozen=True, slots=True)
class Outcome:
    """The value of a formula and, by breakdown, the values of its groups (None: «не указано»)."""

    value: Value
    groups: Mapping[str, Mapping[str | int | None, Value]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lists:
    """Of counted things: the municipalities whose list is complete, and whether those are all."""

    complete: frozenset[str | int]
    whole: bool


_Found = dict[str, dict[int, dict[Any, Counts]]]
"""Breakdown ("" for the total) → place of the measure → group (None for the total) → counts."""


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
        *,
        strangers: Collection[str] | None = None,
    ) -> None:
        """``strangers``: the tables that may have rows of no municipality of ``municipalities``; None: any table."""
        self.engine = engine
        self.definitions = definitions
        self._shelf: dict[object, Plan] = {} if shelf is None else shelf
        for name in STORED:
            engine.register(name, sources[name])
        places = frozenset(municipalities)
        self.completeness = Completeness(coverage, places, frozenset(STORED if strangers is None else strangers))
        self.types = {name: engine.types(name) for name in STORED}
        self._basis = _basis(self.completeness, definitions, self.types, engine.dialect)

    def outcomes(self, asked: Sequence[Asked], context: Context) -> list[Outcome]:
        """One outcome for each formula, in order."""
        plan = self.plan(asked, context)
        found = self._carried_out(plan)
        lists = [self.lists(measure.thing, context) for measure in plan.measures]

        def outcome(recipe: Recipe, by: tuple[str, ...]) -> Outcome:
            def interval(name: str, place: int, group: object) -> Interval:
                counts = found.get(name, {}).get(place, {}).get(group, {})
                partial = not lists[place].whole and self._partial(lists[place], plan.kinds.get((name, place)), group)
                return _interval(plan.measures[place], counts, partial)

            def value(name: str, group: object) -> Value:
                return recipe.value(lambda place: interval(name, place, group))

            groups = {name: {group: value(name, group) for group in _groups(found, name, recipe)} for name in by}
            return Outcome(value("", None), {name: values for name, values in groups.items() if values})

        return [outcome(recipe, one.by) for recipe, one in zip(plan.recipes, asked, strict=True)]

    def planner(self, context: Context) -> Planner:
        return Planner(self.types, context, self.completeness, self.engine.dialect, self.definitions)

    def plan(self, asked: Sequence[Asked], context: Context) -> Plan:
        """From the shelf if the same was asked before, of a dataset with the same coverage and column types."""
        key = (tuple(asked), context, self._basis)
        if key not in self._shelf:
            self._shelf[key] = self.planner(context).plan(asked)
        return self._shelf[key]

    def _carried_out(self, plan: Plan) -> _Found:
        found: _Found = {}
        questions = {batch.name: (batch.sql, [query.sql for query in batch.queries]) for batch in plan.batches}
        answers = self.engine.carry_out(questions, plan.tables)
        for batch in plan.batches:
            for query, rows in zip(batch.queries, answers[batch.name], strict=True):
                _collect(found, query, rows)
        return found

    def lists(self, thing: b.Thing, context: Context) -> Lists:
        """Where the list of the counted things is complete."""
        table = "employment" if thing.table == "person" else thing.table
        asked = days(b.Fixed("date"), context) if thing.table == "person" else thing_days(thing.window, context)
        complete = frozenset() if asked is None else self.completeness.complete(table, asked)
        return Lists(complete, asked is not None and complete == self.completeness.municipalities)

    def _partial(self, lists: Lists, kind: str | None, group: Any) -> bool:
        """Whether the list of the things of a group may lack some of them."""
        if kind is None or group is None:
            return not lists.whole
        return (group if kind == "territory" else self._municipality_of.get(group)) not in lists.complete

    @cached_property
    def _municipality_of(self) -> dict[Any, Any]:
        """By key of an organisation."""
        rows = self.engine.query("SELECT id, municipality FROM organisation", ["organisation"])
        return {row["id"]: row["municipality"] for row in rows}


def _basis(
    completeness: Completeness, definitions: Definitions, types: Mapping[str, Mapping[str, str]], dialect: str
) -> object:
    """All that a plan depends on beside the question, in a form that can be compared."""
    return (
        dialect,
        completeness.municipalities,
        completeness.strangers,
        frozenset(completeness.coverage.merged.items()),
        frozenset((table, frozenset(columns.items())) for table, columns in types.items()),
        frozenset((table, frozenset(named.items())) for table, named in definitions.items()),
    )


def thing_days(window: b.Window, context: Context) -> Days | None:
    """The days over which the list of counted things must be complete; None where they are not known."""
    found = asked_days(window, context, lambda start: start)
    if isinstance(found, Days):
        return found
    return None if isinstance(window, b.From) and window.stated else Days(None, context.after)


def _interval(measure: Counted, counts: Counts, partial: bool) -> Interval:
    if isinstance(measure, b.ShareOf):
        return share_interval(counts, partial)
    return statistic_interval(measure, counts, partial)


def _groups(found: _Found, by: str, recipe: Recipe) -> dict[Any, None]:
    """The groups in which any of the formula's measures was counted."""
    counted = found.get(by, {})
    return {group: None for place in recipe.places for group in counted.get(place, {})}


def _collect(found: _Found, query: Query, rows: list[dict[str, Any]]) -> None:
    for number, place in query.measures:
        names = [name for name in (*SHARE_CLASSES, *STATISTIC_PARTS) if rows and f"{name}{number}" in rows[0]]
        columns = [(name, f"{name}{number}") for name in names]
        groups = found.setdefault(query.by, {}).setdefault(place, {})
        for row in rows:
            groups[row.get("group_")] = {name: row[column] for name, column in columns}
