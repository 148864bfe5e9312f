"""Dates of a count: reporting periods and the arithmetic of days."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from opora.indicators.formula.tree import Unit

DAY = dt.timedelta(days=1)


def shifted(day: dt.date, amount: int, unit: Unit) -> dt.date:
    """``day`` moved; where the month has no such day, its last day (29.02.2024 a year on is 28.02.2025)."""
    if unit == "day":
        return day + dt.timedelta(days=amount)
    months = day.year * 12 + day.month - 1 + amount * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``start`` up to, not including, ``end``. ``months`` is its length: 12, 6, 3 or 1."""

    start: dt.date
    months: int

    @property
    def end(self) -> dt.date:
        return shifted(self.start, self.months, "month")

    @property
    def previous(self) -> Period:
        return Period(shifted(self.start, -self.months, "month"), self.months)

    @property
    def year_before(self) -> Period:
        return Period(shifted(self.start, -12, "month"), self.months)

    @property
    def title(self) -> str:
        """As a person writes it: «2022 год», «2021/22 учебный год», «1 полугодие 2022 года»."""
        year = self.start.year
        if self.months == 12:
            return f"{year} год" if self.start.month == 1 else f"{year}/{(year + 1) % 100:02d} учебный год"
        if self.months == 6:
            return f"{1 if self.start.month == 1 else 2} полугодие {year} года"
        if self.months == 3:
            return f"{self.start.month // 3 + 1} квартал {year} года"
        return f"{self.start:%m.%Y}"


class BadPeriod(ValueError):
    """The text is not a period; the message is in Russian."""


_FORMS = "пишите 2022, 2021/22, 2022-H1, 2022-Q3 или 2022-09"


def parse_period(text: str) -> Period:
    """``2022``, ``2021/22`` (school year, from 1 September), ``2022-H1``, ``2022-Q3``, ``2022-09``.

    Raises ``BadPeriod``.
    """
    found = re.fullmatch(r"((?:19|20|21)\d\d)(?:/(\d\d(?:\d\d)?)|-([HQ])(\d)|-(\d\d))?", text.strip(), re.ASCII)
    if not found:
        raise BadPeriod(f"Период «{text}» не понят: {_FORMS}")
    year = int(found[1])
    if found[2]:
        following = str(year + 1)[-len(found[2]) :]
        if found[2] != following:
            raise BadPeriod(f"Учебный год «{text}»: после {year} идёт {following}")
        return Period(dt.date(year, 9, 1), 12)
    if found[3]:
        months = 6 if found[3] == "H" else 3
        number = int(found[4])
        if not 1 <= number <= 12 // months:
            raise BadPeriod(f"Период «{text}» не понят: {_FORMS}")
        return Period(dt.date(year, (number - 1) * months + 1, 1), months)
    if found[5]:
        if not 1 <= int(found[5]) <= 12:
            raise BadPeriod(f"Месяца {found[5]} не бывает: {_FORMS}")
        return Period(dt.date(year, int(found[5]), 1), 1)
    return Period(dt.date(year, 1, 1), 12)


@dataclass(frozen=True, slots=True)
class Context:
    """When a count is made: on which date, for which period, and since when the programme runs (if it is known)."""

    on: dt.date
    period: Period
    programme_start: dt.date | None = None

    @classmethod
    def on_date(cls, on: dt.date, programme_start: dt.date | None = None, period: Period | None = None) -> Context:
        """With the calendar year of ``on`` as the period where none is given."""
        return cls(on, period or Period(dt.date(on.year, 1, 1), 12), programme_start)

    @property
    def after(self) -> dt.date:
        """The first day of which nothing is known yet."""
        return self.on + DAY

    @property
    def year_before(self) -> Context:
        return Context(shifted(self.on, -12, "month"), self.period.year_before, self.programme_start)
