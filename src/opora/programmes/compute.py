"""A programme over a dataset on a date: values, breakdowns, verdicts, and who is behind the numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from opora.indicators.dataset.coverage import coverage_of
from opora.indicators.dataset.store import Dataset
from opora.indicators.dataset.tables import STORED
from opora.indicators.engine.backends import Engine
from opora.indicators.engine.compute import Calculator, Outcome
from opora.indicators.engine.dimensions import measures_of
from opora.indicators.engine.opening import Opener
from opora.indicators.engine.plan import Asked, Plan
from opora.indicators.engine.recipes import shape_of
from opora.indicators.formula import bound as b
from opora.indicators.formula.indicator import bind_indicator
from opora.indicators.formula.normal import version
from opora.indicators.formula.words import sentence
from opora.indicators.periods import Context, Period
from opora.indicators.results import Breakdown, GroupValue, IndicatorResult, ProgrammeResult, Shape, Value
from opora.programmes.groups import BREAKDOWNS, GroupTitles, breakdown_title, breakdowns_of, what_is_grouped
from opora.programmes.mismatch import mismatches
from opora.programmes.model import Counted, Indicator, Programme, PublishedFigure
from opora.programmes.targets import Demand, Targets
from opora.programmes.verdict import Path, verdict_of

_SUBJECT_TABLES = ("person", "teaching", "vacancy", "staffing")

Progress = Callable[[str], None]
"""Called with the name of the step that begins, in Russian."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of a programme beside its values."""

    by: tuple[str, ...] = ("organisation", "subject")
    """Breakdowns for every indicator that can be broken down so, beside its own."""
    lists: Collection[str] | None = None
    """Codes of the indicators to open; None: those that the programme asks for."""
    history: bool = True
    """Values on the programme's earlier reporting dates too."""
    codes: Collection[str] | None = None
    """Only these indicators; None: all."""


@dataclass(frozen=True, slots=True)
class BoundIndicator:
    indicator: Counted
    formula: b.Formula


def bound_indicators(programme: Programme, codes: Collection[str] | None = None) -> list[BoundIndicator]:
    """Raises ``IndicatorFaults``; a programme that was checked has none."""
    definitions = programme.all_definitions
    return [
        BoundIndicator(one, bind_indicator(one.formula(programme.exclude), definitions))
        for one in (*programme.indicators, *(programme.published if codes is not None else ()))
        if codes is None or one.code in codes
    ]


def wanted_breakdowns(one: BoundIndicator, wish: Wish) -> tuple[str, ...]:
    """The indicator's own, and those of the wish that say something about what it counts."""
    if shape_of(one.formula) is Shape.YES_NO:
        return one.indicator.by
    tables = {measure.thing.table for measure in measures_of(one.formula)}
    general = [by for by in wish.by if by != "subject" or tables <= set(_SUBJECT_TABLES)]
    return tuple(dict.fromkeys([*one.indicator.by, *general]))


def possible_breakdowns(programme: Programme, asked: Sequence[str] = ()) -> Mapping[str, str]:
    """By what at least one of the programme's indicators can be broken down, with Russian titles: of what is usual, of
    what the programme itself names, and of what is ``asked``."""
    own = [by for indicator in programme.indicators for by in indicator.by]
    formulas = [one.formula for one in bound_indicators(programme)]
    return breakdowns_of(formulas, [*BREAKDOWNS, *own, *asked], programme.all_definitions)


def calculator_for(
    programme: Programme, dataset: Dataset, engine: Engine, shelf: dict[object, Plan] | None = None
) -> Calculator:
    """A calculator of the programme's formulas over the dataset. ``shelf`` keeps compiled plans between calculators; a
    plan is taken from it only for a dataset with the same coverage and column types."""
    return Calculator(
        engine,
        dataset.sources,
        coverage_of(dataset),
        municipalities(dataset),
        programme.all_definitions,
        shelf,
        strangers=strangers_of(dataset),
    )


def municipalities(dataset: Dataset) -> list[str | int]:
    """Keys of the municipalities of the dataset; of all territories where none is marked as a municipality."""
    rows = dataset.table("territory").select(["id", "kind"]).to_pylist()
    found = [row["id"] for row in rows if row["kind"] == "municipality"]
    return found or [row["id"] for row in rows]


def strangers_of(dataset: Dataset) -> Collection[str]:
    """The tables that have rows of no municipality of the dataset; all of them where references may lead nowhere."""
    if dataset.faults_accepted:
        return STORED
    places = set(municipalities(dataset))
    return [name for name, found in dataset.places.items() if not found <= places]


