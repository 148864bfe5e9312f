"""What a programme holds. Read one with ``load.load_programme``: only what it gives has been checked as a whole.

``line`` is everywhere the line of the document from which the thing was taken, where there is such a document.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, StringConstraints
from pydantic_core import PydanticCustomError

from opora.indicators.definitions import Definition, Definitions, merged, standard
from opora.indicators.formula.indicator import IndicatorText
from opora.programmes.faults import short
from opora.programmes.targets import TargetFault, Targets, parse_targets


class _OfNoUse(ValueError):
    """A day of the calendar on which no programme was ever carried out."""


FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2100, 12, 31)


def read_day(written: str) -> dt.date:
    """2021-12-31 or 31.12.2021, nothing else (pydantic would also take seconds), of our time. Raises ``ValueError``."""
    if russian := re.fullmatch(r"(\d\d)\.(\d\d)\.(\d{4})", written):
        written = "-".join(reversed(russian.groups()))
    day = dt.datetime.strptime(written, "%Y-%m-%d").date()
    if not FIRST_DAY <= day <= LAST_DAY:
        raise _OfNoUse(written)
    return day


def _day(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return read_day(value)
    except _OfNoUse:
        message = f"«{value}»: год бывает от {FIRST_DAY.year} до {LAST_DAY.year}"
        raise PydanticCustomError("day", "{message}", {"message": message}) from None
    except ValueError:
        message = f"«{short(value)}» — не дата: пишите ГГГГ-ММ-ДД, и такой день должен быть в календаре"
        raise PydanticCustomError("day", "{message}", {"message": message}) from None


def _targets(value: Any) -> Targets:
    if isinstance(value, Targets):
        return value
    texts = [value] if not isinstance(value, Mapping) else list(value.values())
    if not all(isinstance(text, str) for text in texts):
        message = "Цель — текст вида at least 30% или такие тексты по годам"
        raise PydanticCustomError("target", "{message}", {"message": message, "at": 0, "year": ""})
    try:
        return parse_targets(value)
    except TargetFault as fault:
        context = {"message": fault.message, "at": fault.at, "year": fault.year or ""}
        raise PydanticCustomError("target", "{message}", context) from None


def read_amount(written: str) -> float:
    """A number as indicators are counted: 45.2% is 0.452. Raises ``ValueError``."""
    if percent := re.fullmatch(r"\s*([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*%\s*", written):
        return float(Decimal(percent[1]) / 100)
    return float(written)


def _amount(value: Any) -> Any:
    try:
        return read_amount(value) if isinstance(value, str) else value
    except ValueError:
        return value  # pydantic tells that it is no number


def _code(value: Any) -> Any:
    if not isinstance(value, str) or re.fullmatch(r"[^\W_][\w.\-]*", value):
        return value
    message = f"«{short(value)}» — не код: годятся буквы, цифры, точка и дефис, без пробелов"
    raise PydanticCustomError("code", "{message}", {"message": message})


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Code = Annotated[Words, BeforeValidator(_code)]
Line = Annotated[int, Field(ge=1)]
Month = Annotated[int, Field(ge=1, le=12)]
Day = Annotated[dt.date, BeforeValidator(_day)]
Listed = Annotated[tuple[Words, ...], BeforeValidator(_listed), Field(max_length=20)]
Amount = Annotated[float, BeforeValidator(_amount)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, allow_inf_nan=False)


# ── what is counted ──────────────────────────────────────────────────────────────────────────────────────────────


class Reported(_Frozen):
    """Asked of organisations on a card, because no record can know it; ``reason`` tells readers why."""

    question: Words
    reason: Words
    form: Literal["share", "count", "yes"]


class Ratio(_Frozen):
    of: Words
    to: Words


class Base(_Frozen):
    """With what growth is compared: the same formula on a ``date``, or a stated ``value`` with its ``source``."""

    date: Day | None = None
    value: Amount | None = None
    source: Words | None = None


class Counted(_Frozen):
    """A formula in one of its kinds, and how its rows are taken."""

    code: Code
    line: Line | None = None
    share: Words | None = None
    of: Words | None = None
    count: Words | None = None
    ratio: Ratio | None = None
    value: Words | None = None
    yes_if: Words | None = None
    reported: Reported | None = None
    once_per: Literal["person"] | None = None
    by: Listed = ()
    exclude: Literal["none"] | None = None
    """``none`` switches off the programme's ``exclude`` for this formula."""
    unit: Words | None = None
    interpretation: Words | None = None

    def formula(self, exclude: str | None = None) -> IndicatorText:
        """The texts to bind; ``exclude`` is the programme's condition, dropped where the formula switches it off."""
        return IndicatorText(
            share=self.share,
            of=self.of,
            count=self.count,
            ratio_of=self.ratio.of if self.ratio else None,
            ratio_to=self.ratio.to if self.ratio else None,
            value=self.value,
            yes_if=self.yes_if,
            reported=self.reported.form if self.reported else None,
            code=self.code,
            once_per=self.once_per,
            exclude=None if self.exclude == "none" else exclude,
        )


class Indicator(Counted):
    title: Words
    """As the official document words it."""
    section: Words | None = None
    goals: tuple[Code, ...] = ()
    """Codes of goals or tasks that it shows."""
    target: Annotated[Targets, PlainValidator(_targets)] = Targets()
    base: Base | None = None
    repeats: Code | None = None
    """Code of the indicator that the document states a second time here."""
    lists: bool = False
    """Its paper comes with the sheet «кто в, кто вне»."""
    shared: Words | None = None
    """Key under which municipalities compare it."""


