"""Numbers, dates and names as a Russian reader expects them: 43,2 %, 31.12.2022, ё beside е."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from opora.indicators.formula.numerals import form_with
from opora.indicators.results import Shape, Value

NBSP = "\u00a0"
MINUS = "\u2212"
NO_DATA = "н/д"
NOTHING = "—"
MORE_DIGITS = 4

SortKey = tuple[tuple[int, int, str], ...]


class Look(StrEnum):
    """How a number is written."""

    PERCENT = "percent"
    NUMBER = "number"
    YES_NO = "yes_no"


def number(value: float | None, digits: int = 2) -> str:
    """``1234.5`` → «1234,5», ``12000`` → «12 000»; no more than ``digits`` after the comma, no trailing zeros."""
    if value is None:
        return NO_DATA
    text = _rounded(value, digits)
    return _russian(text.rstrip("0").rstrip(".") if "." in text else text)


def percent(share: float | None, digits: int = 1, *, unlike: float | None = None) -> str:
    """``0.432`` → «43,2 %». What is not all and not nothing is never shown as 100 % or 0 %.

    With ``unlike``, what is not equal to it never looks equal: 64,96 % beside a target of 65 %."""
    if share is None:
        return NO_DATA
    hundred = _decimal(share) * 100
    text = _rounded(hundred, digits)
    if 0 < share < 1 and Decimal(text) in (0, 100):
        return _edge(share, digits)
    if unlike is not None:
        text = _told_apart(hundred, _decimal(unlike) * 100, digits)
    return f"{_russian(text)}{NBSP}%"


def look_of(value: Value, unit: str) -> Look:
    if value.shape is Shape.SHARE:
        return Look.PERCENT
    if value.shape is Shape.YES_NO:
        return Look.YES_NO
    return Look.PERCENT if unit.strip().startswith("%") and value.shape is not Shape.COUNT else Look.NUMBER


def shown(look: Look, value: float | None, *, unlike: float | None = None) -> str:
    """A value, a bound or a target in its look."""
    if value is None:
        return NO_DATA
    if look is Look.PERCENT:
        return percent(value, unlike=unlike)
    if look is Look.YES_NO:
        return "да" if value >= 1 else "нет"
    return number(value)


def goal(look: Look, value: float) -> str:
    """A target as people say it: 65 %, not 65,0 %."""
    return f"{number(value * 100)}{NBSP}%" if look is Look.PERCENT else shown(look, value)


def tied(text: str) -> str:
    """Signs and short words stay on the line of their number: «не менее 80 %», «№ 5», «к 2025 году»."""
    return re.sub(r"(?<=не) (?=менее|более)|(?<=менее|более|ровно) (?=\d)| (?=%)|(?<=№) |(?<=\bк) (?=\d)", NBSP, text)


def bounds(look: Look, value: Value) -> str:
    """«от 12,0 % до 58,0 %»; a dash where the bounds are the value itself."""
    if value.low is None or not has_spread(value):
        return NOTHING
    if look is Look.YES_NO:
        return "да или нет"
    if value.high is None:
        return f"не{NBSP}меньше {shown(look, value.low)}"
    return f"от{NBSP}{shown(look, value.low)} до{NBSP}{shown(look, value.high)}"


def has_spread(value: Value) -> bool:
    """The unknown leaves room between the bounds."""
    return value.low is not None and value.high != value.low


def out_of(value: Value) -> str:
    """«12 из 34», or nothing where the value has no such parts."""
    if value.n is None or value.total is None:
        return ""
    return f"{number(value.n)} из{NBSP}{number(value.total)}"


def date(day: dt.date) -> str:
    return day.strftime("%d.%m.%Y")


def plural(count: float, one: str, few: str, many: str) -> str:
    """The form alone: 1 показатель, 2 показателя, 5 показателей; 1,5 показателя."""
    return form_with(count, (one, few, many))


def counted(count: float, one: str, few: str, many: str) -> str:
    """«5 показателей», number and form."""
    return f"{number(count)}{NBSP}{plural(count, one, few, many)}"


def listed(words: Sequence[str], *, most: int = 3) -> str:
    """«а, б, в и ещё 4»."""
    shown = ", ".join(words[:most])
    rest = len(words) - most
    return f"{shown} и ещё{NBSP}{rest}" if rest > 0 else shown


def sort_key(text: str) -> SortKey:
    """Russian order: case aside, ё as е, «№ 2» before «№ 10»."""
    plain = text.casefold().replace("ё", "е")
    plain = re.sub(r"[«»\"'„“”`]", "", plain)
    parts = re.findall(r"\d+|\D+", plain)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part.strip()) for part in parts)


def capital(text: str) -> str:
    """A Russian sentence begins with a capital; anything else (an address, a sign) stays as it is."""
    first = text[:1]
    return first.upper() + text[1:] if "а" <= first <= "я" or first == "ё" else text


def _decimal(value: float) -> Decimal:
    """What is written is what is rounded: 0.1235 is 12,35 %, whatever its last bits are."""
    return Decimal(repr(float(value)))


def _rounded(value: float | Decimal, digits: int) -> str:
    exact = value if isinstance(value, Decimal) else _decimal(value)
    return f"{exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP):f}"


def _russian(text: str) -> str:
    """A plain decimal text with a comma, groups of three from five digits on, and a real minus."""
    sign, digits = (MINUS, text[1:]) if text.startswith("-") else ("", text)
    whole, _, rest = digits.partition(".")
    if len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", NBSP)
    sign = "" if not int(whole.replace(NBSP, "")) and not rest.strip("0") else sign
    return f"{sign}{whole},{rest}" if rest else f"{sign}{whole}"


def _edge(share: float, digits: int) -> str:
    step = Decimal(1).scaleb(-digits)
    if share < 0.5:
        return f"<{NBSP}{_russian(_rounded(step, digits))}{NBSP}%"
    return f">{NBSP}{_russian(_rounded(100 - step, digits))}{NBSP}%"


def _told_apart(value: Decimal, other: Decimal, digits: int) -> str:
    if abs(value - other) < Decimal("1e-9"):
        return _rounded(value, digits)
    candidates = [(_rounded(value, more), _rounded(other, more)) for more in range(digits, MORE_DIGITS + 1)]
    return next((ours for ours, theirs in candidates if ours != theirs), candidates[-1][0])