def context_of(programme: Programme, on: dt.date, period: Period | None = None) -> Context:
    return Context.on_date(on, programme.about.starts, period)


def compute_programme(
    programme: Programme,
    dataset: Dataset,
    engine: Engine,
    on: dt.date,
    *,
    period: Period | None = None,
    wish: Wish | None = None,
    progress: Progress = lambda step: None,
    shelf: dict[object, Plan] | None = None,
) -> ProgrammeResult:
    """Counts a programme. The dataset is taken as it is: check it before."""
    progress("читаю данные")
    calculator = calculator_for(programme, dataset, engine, shelf)
    run = _Run(programme, dataset, calculator, context_of(programme, on, period), wish or Wish(), progress)
    return run.result()


class _Run:
    def __init__(
        self,
        programme: Programme,
        dataset: Dataset,
        calculator: Calculator,
        context: Context,
        wish: Wish,
        progress: Progress,
    ) -> None:
        self.programme, self.dataset, self.calculator = programme, dataset, calculator
        self.context, self.wish, self.progress = context, wish, progress
        self.bound = bound_indicators(programme, wish.codes)
        self.titles = GroupTitles(dataset)

    def result(self) -> ProgrammeResult:
        self.progress("считаю показатели")
        outcomes = self.calculator.outcomes(
            [Asked(one.formula, wanted_breakdowns(one, self.wish)) for one in self.bound], self.context
        )
        self.progress("сравниваю с базой")
        bases = self._bases()
        starts = self._starts()
        found = [
            self._indicator(one, outcome, bases.get(one.indicator.code), starts.get(one.indicator.code))
            for one, outcome in zip(self.bound, outcomes, strict=True)
        ]
        found = [self._with_list(one, result) for one, result in zip(self.bound, found, strict=True)]
        return ProgrammeResult(
            programme=self.programme.key,
            title=self.programme.title,
            municipality=self.programme.municipality,
            on=self.context.on,
            period=self.context.period.title,
            dataset_hash=self.dataset.hash,
            synthetic=self.dataset.synthetic,
            with_faults=self.dataset.faults_accepted,
            indicators=tuple(found),
            history=self._history(),
            warnings=mismatches(self.programme, self.dataset, self.context),
        )

    # ── other dates ──────────────────────────────────────────────────────────────────────────────────────────────

    def _values(self, bound: Sequence[BoundIndicator], context: Context) -> dict[str, Value]:
        if not bound:
            return {}
        outcomes = self.calculator.outcomes([Asked(one.formula) for one in bound], context)
        return {one.indicator.code: outcome.value for one, outcome in zip(bound, outcomes, strict=True)}

    def _bases(self) -> dict[str, Value]:
        """What growth is compared with, for the indicators that ask for growth or decline."""
        wanting = [one for one in self.bound if _asks_change(_targets(one), self.context.on)]
        return self._based(wanting, self.context.year_before)

    def _starts(self) -> dict[str, Value]:
        """Where the path to the target begins, for the indicators whose target is of a later year."""
        started = self.programme.about.starts
        if started is None:
            return {}
        waiting = [one for one in self.bound if not _targets(one).target_on(self.context.on).due and _targets(one)]
        return self._based(waiting, context_of(self.programme, started - dt.timedelta(days=1)))

    def _based(self, some: Sequence[BoundIndicator], otherwise: Context) -> dict[str, Value]:
        """The values that the indicators state as their base, or those of the stated date, or of ``otherwise``."""
        dates: dict[Context, list[BoundIndicator]] = {}
        found: dict[str, Value] = {}
        for one in some:
            base = one.indicator.base if isinstance(one.indicator, Indicator) else None
            if base is not None and base.value is not None:
                found[one.indicator.code] = Value(shape_of(one.formula), base.value, base.value, base.value)
            else:
                stated = None if base is None else base.date
                context = otherwise if stated is None else context_of(self.programme, stated)
                dates.setdefault(context, []).append(one)
        for context, these in dates.items():
            found |= self._values(these, context)
        return found

    def _history(self) -> dict[str, tuple[tuple[dt.date, Value], ...]]:
        earlier = [day for day in self.programme.reporting_dates if day < self.context.on] if self.wish.history else []
        found: dict[str, list[tuple[dt.date, Value]]] = {}
        for day in sorted(earlier):
            self.progress(f"считаю на {day:%d.%m.%Y}")
            for code, value in self._values(self.bound, context_of(self.programme, day)).items():
                found.setdefault(code, []).append((day, value))
        return {code: tuple(values) for code, values in found.items()}

    # ── one indicator ────────────────────────────────────────────────────────────────────────────────────────────

    def _indicator(
        self, one: BoundIndicator, outcome: Outcome, base: Value | None, start: Value | None
    ) -> IndicatorResult:
        indicator, value = one.indicator, _settled(one.indicator, outcome.value)
        due = _targets(one).target_on(self.context.on)
        started = self.programme.about.starts
        path = Path(started, start) if start is not None and started is not None else None
        limit = next(iter(due.target.limits), None) if due.target else None
        words = "" if due.target is None else due.target.words + (f" (к {due.year} году)" if due.year else "")
        return IndicatorResult(
            code=indicator.code,
            title=indicator.title if isinstance(indicator, Indicator) else _figure(indicator).text,
            section=(indicator.section if isinstance(indicator, Indicator) else None) or "",
            unit=indicator.unit or "",
            words=indicator.reported.question if indicator.reported else sentence(one.formula),
            interpretation=indicator.interpretation or "",
            formula=formula_text(indicator),
            version=version(one.formula),
            value=value,
            target=words,
            target_value=limit.value if limit is not None else None,
            verdict=verdict_of(value, due, base, self.context.on, path),
            verdict_note=_note(value, base),
            base=base,
            reported=indicator.reported.reason if indicator.reported else "",
            breakdowns=tuple(self._breakdown(one, by, outcome) for by in outcome.groups),
            line=indicator.line,
        )

    def _breakdown(self, one: BoundIndicator, by: str, outcome: Outcome) -> Breakdown:
        what = what_is_grouped(one.formula, by, self.programme.all_definitions)
        groups = [
            GroupValue(None if key is None else str(key), self.titles.of(what, key), value)
            for key, value in outcome.groups[by].items()
            if not _empty(value)
        ]
        ordered = sorted(groups, key=lambda group: (group.key is None, group.title.lower().replace("ё", "е")))
        return Breakdown(by, breakdown_title(by, what), tuple(ordered))

    def _with_list(self, one: BoundIndicator, result: IndicatorResult) -> IndicatorResult:
        asked = self.wish.lists
        wanted = getattr(one.indicator, "lists", False) if asked is None else one.indicator.code in asked
        if not wanted or not isinstance(one.formula, b.ShareOf):
            return result
        self.progress(f"раскрываю {one.indicator.code}")
        return replace(result, opened=tuple(Opener(self.calculator, self.context).rows(one.formula)))