class PublishedFigure(Counted):
    """A figure that the town itself published, with the formula that should give it again."""

    text: Words
    population: Words | None = None
    year: Words | None = None
    expected: Amount
    """As the formula gives it: a percent as a fraction."""
    tolerance: float = Field(default=0, ge=0)
    attainable: bool = True
    """False where no town can give the figure; ``why`` tells the reason."""
    why: Words | None = None


class OwnDefinition(_Frozen):
    formula: Words
    words: Annotated[tuple[Words, ...], Field(min_length=1, max_length=2)]
    interpretation: Words | None = None


# ── what is aimed at, and done ───────────────────────────────────────────────────────────────────────────────────


class Approval(_Frozen):
    kind: Words | None = None
    number: Words | None = None
    date: Day | None = None
    line: Line | None = None


class About(_Frozen):
    key: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
    title: Words
    municipality: Words
    region: Words | None = None
    seed: int | None = None
    """Number of the founding document."""
    period: Words | None = None
    starts: Day | None = None
    ends: Day | None = None
    approved: Approval | None = None
    owner: Words | None = None
    line: Line | None = None


class Goal(_Frozen):
    code: Code
    text: Words
    line: Line | None = None


class Stage(_Frozen):
    title: Words
    code: Code | None = None
    period: Words | None = None
    text: Words | None = None
    line: Line | None = None


class Quote(_Frozen):
    """A statement of the document that is shown and nothing else."""

    text: Words
    line: Line | None = None


class Recurrence(StrEnum):
    ONCE = "once"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEAR = "half-year"
    ANNUAL = "annual"
    SCHOOL_YEAR = "school-year"
    CONTINUOUS = "continuous"


class MeasureKind(StrEnum):
    PLAN_ROW = "plan_row"
    CYCLE_ROW = "cycle_row"
    CYCLE_ITEM = "cycle_item"
    STAGE_ITEM = "stage_item"
    MEASURE_LIST = "measure_list"


class Measure(_Frozen):
    code: Code
    title: Words
    kind: MeasureKind
    line: Line | None = None
    section: Words | None = None
    number: Words | None = None
    """As the document numbers it."""
    due: Words | None = None
    """As the document words it."""
    months: tuple[Month, ...] = ()
    recurrence: Recurrence | None = None
    responsible: Words | None = None
    """A role; the name of a person has no place in a programme."""
    evidence: Words | None = None
    result: Words | None = None
    indicators: tuple[Code, ...] = ()


class Monitoring(_Frozen):
    code: Code
    title: Words
    line: Line | None = None
    periodicity: Words | None = None
    indicators: tuple[Code, ...] = ()


class Recommendation(_Frozen):
    title: Words
    addressee: Words | None = None
    line: Line | None = None


class Duty(_Frozen):
    """A recurring duty that the document names in passing, outside its plan."""

    text: Words
    line: Line | None = None
    months: tuple[Month, ...] = ()
    recurrence: Recurrence | None = None


class Document(_Frozen):
    title: Words
    role: Words
    ref: Words | None = None
    line: Line | None = None


class Body(_Frozen):
    name: Words
    kind: Words
    line: Line | None = None


# ── the programme ────────────────────────────────────────────────────────────────────────────────────────────────


class Programme(_Frozen):
    about: About = Field(alias="programme")
    reporting_dates: Annotated[tuple[Day, ...], Field(max_length=100)] = ()
    exclude: Words | None = None
    """A condition on person, and-ed as ``not (…)`` to every formula that counts persons."""
    definitions: dict[str, dict[str, OwnDefinition]] = Field(default_factory=dict)
    """Its own only; ``all_definitions`` has the standard ones too."""
    goals: tuple[Goal, ...] = ()
    tasks: tuple[Goal, ...] = ()
    stages: tuple[Stage, ...] = ()
    expected_results: tuple[Quote, ...] = ()
    indicators: Annotated[tuple[Indicator, ...], Field(max_length=1000)] = ()
    measures: tuple[Measure, ...] = ()
    monitorings: tuple[Monitoring, ...] = ()
    analysis: tuple[Quote, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    decisions: tuple[Quote, ...] = ()
    effectiveness: tuple[Quote, ...] = ()
    duties: tuple[Duty, ...] = ()
    documents: tuple[Document, ...] = ()
    bodies: tuple[Body, ...] = ()
    risks: tuple[Quote, ...] = ()
    finance: tuple[Quote, ...] = ()
    information_sources: tuple[Quote, ...] = ()
    collection_methods: tuple[Quote, ...] = ()
    published: tuple[PublishedFigure, ...] = ()

    @property
    def key(self) -> str:
        return self.about.key

    @property
    def title(self) -> str:
        return self.about.title

    @property
    def municipality(self) -> str:
        return self.about.municipality

    @property
    def all_definitions(self) -> Definitions:
        """The standard definitions with the programme's own over them."""
        own = {
            table: {name: Definition(d.formula, d.words, d.interpretation or "") for name, d in named.items()}
            for table, named in self.definitions.items()
        }
        return merged(standard(), own)

    def indicator(self, code: str) -> Indicator | None:
        return next((indicator for indicator in self.indicators if indicator.code == code), None)
