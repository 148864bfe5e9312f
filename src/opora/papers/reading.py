"""What a reader wants to see in a counted programme, derived once for every paper: how it stands against its targets,
how far each organisation is, and which missing data matter most."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from opora.indicators.results import (
    Breakdown,
    FailedPart,
    GroupValue,
    IndicatorResult,
    OpenedRow,
    ProgrammeResult,
    Shape,
    Value,
    Verdict,
)
from opora.programmes.model import Programme

from .words import Look, date, has_spread, look_of, sort_key

NOT_STATED = "не указано"
WITHOUT_SECTION = "Вне разделов"
CLOSE = 0.1
FAR = 0.3
EQUAL = 0.0005
"""Half of the last shown digit of a percent: how near «ровно 30 %» must be."""


class Standing(StrEnum):
    """The verdicts, joined into what a head of a service asks first."""

    MET = "met"
    NOT_MET = "not_met"
    UNDECIDED = "undecided"
    NO_DATA = "no_data"
    NOT_DUE = "not_due"
    NO_TARGET = "no_target"


STANDING_WORDS: dict[Standing, str] = {
    Standing.MET: "достигнуто",
    Standing.NOT_MET: "не достигнуто",
    Standing.UNDECIDED: "мешают неизвестные",
    Standing.NO_DATA: "нет данных",
    Standing.NOT_DUE: "срок не подошёл",
    Standing.NO_TARGET: "цель не задана",
}
STANDINGS: dict[Verdict, Standing] = {
    Verdict.MET: Standing.MET,
    Verdict.HELD: Standing.MET,
    Verdict.NOT_MET: Standing.NOT_MET,
    Verdict.UNDECIDED: Standing.UNDECIDED,
    Verdict.NO_DATA: Standing.NO_DATA,
    Verdict.NO_BASE: Standing.NO_DATA,
    Verdict.NOT_DUE: Standing.NOT_DUE,
    Verdict.AHEAD: Standing.NOT_DUE,
    Verdict.BEHIND: Standing.NOT_DUE,
    Verdict.NO_TARGET: Standing.NO_TARGET,
}


class Heat(StrEnum):
    """How far a value is from the target."""

    MET = "met"
    CLOSE = "close"
    FAR = "far"
    FARTHEST = "farthest"
    UNKNOWN = "unknown"
    """The unknown could turn it, or all of it is unknown."""
    PLAIN = "plain"
    """Nothing to compare: nobody is counted there, or there is no number to reach."""


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    indicators: tuple[IndicatorResult, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """One kind of missing fact, with the indicators that it keeps from being exact."""

    words: str
    things: int
    indicators: tuple[str, ...]
    undecided: tuple[str, ...]
    organisations: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """An organisation where data are missing."""

    title: str
    unknown: float
    indicators: int
    undecided: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Indicators × groups of one breakdown."""

    columns: tuple[str, ...]
    rows: tuple[tuple[IndicatorResult, tuple[Value | None, ...]], ...]


def standing(indicator: IndicatorResult) -> Standing:
    return STANDINGS[indicator.verdict]


def look(indicator: IndicatorResult) -> Look:
    return look_of(indicator.value, indicator.unit)


def tally(result: ProgrammeResult) -> dict[Standing, int]:
    counts = Counter(standing(indicator) for indicator in result.indicators)
    return {item: counts[item] for item in Standing}


def marks(result: ProgrammeResult, *, approved: bool) -> list[str]:
    """What must be said before any number is read."""
    held = {
        "синтетические данные": result.synthetic,
        "предварительно": not approved,
        "в данных есть ошибки": result.with_faults,
    }
    return [*(words for words, holds in held.items() if holds), *result.warnings]


def sections(result: ProgrammeResult) -> list[Section]:
    """In the order of the programme."""
    by_title: dict[str, list[IndicatorResult]] = defaultdict(list)
    for indicator in result.indicators:
        by_title[indicator.section or WITHOUT_SECTION].append(indicator)
    return [Section(title, tuple(items)) for title, items in by_title.items()]