def _figure(counted: Counted) -> PublishedFigure:
    assert isinstance(counted, PublishedFigure)
    return counted


def _targets(one: BoundIndicator) -> Targets:
    return one.indicator.target if isinstance(one.indicator, Indicator) else Targets()


def _asks_change(targets: Targets, on: dt.date) -> bool:
    target = targets.target_on(on).target
    return target is not None and (target.demands(Demand.GROWTH) or target.demands(Demand.DECLINE))


def _settled(indicator: Counted, value: Value) -> Value:
    """A card that nobody answered gives no data, not an unknown answer."""
    if indicator.reported and (value.value is None or value.n == 0):
        return Value(value.shape, None, unknown=value.unknown)
    return value


def _note(value: Value, base: Value | None) -> str:
    notes = []
    if base is not None and base.value is not None:
        notes.append(f"база: {shown(base)}")
    if value.partial:
        known = value.shape is Shape.SHARE
        notes.append(f"список неполный: {'возможно любое значение' if known else 'верхней границы нет'}")
    return "; ".join(notes)


def shown(value: Value) -> str:
    """A value as text: «45,2 %», «да», «12», «нет данных»."""
    if value.value is None:
        return "нет данных" if value.no_data else "неизвестно"
    match value.shape:
        case Shape.YES_NO:
            return "да" if value.value else "нет"
        case Shape.SHARE | Shape.RATIO:
            return f"{value.value * 100:.1f} %".replace(".", ",")
    return f"{value.value:.1f}".rstrip("0").rstrip(".").replace(".", ",")


def _empty(value: Value) -> bool:
    return value.value is None and not value.unknown and (value.low is None or not value.total)


def formula_text(counted: Counted) -> str:
    """The formula as the programme writes it."""
    if counted.share is not None:
        return f"share: {counted.share}\nof: {counted.of}"
    if counted.ratio is not None:
        return f"ratio: {counted.ratio.of}\nto: {counted.ratio.to}"
    for name in ("count", "value", "yes_if"):
        if (text := getattr(counted, name)) is not None:
            return f"{name}: {text}"
    return f"reported: {counted.reported.question}" if counted.reported else ""
