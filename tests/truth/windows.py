"""Windows of time: their bounds, and the code of a row in them. Section 4 of ``docs/semantics.md``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from opora.indicators.dataset.schema import Table, Time
from opora.indicators.formula import tree as t
from tests.truth.days import shift
from tests.truth.town import Cell, Context, Row

FALSE, UNKNOWN, TRUE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Bounds:
    """The days from ``start`` (None: since ever) up to, not including, ``end``."""

    start: dt.date | None
    end: dt.date

    @property
    def empty(self) -> bool:
        return self.start is not None and self.start >= self.end

    def holds(self, day: dt.date) -> bool:
        return not self.before(day) and day < self.end

    def before(self, day: dt.date) -> bool:
        """Whether the day is earlier than the window."""
        return self.start is not None and day < self.start

    def not_after_start(self, day: dt.date) -> bool:
        return self.start is not None and day <= self.start


def on_the_date(context: Context) -> Bounds:
    return Bounds(context.on, context.after)


def in_period(context: Context) -> Bounds:
    return Bounds(context.period_start, min(context.period_end, context.after))


def default_bounds(table: Table, context: Context) -> Bounds:
    """Of a relation or a thing that names no window. For an entity it only says when it must be complete."""
    return in_period(context) if table.time is Time.FACT else on_the_date(context)


def start_of(window: t.Window) -> t.Path | t.Date | None:
    """The date from which the window is measured, if the formula names one."""
    if isinstance(window, t.Within):
        return window.of
    if isinstance(window, t.Since):
        return window.start
    return window.day if isinstance(window, t.OnDate) else None


def bounds_of(window: t.Window, start: Cell, context: Context) -> Bounds | None:
    """``start`` is the value of ``start_of(window)``. None: the window is not known."""
    if start_of(window) is not None:
        return _measured(window, start, context) if isinstance(start, dt.date) else None
    if isinstance(window, t.Within):
        length = window.length
        return Bounds(shift(context.after, -length.amount, length.unit), context.after)
    if isinstance(window, t.Ever):
        return Bounds(None, context.after)
    assert isinstance(window, t.InPeriod)
    if window.previous:
        return Bounds(context.previous_start, min(context.period_start, context.after))
    return in_period(context)


def _measured(window: t.Window, start: dt.date, context: Context) -> Bounds:
    if isinstance(window, t.OnDate):
        return Bounds(start, min(shift(start, 1, "day"), context.after))
    if isinstance(window, t.Within):
        end = shift(start, window.length.amount, window.length.unit)
        return Bounds(start, min(end, context.after))
    return Bounds(start, context.after)


def row_code(table: Table, row: Row, moment: t.Moment, bounds: Bounds | None) -> int:
    """Whether the row is in the window."""
    if table.time is Time.ENTITY:
        return TRUE
    if table.time is Time.FACT:
        return day_code(row.get(table.start), bounds)
    if bounds is None:
        return UNKNOWN
    if bounds.empty:
        return FALSE
    return _state_code(
        _day(row.get(table.start)), _day(row.get(table.end)), _day(row.get(table.observed)), moment, bounds
    )


def day_code(day: Cell, bounds: Bounds | None) -> int:
    """Whether a date is in the window. Nothing is in an empty one, known or not."""
    if bounds is None:
        return UNKNOWN
    if bounds.empty:
        return FALSE
    if not isinstance(day, dt.date):
        return UNKNOWN
    return TRUE if bounds.holds(day) else FALSE


def _state_code(
    since: dt.date | None, until: dt.date | None, seen: dt.date | None, moment: t.Moment, bounds: Bounds
) -> int:
    if since is not None and until is not None and until <= since:
        return FALSE
    if moment == "ended":
        return TRUE if until is not None and bounds.holds(until) else FALSE
    if until is not None and bounds.not_after_start(until):
        return FALSE
    return _began(since, seen, bounds) if moment == "began" else _during(since, seen, bounds)


def _began(since: dt.date | None, seen: dt.date | None, bounds: Bounds) -> int:
    if since is not None:
        return TRUE if bounds.holds(since) else FALSE
    return FALSE if seen is not None and bounds.before(seen) else UNKNOWN


def _during(since: dt.date | None, seen: dt.date | None, bounds: Bounds) -> int:
    if since is not None:
        return TRUE if since < bounds.end else FALSE
    return TRUE if seen is not None and seen < bounds.end else UNKNOWN


def _day(cell: Cell) -> dt.date | None:
    return cell if isinstance(cell, dt.date) else None
