"""Dates in Russian text: days, periods, months, school years, bare years. The longest reading at a place wins."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from opora.intake.words.values import Period

SCHOOL_YEAR = "указан учебный год: неясно, в каком из двух лет выдан документ"
TWO_YEARS = "указаны два года: взят последний"
NO_SUCH_DAY = "такого дня в календаре нет"
FIRST_YEAR, LAST_YEAR = 1950, 2049
_CENTURY = 2000
_MONTHS = (
    "январ",
    "феврал",
    "март",
    "апрел",
    "ма[йея]",
    "июн",
    "июл",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
    "декабр",
)

_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MON = r"(?:0?[1-9]|1[0-2])"
_NAMED = rf"(?:{'|'.join(_MONTHS)})[а-я]{{0,2}}\.?"
_SUFFIX = r"(?:\s*(?:год[ауе]?(?![а-яё])|гг?(?![а-яё])\.?|r(?![a-z])\.?))?"
_DASH = r"\s*(?:-|–|—|по|до|\.\.\.)\s*"
_BEFORE = r"(?<![\d№./])(?<!\d,)(?<![\d][-–])(?<!№ )"
_NO_DIGIT = r"(?!\d|[.,/-]\d)"
_SHORT = rf"({_YEAR}|\d\d)"


@dataclass(frozen=True, slots=True)
class DateMark:
    """A date in a text, from ``start`` to ``end``."""

    start: int
    end: int
    period: Period
    doubt: str = ""


def find_dates(text: str) -> list[DateMark]:
    """In the order of the text, without overlaps."""
    found: list[DateMark] = []
    place = 0
    while (mark := _next_date(text, place)) is not None:
        found.append(mark)
        place = mark.end
    return found


def _next_date(text: str, place: int) -> DateMark | None:
    while candidate := _ANY.search(text, place):
        for pattern, read in _FORMS:
            match = pattern.match(text, candidate.start())
            if match and (mark := read(match)):
                return mark
        place = candidate.start() + 1
    return None


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(_full(year), int(month), int(day))
    except ValueError:
        return None


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else _CENTURY + int(year)


def _month(word: str) -> str:
    return str(next(number for number, stem in enumerate(_MONTHS, 1) if re.match(stem, word.lower())))


def _mark(match: re.Match[str], since: dt.date | None, until: dt.date | None) -> DateMark | None:
    if since is None or until is None or since > until:
        return None
    if not FIRST_YEAR <= since.year <= until.year <= LAST_YEAR:
        return None
    return DateMark(match.start(), match.end(), Period(until.year, since, until))


def _two_full(match: re.Match[str]) -> DateMark | None:
    day1, month1, year1, day2, month2, year2 = match.groups()
    return _mark(match, _day(year1, month1, day1), _day(year2, month2, day2))


def _one_year(match: re.Match[str]) -> DateMark | None:
    day1, month1, day2, month2, year = match.groups()
    until = _day(year, month2, day2)
    since = _day(year, month1, day1)
    if since and until and since > until:
        since = _day(str(until.year - 1), month1, day1)
    return _mark(match, since, until)


def _one_month(match: re.Match[str]) -> DateMark | None:
    day1, day2, month, year = match.groups()
    return _mark(match, _day(year, month, day1), _day(year, month, day2))


def _named_two(match: re.Match[str]) -> DateMark | None:
    day1, month1, year1, day2, month2, year2 = match.groups()
    until = _day(year2, _month(month2), day2)
    return _mark(match, _day(year1 or year2, _month(month1), day1), until)


def _named_one_month(match: re.Match[str]) -> DateMark | None:
    day1, day2, month, year = match.groups()
    return _mark(match, _day(year, _month(month), day1), _day(year, _month(month), day2))


def _single(match: re.Match[str]) -> DateMark | None:
    day, month, year = match.groups()
    return _on(match, year, month, day)


def _named_single(match: re.Match[str]) -> DateMark | None:
    day, month, year = match.groups()
    return _on(match, year, _month(month), day)


def _iso(match: re.Match[str]) -> DateMark | None:
    year, month, day = match.groups()
    return _on(match, year, month, day)


def _on(match: re.Match[str], year: str, month: str, day: str) -> DateMark | None:
    on = _day(year, month, day)
    if not FIRST_YEAR <= _full(year) <= LAST_YEAR:
        return None
    period = Period(_full(year), issued=on)
    return DateMark(match.start(), match.end(), period, "" if on else NO_SUCH_DAY)


def _whole_month(match: re.Match[str]) -> DateMark | None:
    written, year = match.groups()
    month = written if written.isdecimal() else _month(written)
    since = _day(year, month, "1")
    return _mark(match, since, since and since.replace(day=calendar.monthrange(since.year, since.month)[1]))


def _school_year(match: re.Match[str]) -> DateMark | None:
    first = int(match.group(1))
    if _full(match.group(2)) != first + 1:
        return None
    period = Period(None, dt.date(first, 9, 1), dt.date(first + 1, 8, 31))
    return DateMark(match.start(), match.end(), period, SCHOOL_YEAR)


def _years(match: re.Match[str]) -> DateMark | None:
    first, last = int(match.group(1)), int(match.group(2))
    if not first < last <= first + 3:
        return None
    return DateMark(match.start(), match.end(), Period(last), TWO_YEARS)


def _bare_year(match: re.Match[str]) -> DateMark | None:
    return DateMark(match.start(), match.end(), Period(_full(match.group(1))))


_Reading = Callable[[re.Match[str]], DateMark | None]
_FULL = rf"({_DAY})[./]({_MON})[./]{_SHORT}"
_FORMS: tuple[tuple[re.Pattern[str], _Reading], ...] = tuple(
    (re.compile(_BEFORE + pattern + _SUFFIX + ending, re.IGNORECASE), read)
    for pattern, ending, read in (
        (rf"(?:с\s+|от\s+)?{_FULL}{_SUFFIX}{_DASH}{_FULL}", _NO_DIGIT, _two_full),
        (rf"(?:с\s+)?({_DAY})\.({_MON})\.?{_DASH}({_DAY})\.({_MON})\.{_SHORT}", _NO_DIGIT, _one_year),
        (rf"(?:с\s+)?({_DAY}){_DASH}({_DAY})\.({_MON})\.{_SHORT}", _NO_DIGIT, _one_month),
        (
            rf"(?:с\s+)?({_DAY})\s+({_NAMED})(?:\s+({_YEAR}){_SUFFIX})?{_DASH}({_DAY})\s+({_NAMED})\s+({_YEAR})",
            _NO_DIGIT,
            _named_two,
        ),
        (rf"(?:с\s+)?({_DAY}){_DASH}({_DAY})\s+({_NAMED})\s+({_YEAR})", _NO_DIGIT, _named_one_month),
        (_FULL, _NO_DIGIT, _single),
        (rf"«?({_DAY})»?\s+({_NAMED})\s+({_YEAR})", _NO_DIGIT, _named_single),
        (rf"({_YEAR})-(\d\d)-(\d\d)", _NO_DIGIT, _iso),
        (rf"({_NAMED})\s+({_YEAR})", _NO_DIGIT, _whole_month),
        (rf"({_MON})\.({_YEAR})", _NO_DIGIT, _whole_month),
        (rf"({_YEAR})\s*[-–—/]\s*({_YEAR}|\d\d)\s*(?:уч(?![а-яё])\.?\s*|учебн\w+\s+)(?:г\w*\.?)?", "", _school_year),
        (rf"({_YEAR})\s*[-–—/]\s*({_YEAR})", _NO_DIGIT, _years),
        (rf"({_YEAR})", r"(?!\d|[./]\d|-\d)", _bare_year),
        (r"([12]\d)(?=\s?г(?:\.|од|(?![а-яё])))", "", _bare_year),
    )
)
_ANY = re.compile(rf"(?:\b(?:с|от)\s+|«)?(?:\d|\b(?:{'|'.join(_MONTHS)}))", re.IGNORECASE)
