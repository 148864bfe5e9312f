"""Arithmetic of days, by hand."""

from __future__ import annotations

import datetime as dt


def days_of_month(year: int, month: int) -> int:
    first = dt.date(year, month, 1)
    next_first = dt.date(year + 1, 1, 1) if month == 12 else dt.date(year, month + 1, 1)
    return (next_first - first).days


def shift(day: dt.date, amount: int, unit: str) -> dt.date:
    """``day`` moved by so many years, months or days; a day that does not exist becomes the last of its month."""
    if unit == "day":
        return day + dt.timedelta(days=amount)
    months = amount * 12 if unit == "year" else amount
    year = day.year + (day.month - 1 + months) // 12
    month = (day.month - 1 + months) % 12 + 1
    return dt.date(year, month, min(day.day, days_of_month(year, month)))


def full_years(start: dt.date, end: dt.date) -> int:
    """The difference of the years, less one before the anniversary. Born on 29.02: 01.03 of a common year."""
    early = (end.month, end.day) < (start.month, start.day)
    return end.year - start.year - (1 if early else 0)
