"""An indicator's texts → one bound formula."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from opora.indicators.dataset.schema import Kind
from opora.indicators.dataset.tables import TABLES
from opora.indicators.definitions import Definitions
from opora.indicators.formula import bound as b
from opora.indicators.formula.bind import bind_condition, bind_measure, bind_test, bind_thing
from opora.indicators.formula.bounds import outgrown
from opora.indicators.formula.counts import Binder
from opora.indicators.formula.faults import FormulaFault, FormulaFaults
from opora.indicators.formula.parse import parse
from opora.indicators.formula.reported import Form, reported

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class IndicatorText:
    """What a programme writes of one indicator; exactly one of ``share``, ``count``, ``ratio_of``, ``value``,
    ``yes_if`` and ``reported`` is given. Field names are those that messages speak of."""

    share: str | None = None
    of: str | None = None
    count: str | None = None
    ratio_of: str | None = None
    ratio_to: str | None = None
    value: str | None = None
    yes_if: str | None = None
    reported: Form | None = None
    code: str = ""
    """Of a reported indicator: the question that the card answers."""
    once_per: str | None = None
    exclude: str | None = None
    """Condition on a person: such people are not counted."""

    @property
    def field(self) -> str:
        """The field of the formula itself, or of its first part."""
        names = ("share", "count", "ratio_of", "value", "yes_if", "reported")
        return next((name for name in names if getattr(self, name) is not None), "share").replace("_of", ".of")


class IndicatorFaults(Exception):
    """All the faults of an indicator's texts: the field, and what is wrong in it."""

    def __init__(self, faults: list[tuple[str, FormulaFault]]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{field}: {fault.message}" for field, fault in faults))


def bind_indicator(text: IndicatorText, definitions: Definitions) -> b.Formula:
    """The formula. Raises ``IndicatorFaults`` with all that is wrong."""
    binding = _Binding(definitions)
    formula = binding.formula(text)
    if text.exclude:
        excluded = binding.get("exclude", lambda: bind_condition(text.exclude or "", "person", definitions))
        if excluded is not None and formula is not None:
            formula = _without(formula, excluded)
    if formula is not None and not binding.faults and (wrong := outgrown(formula)):
        binding.faults.append((text.field, FormulaFault(wrong)))
    if binding.faults or formula is None:
        raise IndicatorFaults(binding.faults)
    return formula


class _Binding:
    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.faults: list[tuple[str, FormulaFault]] = []

    def get(self, field: str, bind: Callable[[], T]) -> T | None:
        try:
            return bind()
        except FormulaFaults as problem:
            self.faults += [(field, fault) for fault in problem.faults]
            return None

    def formula(self, text: IndicatorText) -> b.Formula | None:
        if text.share is not None:
            return self._share(text.share, text.of or "", text.once_per)
        if text.count is not None:
            count, once = text.count, text.once_per
            thing = self.get("count", lambda: bind_thing(count, self.definitions))
            if thing is None or not self._counts_once(thing, once):
                return None
            return b.Statistic("people" if once == "person" else "count", thing, None)
        if text.ratio_of is not None:
            of, to = self._measure("ratio.of", text.ratio_of), self._measure("ratio.to", text.ratio_to or "")
            return None if of is None or to is None else b.Arithmetic("/", of, to)
        if text.value is not None:
            return self._measure("value", text.value)
        if text.yes_if is not None:
            condition = text.yes_if
            return self.get("yes_if", lambda: bind_test(condition, self.definitions))
        assert text.reported is not None
        return reported(text.reported, text.code)

    def _measure(self, field: str, text: str) -> b.Measure | None:
        return self.get(field, lambda: bind_measure(text, self.definitions))

    def _share(self, condition: str, of: str, once_per: str | None) -> b.Formula | None:
        binder = Binder(self.definitions)
        thing = self.get("of", lambda: binder.thing(parse(of)))
        self.faults += [("of", fault) for fault in binder.faults]
        if thing is None:  # what is counted is not known, so of the condition only the spelling can be checked
            self.get("share", lambda: parse(condition))
            return None
        item = self.get("share", lambda: bind_condition(condition, thing.table, self.definitions))
        once = self._counts_once(thing, once_per)
        return None if item is None or binder.faults or not once else b.ShareOf(item, thing, once_per)

    def _counts_once(self, thing: b.Thing, once_per: str | None) -> bool:
        """Whether the things can be counted so: only persons are ever counted once."""
        if once_per is None:
            return True
        column = TABLES[thing.table].column(once_per)
        if thing.table == "person":
            message = "Люди и так считаются по одному разу: уберите once_per"
        elif column is None or column.kind is not Kind.REF:
            message = f"В таблице {thing.table} нет ссылки «{once_per}»"
        else:
            return True
        self.faults.append(("once_per", FormulaFault(message)))
        return False


def _without(formula: b.Formula, excluded: b.Item) -> b.Formula:
    """The formula over the people who do not satisfy ``excluded``."""
    match formula:
        case b.ShareOf() | b.Statistic():
            return replace(formula, thing=_thing_without(formula.thing, excluded))
        case b.Arithmetic(op, left, right):
            return b.Arithmetic(op, _without(left, excluded), _without(right, excluded))  # type: ignore[arg-type]
        case b.MeasureCompare(op, left, right):
            return b.MeasureCompare(op, _without(left, excluded), _without(right, excluded))  # type: ignore[arg-type]
        case b.Combined(how, items):
            return b.Combined(how, tuple(_without(item, excluded) for item in items))  # type: ignore[misc]
    return formula


def _thing_without(thing: b.Thing, excluded: b.Item) -> b.Thing:
    if thing.table != "person":
        return thing
    parts = thing.condition.items if isinstance(thing.condition, b.AllOf) else (thing.condition,)
    kept = tuple(part for part in parts if part is not None)
    return replace(thing, condition=b.AllOf((*kept, b.Not(excluded))))
