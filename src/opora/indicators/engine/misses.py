"""How near something came to what was asked, in Russian: «16 при норме 18», «на 12 дней раньше начала периода»."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from opora.indicators.dataset.schema import Table, Time
from opora.indicators.engine.naming import shown
from opora.indicators.formula import bound as b
from opora.indicators.formula.kinds import column_of
from opora.indicators.formula.tree import Moment, Operator
from opora.indicators.formula.words import counted, day_of, number, value

OPPOSITE: dict[Operator, Operator] = {"<": ">=", "<=": ">", ">=": "<", ">": "<=", "=": "!=", "!=": "="}
_NORMS = {">=": "", ">": "больше ", "<": "меньше ", "<=": "не больше "}
_MONTH = 30.44


Date = dt.date | None


@dataclass(frozen=True, slots=True)
class Miss:
    words: str = ""
    distance: float = math.inf
    """To sort those by who lack the same: how far it is."""
    of: str = ""
    """What has been measured, where the words do not say it."""

    @property
    def full(self) -> str:
        """The words for where it is not plain what they are about: «часов: 16 при норме 18»."""
        return f"{self.of}: {self.words}" if self.of else self.words


NONE = Miss()


def _day(moment: dt.date | None) -> Date:
    """Engines make a moment of a day to which months were added."""
    return moment.date() if isinstance(moment, dt.datetime) else moment


def lasting(days: int) -> str:
    """«12 дней», «5 месяцев», «3 года»."""
    if days <= 60:
        return counted(days, ("день", "дня", "дней"))
    if days < 730:
        return counted(round(days / _MONTH), ("месяц", "месяца", "месяцев"))
    return counted(int(days / 365.25), ("год", "года", "лет"))


def compared(item: b.Compare, negated: bool, left: Any, right: Any) -> Miss:
    """Of a comparison that does not hold: what is there."""
    op = OPPOSITE[item.op] if negated else item.op
    if left is None or op == "!=":
        return NONE
    if isinstance(left, dt.date):
        return _dates(op, value(item.left), _day(left), _day(right))
    if op == "=":
        column = column_of(item.left)
        return Miss(f"{value(item.left)}: {shown(column, left)}") if item.left.type is not b.Type.KEY else NONE
    if isinstance(left, bool) or right is None:
        return NONE
    said = f"{_plain(left)} при норме {_NORMS[op]}{_plain(right)}"
    return Miss(said, abs(float(left) - float(right)), value(item.left))


def _plain(amount: float) -> str:
    return number(round(float(amount), 6))


def _dates(op: str, name: str, left: Date, right: Date) -> Miss:
    assert left is not None
    said = f"{name}: {left:%d.%m.%Y}"
    if right is None or left == right or op == "=":
        return Miss(said)
    apart = abs((left - right).days)
    return Miss(f"{said}, на {lasting(apart)} {'раньше' if left < right else 'позже'} нужного", apart)


# ── windows ──────────────────────────────────────────────────────────────────────────────────────────────────────

_STARTS = {"period": "начала периода", "previous": "начала предыдущего периода", "last": "начала срока"}
_ENDS = {"period": "конца периода", "previous": "конца предыдущего периода"}


@dataclass(frozen=True, slots=True)
class Dated:
    """The days of a row, and of the window in which it is looked for: ``[first, after)``."""

    since: Date
    until: Date
    first: Date
    after: Date

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Dated:
        return cls(*(_day(row[name]) for name in ("since_", "until_", "first_", "after_")))


def outside(table: Table, window: b.Window, moment: Moment, dated: Dated, on: dt.date) -> Miss:
    """Of a row that does not lie in the window: how far from it."""
    state = table.time is Time.STATE
    if state and moment == "during":
        return _not_then(window, dated, on)
    day = dated.until if state and moment == "ended" else dated.since
    if day is None:
        return Miss("ещё не окончено") if moment == "ended" else NONE
    return _off(window, day, dated, on)


def _not_then(window: b.Window, dated: Dated, on: dt.date) -> Miss:
    """A state that had ended before, or began after."""
    if dated.since is not None and dated.after is not None and dated.since >= dated.after:
        return _off(window, dated.since, dated, on)
    if dated.until is None:
        return NONE
    apart = (dated.first - dated.until).days if dated.first is not None else 0
    if apart < 0:
        return NONE
    if window == b.Fixed("date"):
        return Miss(f"окончено {dated.until:%d.%m.%Y}", apart)
    return Miss(f"окончено {dated.until:%d.%m.%Y}, на {lasting(max(apart, 1))} раньше {_start(window)}", apart)


def _off(window: b.Window, day: dt.date, dated: Dated, on: dt.date) -> Miss:
    if day > on:
        apart = (day - on).days
        return Miss(f"{day:%d.%m.%Y}, на {lasting(apart)} позже дня подсчёта", apart)
    if dated.first is not None and day < dated.first:
        apart = (dated.first - day).days
        return Miss(f"{day:%d.%m.%Y}, на {lasting(apart)} раньше {_start(window)}", apart)
    if dated.after is not None and day >= dated.after:
        apart = (day - dated.after).days + 1
        return Miss(f"{day:%d.%m.%Y}, на {lasting(apart)} позже {_end(window)}", apart)
    return NONE


def _start(window: b.Window) -> str:
    if isinstance(window, b.From):
        return day_of(window.start)
    return _STARTS.get(window.kind, "начала срока")


def _end(window: b.Window) -> str:
    return _ENDS.get(window.kind, "конца срока") if isinstance(window, b.Fixed) else "конца срока"


def fell_short(have: float, enough: float, many: str) -> Miss:
    """«3 из 4 заседаний»."""
    said = f"{_plain(have)} из {_plain(enough)}"
    return Miss(f"{said} {many}".strip(), enough - float(have))
