"""A raw cell as a typed value with its doubt, or the reason why it is none."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from opora.indicators.dataset.cells import Raw, Unread
from opora.indicators.dataset.letters import strayed_letters
from opora.intake.words.dates import NO_SUCH_DAY, find_dates
from opora.intake.words.letters import plain, tidy

T_co = TypeVar("T_co", covariant=True)
_FIRST_DAY = dt.date(1899, 12, 30)
"""Of Excel: its dates are counted from here."""
_LEAST_SERIAL, _MOST_SERIAL = 15_000, 60_000
_FIRST_YEAR, _LAST_YEAR = 1930, 2049
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_NEGATIVE = re.compile(r"[-−]\d")
_SHORT_YEAR = re.compile(r"\s*(\d{1,2})[./](\d{1,2})[./](\d\d)\s*(?:г\.?)?\s*")
_NOTHING = re.compile(
    r"[\W_]*|нет|не имеет|отсутствует|б/к|н/д|нет данных|не указано|не установлен[ао]?|бессрочн\w*", re.IGNORECASE
)
_MANY_NUMBERS = "в ячейке несколько чисел: взято первое"
_MANY_DATES = "в ячейке несколько дат: взята последняя"
_TWO_ALPHABETS = "в слове буквы двух алфавитов"


@dataclass(frozen=True, slots=True)
class Understood(Generic[T_co]):
    value: T_co
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or as much of it as is stated: without the day only the year is known."""

    year: int
    on: dt.date | None = None
    since: dt.date | None = None
    """Of a course: its first day, where the cell tells both."""


def words(raw: Raw) -> str:
    """As a person reads the cell: tidy, letters of the other alphabet in a word mended."""
    if isinstance(raw, str):
        return tidy(raw).strip()
    if isinstance(raw, bool):
        return "да" if raw else "нет"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() else str(raw).replace(".", ",")
    if isinstance(raw, dt.date):
        return f"{raw:%d.%m.%Y}"
    return "" if raw is None else str(raw)


def is_nothing(text: str) -> bool:
    """«-», «нет», «н/д»."""
    return bool(_NOTHING.fullmatch(text))


def text_of(raw: Raw) -> Understood[str]:
    text = " ".join(words(raw).split())
    strayed = strayed_letters(text)
    return Understood(text, f"{_TWO_ALPHABETS}{strayed}" if strayed else "")


def day_of(raw: Raw) -> Understood[Day] | Unread:
    if isinstance(raw, dt.date):
        on = raw.date() if isinstance(raw, dt.datetime) else raw
        return Understood(Day(on.year, on))
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _day_of_number(raw)
    text = words(raw)
    marks = find_dates(text)
    if not marks:
        return _short_year(text) or Unread(f"«{text}» — не дата", "Впишите дату, например 31.12.2022")
    last = marks[-1]
    if last.doubt == NO_SUCH_DAY:
        return Unread(f"Даты «{text}» нет в календаре", "Исправьте день, месяц или год")
    period = last.period
    known = period.issued or (period.until if _has_days(text) else None)
    year = known.year if known else period.year or (period.until or dt.date.min).year
    doubt = last.doubt or (_MANY_DATES if len(marks) > 1 else "")
    return Understood(Day(year, known, period.since if known else None), doubt)


def _has_days(text: str) -> bool:
    """«12–24 марта 2021» tells days; the last day of «март 2021» would be invented."""
    return len(re.findall(r"\d+", text)) > 2


def _day_of_number(raw: float) -> Understood[Day] | Unread:
    if _FIRST_YEAR <= raw <= _LAST_YEAR and float(raw).is_integer():
        return Understood(Day(int(raw)))
    if _LEAST_SERIAL <= raw <= _MOST_SERIAL:
        on = _FIRST_DAY + dt.timedelta(days=int(raw))
        return Understood(Day(on.year, on), f"число {words(float(raw))} прочитано как дата {on:%d.%m.%Y}")
    return Unread(f"Вместо даты стоит «{words(raw)}»", "Впишите дату, например 31.12.2022")


def _short_year(text: str) -> Understood[Day] | None:
    """«05.03.78»: dates of a past century are written so too."""
    match = _SHORT_YEAR.fullmatch(text)
    if not match:
        return None
    try:
        on = dt.date(1900 + int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None
    return Understood(Day(on.year, on), f"год из двух цифр прочитан как {on.year}")


def number_of(raw: Raw) -> Understood[float] | Unread:
    """«18», «18 ч», «0,5 ст.»; a fraction as people write it. No measure of the dataset is below zero."""
    text = words(raw)
    if _NEGATIVE.match(text):
        return Unread(f"«{text}» меньше нуля", "Впишите число не меньше нуля")
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return Understood(float(raw))
    found = _NUMBER.findall(text)
    if not found:
        return Unread(f"«{text}» — не число", "Впишите число, например 0,5")
    doubt = _MANY_NUMBERS if len(found) > 1 else ""
    return Understood(float(found[0].replace(",", ".")), doubt)


def numbers_of(raw: Raw) -> list[float]:
    """All that a cell lists: «0,5; 0,25», a line for each."""
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return [float(raw)]
    return [float(each.replace(",", ".")) for each in _NUMBER.findall(words(raw))]


Choice = tuple[tuple[str, str], ...]
"""Pattern of the words and the code."""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def choice_of(text: str, choices: Choice, allowed: str) -> Understood[str] | Unread:
    said = plain(text)
    code = next((code for pattern, code in choices if _compiled(pattern).search(said)), None)
    return Understood(code) if code else Unread(f"Значения «{text}» Опора не знает", allowed)
