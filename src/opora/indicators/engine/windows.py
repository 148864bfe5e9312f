"""Windows of time as dates, and which rows lie in them (docs/semantics.md, section 4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ibis

from opora.indicators.dataset.schema import Table, Time
from opora.indicators.engine.codes import truth
from opora.indicators.formula import bound as b
from opora.indicators.formula.tree import Moment
from opora.indicators.periods import Context, shifted


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


def asked_days(window: b.Window, context: Context, column: Callable[[b.Item], Any]) -> Days | RowDays:
    """The days of any window; ``column`` gives the first day where the asking row tells it."""
    if isinstance(window, b.Fixed):
        return days(window, context)
    if not window.stated:
        return row_days(column(window.start), window.span, context)
    start = stated_day(window.start, context)
    if start is None:
        return row_days(ibis.null("date"), window.span, context)
    end = context.after if window.span is None else shifted(start, window.span.amount, window.span.unit)
    return Days(start, min(end, context.after))


def stated_day(item: b.Item, context: Context) -> dt.date | None:
    """A day that is the same for every row; None for all else, and for a day that nobody has told."""
    match item:
        case b.Plain(dt.date() as day):
            return day
        case b.Instant(name):
            return {
                "on": context.on,
                "period_start": context.period.start,
                "period_end": context.period.end,
                "programme_start": context.programme_start,
            }[name]
        case b.Calculate(op, left, b.Span(amount, unit)):
            first = stated_day(left, context)
            return None if first is None else shifted(first, amount if op == "+" else -amount, unit)
    return None


def row_days(start: Any, span: b.Span | None, context: Context) -> RowDays:
    """From the day in the column ``start`` for ``span``, or up to the date of the count."""
    after = ibis.literal(context.after)
    if span is None:
        return RowDays(start, after)
    unit: Any = {f"{span.unit}s": span.amount}
    return RowDays(start, ibis.least((start + ibis.interval(**unit)).cast("date"), after))


def row_in(table: Table, row: Any, window: Days | RowDays, moment: Moment) -> Any:
    """Whether each row of ``table`` lies in the window."""
    if isinstance(window, Days) and window.empty:
        return truth(False)
    inside = _fact(row[table.start], window) if table.time is Time.FACT else _state(table, row, window, moment)
    return _if_days(window, inside)


def date_in(day: Any, window: Days | RowDays) -> Any:
    """Whether a date lies in the window."""
    if isinstance(window, Days) and window.empty:
        return truth(False)
    return _if_days(window, _fact(day, window))


def _if_days(window: Days | RowDays, inside: Any) -> Any:
    """A window whose first day is not known is unknown; nothing lies in an empty one."""
    if isinstance(window, Days):
        return inside
    return ibis.cases((window.start < window.end, inside), (window.start.notnull(), truth(False)))


def _fact(day: Any, window: Days | RowDays) -> Any:
    before = day < window.end
    return before if window.start is None else before & (day >= window.start)


def _state(table: Table, row: Any, window: Days | RowDays, moment: Moment) -> Any:
    since = row[table.start]
    observed = row[table.observed] if table.observed else None
    until = row[table.end] if table.end else None
    if moment == "ended":
        if until is None:
            return truth(False)
        return (until.notnull() & (until > since).fill_null(True)) & _fact(until, window).fill_null(False)
    begun = _began(since, observed, window) if moment == "began" else _started(since, observed, window)
    if until is None:
        return begun
    lasted = (until > since).fill_null(True)
    return begun & lasted if window.start is None else begun & lasted & (until > window.start).fill_null(True)


def _started(since: Any, observed: Any, window: Days | RowDays) -> Any:
    """By the end of the window. Where the start is not known, a day on which it was seen to hold will do."""
    started = since < window.end
    return started if observed is None else started | (since.isnull() & (observed < window.end))


def _began(since: Any, observed: Any, window: Days | RowDays) -> Any:
    if window.start is None:
        return _started(since, observed, window)
    began = _fact(since, window)
    return began if observed is None else began & ~(since.isnull() & (observed < window.start)).fill_null(False)