def history(result: ProgrammeResult, indicator: IndicatorResult) -> list[tuple[dt.date, Value]]:
    """The values of the earlier reporting dates and, last, of this one; nothing where there are no earlier ones."""
    earlier = [(day, value) for day, value in result.history.get(indicator.code, ()) if day < result.on]
    return [*earlier, (result.on, indicator.value)] if earlier else []


def served(programme: Programme) -> dict[str, list[str]]:
    """Goal or task → codes of the indicators that show it."""
    return {
        goal.code: [indicator.code for indicator in programme.indicators if goal.code in indicator.goals]
        for goal in (*programme.goals, *programme.tasks)
    }


def approval(programme: Programme) -> str:
    """«приказ управления образования от 05.04.2021 № 119»."""
    given = programme.about.approved
    if given is None:
        return ""
    day = f"от {date(given.date)}" if given.date else ""
    number = f"№ {given.number}" if given.number else ""
    return " ".join(part for part in (given.kind, day, number) if part)


def group_title(group: GroupValue) -> str:
    return group.title if group.key is not None and group.title else NOT_STATED


def group_order(group: GroupValue) -> tuple[bool, tuple[tuple[int, int, str], ...]]:
    """By name, «не указано» last."""
    return group.key is None, sort_key(group.title)


def breakdown(indicator: IndicatorResult, by: str) -> Breakdown | None:
    return next((item for item in indicator.breakdowns if item.by == by), None)


def matrix(result: ProgrammeResult, by: str) -> Matrix:
    found = [(indicator, breakdown(indicator, by)) for indicator in result.indicators]
    split = [(indicator, item) for indicator, item in found if item is not None]
    groups = {group.key: group for _, item in split for group in item.groups}
    ordered = sorted(groups.values(), key=group_order)
    rows = tuple((indicator, _values(item, ordered)) for indicator, item in split)
    return Matrix(tuple(group_title(group) for group in ordered), rows)


def _values(item: Breakdown, groups: Iterable[GroupValue]) -> tuple[Value | None, ...]:
    known = {group.key: group.value for group in item.groups}
    return tuple(known.get(group.key) for group in groups)


# ── targets ──────────────────────────────────────────────────────────────────────────────────────────────────────


def direction(target: str) -> Direction:
    """Which way the target looks, by its words."""
    words = target.casefold()
    if "не более" in words or "снижение" in words:
        return Direction.DOWN
    return Direction.EXACT if "ровно" in words else Direction.UP


def group_goal(indicator: IndicatorResult) -> float | None:
    """The target as a measure for one organisation: that of a share or a ratio; of a number, each gives only a part."""
    comparable = indicator.value.shape is Shape.RATIO or look(indicator) is Look.PERCENT
    return indicator.target_value if comparable else None


def heat(indicator: IndicatorResult, value: Value | None) -> Heat:
    goal = group_goal(indicator)
    if value is None or goal is None:
        return Heat.PLAIN
    if value.value is None:
        return Heat.UNKNOWN if value.unknown else Heat.PLAIN
    way, unit = direction(indicator.target), 1 if look(indicator) is Look.PERCENT else abs(goal) or 1
    lacking = round(_lacking(way, value.value, goal) / unit, 9)
    if _could_turn(way, value, goal):
        return Heat.UNKNOWN
    if lacking <= 0:
        return Heat.MET
    return Heat.CLOSE if lacking <= CLOSE else Heat.FAR if lacking <= FAR else Heat.FARTHEST


def _could_turn(way: Direction, value: Value, goal: float) -> bool:
    """Whether the target is met for some of what the value may turn out to be, and missed for the rest."""
    if not has_spread(value) or value.low is None:
        return False
    high = math.inf if value.high is None else value.high
    if way is Direction.EXACT:
        return value.low <= goal + EQUAL and high >= goal - EQUAL
    return (round(_lacking(way, value.low, goal), 9) <= 0) != (round(_lacking(way, high, goal), 9) <= 0)


def _lacking(way: Direction, value: float, goal: float) -> float:
    if way is Direction.EXACT:
        return max(abs(value - goal) - EQUAL, 0)
    return goal - value if way is Direction.UP else value - goal


# ── opened numbers ───────────────────────────────────────────────────────────────────────────────────────────────


