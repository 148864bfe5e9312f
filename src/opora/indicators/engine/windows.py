"""Windows of time as dates, and codes of rows within them (docs/semantics.md, section 4)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis

from opora.indicators.dataset.schema import Table, Time
from opora.indicators.engine.codes import FALSE, TRUE, UNKNOWN, code, constant
from opora.indicators.formula import bound as b
from opora.indicators.formula.tree import Moment
from opora.indicators.periods import DAY, Context, shifted


@dataclass(frozen=True, slots=True)
class Days:
    """From ``start`` (None: since ever) up to, not including, ``end``."""

    start: dt.date | None
    end: dt.date

    @property
    def empty(self) -> bool:
        return self.start is not None and self.start >= self.end


def days(window: b.Fixed, context: Context) -> Days:
    """The days of a window that is the same for every row; nothing after the date of the count is seen."""
    match window.kind:
        case "date" | "none":
            return Days(context.on, context.after)
        case "period":
            return Days(context.period.start, min(context.period.end, context.after))
        case "previous":
            return Days(context.period.previous.start, min(context.period.start, context.after))
        case "last":
            assert window.span is not None
            return Days(shifted(context.after, -window.span.amount, window.span.unit), context.after)
        case "ever":
            return Days(None, context.after)


@dataclass(frozen=True, slots=True)
class RowDays:
    """A window whose first day is told by a column; an empty first day makes it unknown."""

    start: Any
    end: Any


def row_days(start: Any, span: b.Span | None, context: Context) -> RowDays:
    """From the day in the column ``start`` for ``span``, or up to the date of the count."""
    after = ibis.literal(context.after)
    if span is None:
        return RowDays(start, after)
    unit: Any = {f"{span.unit}s": span.amount}
    return RowDays(start, ibis.least((start + ibis.interval(**unit)).cast("date"), after))


def row_code(table: Table, row: Any, window: Days | RowDays, moment: Moment) -> Any:
    """Code of each row of ``table``: whether it lies in the window."""
    if isinstance(window, Days):
        if window.empty:
            return constant(FALSE)
        return _fact(row[table.start], window) if table.time is Time.FACT else _state(table, row, window, moment)
    inside = _fact(row[table.start], window) if table.time is Time.FACT else _state(table, row, window, moment)
    return ibis.cases((window.start.isnull(), UNKNOWN), (window.start >= window.end, FALSE), else_=inside).cast("int8")


def date_code(day: Any, window: Days | RowDays) -> Any:
    """Code of a date: whether it lies in the window."""
    if isinstance(window, Days):
        return constant(FALSE) if window.empty else _fact(day, window)
    return ibis.cases((window.start.isnull(), UNKNOWN), else_=_fact(day, window)).cast("int8")


def _fact(day: Any, window: Days | RowDays) -> Any:
    before = day < window.end
    return code(before if window.start is None else before & (day >= window.start))


def _state(table: Table, row: Any, window: Days | RowDays, moment: Moment) -> Any:
    since = row[table.start]
    until = row[table.end] if table.end else ibis.null("date")
    observed = row[table.observed] if table.observed else ibis.null("date")
    match moment:
        case "began":
            return _began(since, until, observed, window)
        case "ended":
            never = (until.isnull() | (until <= since)).fill_null(False)
            return ibis.cases((never, FALSE), else_=_fact(until, window)).cast("int8")
        case _:
            return _held(since, until, observed, window)


def _held(since: Any, until: Any, observed: Any, window: Days | RowDays) -> Any:
    over = ibis.literal(False) if window.start is None else (until <= window.start).fill_null(False)
    over = over | (until <= since).fill_null(False)
    started = ibis.cases(
        (since.notnull(), (since < window.end).ifelse(TRUE, FALSE)),
        ((observed < window.end).fill_null(False), TRUE),
        else_=UNKNOWN,
    )
    return over.ifelse(FALSE, started).cast("int8")


def _began(since: Any, until: Any, observed: Any, window: Days | RowDays) -> Any:
    if window.start is None:
        return _held(since, until, observed, window)
    over = (until <= window.start).fill_null(False) | (until <= since).fill_null(False)
    earlier = (since.isnull() & (observed < window.start)).fill_null(False)
    return ibis.cases(
        (over | earlier, FALSE),
        (since.notnull(), _fact(since, window)),
        else_=UNKNOWN,
    ).cast("int8")


__all__ = ["DAY", "Days", "RowDays", "date_code", "days", "row_code", "row_days"]
