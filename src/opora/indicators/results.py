"""What a count gives: plain frozen records, made by the engine, read by reports, pages and the command line."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from enum import StrEnum


class Shape(StrEnum):
    """What kind of number the value is."""

    SHARE = "share"
    """A fraction 0–1, shown as a percent; has ``n`` of ``total``."""
    COUNT = "count"
    RATIO = "ratio"
    """A fraction that may exceed 1; no n of N."""
    NUMBER = "number"
    YES_NO = "yes_no"
    """1 yes, 0 no."""


class Verdict(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNDECIDED = "undecided"
    """The value meets the target (or misses it), but the unknown could turn it."""
    NO_DATA = "no_data"
    NO_BASE = "no_base"
    HELD = "held"
    """Growth was asked, and there is nowhere to grow: 100 % then and now."""
    NOT_DUE = "not_due"
    AHEAD = "ahead"
    """Not due yet, and not below the path to the target year."""
    BEHIND = "behind"
    NO_TARGET = "no_target"


VERDICT_WORDS: dict[Verdict, str] = {
    Verdict.MET: "достигнут",
    Verdict.NOT_MET: "не достигнут",
    Verdict.UNDECIDED: "не определён: мешают неизвестные",
    Verdict.NO_DATA: "нет данных",
    Verdict.NO_BASE: "нет базы",
    Verdict.HELD: "удержан",
    Verdict.NOT_DUE: "срок не подошёл",
    Verdict.AHEAD: "срок не подошёл, идёт с опережением",
    Verdict.BEHIND: "срок не подошёл, отстаёт",
    Verdict.NO_TARGET: "цель не задана",
}


@dataclass(frozen=True, slots=True)
class Value:
    """One number. All of ``value``, ``low``, ``high`` are None where nothing is counted; ``high`` alone is None where a
    partial table leaves no upper bound."""

    shape: Shape
    value: float | None
    low: float | None = None
    high: float | None = None
    n: float | None = None
    total: float | None = None
    unknown: float = 0
    partial: bool = False
    """The list of the counted things itself is not complete."""

    @property
    def no_data(self) -> bool:
        return self.value is None and self.low is None


@dataclass(frozen=True, slots=True)
class GroupValue:
    """The value of one group of a breakdown. ``key`` is None for «не указано»."""

    key: str | None
    title: str
    value: Value


@dataclass(frozen=True, slots=True)
class Breakdown:
    by: str
    title: str
    groups: tuple[GroupValue, ...]


@dataclass(frozen=True, slots=True)
class FailedPart:
    """A part of the condition that put a thing out (or left it unknown), in Russian words."""

    words: str
    code: int
    """0 it fails, 1 it is not known."""
    near: str = ""
    """How near it came: «3 из 4 заседаний», «16 при норме 18»; empty where it cannot be said."""
    missing: str = ""
    """The fact without which it is not known: an empty cell, a list that is not said to be complete."""
    distance: float = math.inf
    """To sort by nearness those who lack the same part."""


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """A row that a formula looks at: it counts (``code`` 2), or lacks what ``why`` tells."""

    words: str
    code: int
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Records:
    """What stands behind one part of a condition."""

    words: str
    code: int
    rows: tuple[RelatedRow, ...]


@dataclass(frozen=True, slots=True)
class OpenedRow:
    """A counted thing behind a number; where a person counts once over several rows, the person."""

    key: str
    title: str
    organisation: str
    code: int
    """2 in, 1 unknown, 0 out of the numerator; the thing is in the denominator, or may be (``in_base`` 1)."""
    in_base: int
    failed: tuple[FailedPart, ...] = ()
    """The smallest set of parts that put it out; of a person with several rows, that of the nearest."""
    detail: str = ""
    """What tells it from others of the same title: a subject, a course, a day."""
    behind: tuple[OpenedRow, ...] = ()
    """The rows of a person who counts once."""
    records: tuple[Records, ...] = ()
    """Filled only where one thing was asked for."""


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """One indicator, counted."""

    code: str
    title: str
    section: str
    unit: str
    words: str
    """The formula as a Russian sentence."""
    interpretation: str
    formula: str
    version: str
    """Hash of the formula's normal form, definitions included."""
    value: Value
    target: str
    """The target that holds on the date, in Russian; empty where there is none."""
    target_value: float | None
    verdict: Verdict
    verdict_note: str = ""
    base: Value | None = None
    reported: str = ""
    """Why no record can know it; empty for a computed indicator."""
    breakdowns: tuple[Breakdown, ...] = ()
    opened: tuple[OpenedRow, ...] = ()
    """Who is in and who is out: filled only where it was asked for."""
    line: int | None = None
    sql: str = ""


@dataclass(frozen=True, slots=True)
class ProgrammeResult:
    """A programme, counted on a date."""

    programme: str
    title: str
    municipality: str
    on: dt.date
    period: str
    """As a person writes it: «2022 год», «2021/22 учебный год»."""
    dataset_hash: str
    synthetic: bool
    with_faults: bool
    """The dataset had faults and was counted all the same."""
    indicators: tuple[IndicatorResult, ...]
    history: dict[str, tuple[tuple[dt.date, Value], ...]] = field(default_factory=dict)
    """Per code: the values of the reporting dates up to ``on``, oldest first."""
    warnings: tuple[str, ...] = ()
    """Why the data may not be about this programme at all, in Russian; to be said before any number."""