def membership(row: OpenedRow) -> str:
    if row.in_base == 1:
        return "неизвестно, входит ли в расчёт"
    return {2: "в числе", 1: "неизвестно", 0: "вне"}[row.code]


def opened_order(
    row: OpenedRow,
) -> tuple[bool, int, tuple[tuple[int, int, str], ...], tuple[tuple[int, int, str], ...]]:
    """First who is out, then who is not known, then who is in; the nearest names together."""
    return row.in_base == 1, row.code, sort_key(row.organisation), sort_key(row.title)


def called(row: OpenedRow) -> str:
    """«Иванова Анна (География)»."""
    return f"{row.title} ({row.detail})" if row.detail else row.title


def part_words(parts: Iterable[FailedPart], code: int) -> list[str]:
    """Each part with how near it came, or with the fact that is missing."""
    found = [(part.words, part.near or part.missing) for part in parts if part.code == code]
    return [f"{words} — {more}" if more else words for words, more in found]


# ── what is not known ────────────────────────────────────────────────────────────────────────────────────────────


def has_unknown(indicator: IndicatorResult) -> bool:
    value = indicator.value
    return bool(value.unknown) or value.partial or value.no_data


def unknown_first(result: ProgrammeResult) -> list[IndicatorResult]:
    """The undecided first, the fewest unknown (the nearest to a verdict) before the many; then those with no data."""
    order = {Standing.UNDECIDED: 0, Standing.NO_DATA: 1}
    concerned = [indicator for indicator in result.indicators if has_unknown(indicator)]
    return sorted(concerned, key=lambda item: (order.get(standing(item), 2), item.value.unknown, sort_key(item.code)))


def gaps(result: ProgrammeResult) -> list[Gap]:
    """The missing facts behind the opened numbers; those that keep the most verdicts undecided come first."""
    things: dict[str, dict[str, OpenedRow]] = defaultdict(dict)
    codes: dict[str, dict[str, bool]] = defaultdict(dict)
    for indicator in result.indicators:
        for words, row in _unknown_parts(indicator):
            things[words][row.key] = row
            codes[words][indicator.code] = indicator.verdict is Verdict.UNDECIDED
    found = [_gap(words, list(things[words].values()), codes[words]) for words in things]
    return sorted(found, key=lambda gap: (-len(gap.undecided), -gap.things, sort_key(gap.words)))


def _unknown_parts(indicator: IndicatorResult) -> Iterable[tuple[str, OpenedRow]]:
    """One empty cell may leave many conditions unknown: it is told, and the condition where no cell can be named."""
    return (
        (part.missing or f"неизвестно: {part.words}", row)
        for row in indicator.opened
        for part in row.failed
        if part.code == 1
    )


def _gap(words: str, rows: Sequence[OpenedRow], codes: dict[str, bool]) -> Gap:
    where = Counter(row.organisation for row in rows if row.organisation)
    organisations = tuple(sorted(where.items(), key=lambda item: (-item[1], sort_key(item[0]))))
    undecided = tuple(code for code, holds in codes.items() if holds)
    return Gap(words, len(rows), tuple(codes), undecided, organisations)


def holders(result: ProgrammeResult) -> list[Holder]:
    """Organisations by what is not known in them; those that keep the most verdicts undecided come first."""
    unknown: dict[str, float] = defaultdict(float)
    where: dict[str, list[IndicatorResult]] = defaultdict(list)
    for indicator in result.indicators:
        for group in _unknown_groups(indicator):
            unknown[group_title(group)] += group.value.unknown
            where[group_title(group)].append(indicator)
    found = [_holder(title, unknown[title], where[title]) for title in where]
    return sorted(found, key=lambda item: (-len(item.undecided), -item.unknown, sort_key(item.title)))


def _unknown_groups(indicator: IndicatorResult) -> list[GroupValue]:
    item = breakdown(indicator, "organisation")
    return [group for group in item.groups if group.value.unknown] if item else []


def _holder(title: str, unknown: float, indicators: Sequence[IndicatorResult]) -> Holder:
    undecided = tuple(item.code for item in indicators if item.verdict is Verdict.UNDECIDED)
    return Holder(title, unknown, len(indicators), undecided)
