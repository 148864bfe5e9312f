"""A cell of a sheet or a CSV file as a value of its column, or the reason why it is not one."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from opora.indicators.dataset.faults import did_you_mean, plain
from opora.indicators.dataset.letters import strayed_letters
from opora.indicators.dataset.schema import Column, Kind
from opora.indicators.dataset.trimming import trimmed

Raw = str | int | float | bool | dt.date | dt.time | dt.timedelta | None
"""What a file gives; ``datetime`` is a ``date``."""
Value = str | int | float | bool | dt.date | None
"""What the dataset stores."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a cell is not a value of its column, and what to do."""

    message: str
    how_to_mend: str


CellReader = Callable[[Raw], "Value | Unread"]

_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?: \d{3})+)(?:[.,]\d+)?(?:[eE][+-]?\d+)?")
_RUSSIAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?: ?г\.?)?")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_YES = {"да", "1", "true", "истина"}
_NO = {"нет", "0", "false", "ложь"}
FEW = 8
"""Values of a choice that a message can name all."""
_INT64 = 2**63


def is_blank(raw: Raw) -> bool:
    if isinstance(raw, str):
        # Most cells begin with a letter or a digit: those need no trimming.
        return not (raw[:1].isalnum() or trimmed(raw))
    return raw is None


def cell_reader(column: Column) -> CellReader:
    """How the cells of this column are read. An empty cell is an unknown value, whatever the column."""
    read = _reader_of_kind(column)

    def read_cell(raw: Raw) -> Value | Unread:
        if isinstance(raw, str):
            raw = trimmed(raw)
        return None if raw is None or raw == "" else read(raw)

    return read_cell


def _reader_of_kind(column: Column) -> CellReader:
    readers: dict[Kind, CellReader] = {
        Kind.INTEGER: _whole,
        Kind.NUMBER: _number,
        Kind.FLAG: _flag,
        Kind.DATE: _date,
    }
    return _choice_reader(column) if column.kind is Kind.CHOICE else readers.get(column.kind, _text)


def _text(raw: Raw) -> Value | Unread:
    """Excel turns «12» into a number and «01.05.2022» into a date by itself: both come back as they were seen."""
    if isinstance(raw, bool):
        return "да" if raw else "нет"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, float):
        return str(raw).replace(".", ",")
    if isinstance(raw, dt.date):
        return f"{raw:%d.%m.%Y}"
    return str(raw)


def _choice_reader(column: Column) -> CellReader:
    codes = {plain(label): code for code, label in column.choices} | {code: code for code, _ in column.choices}
    labels = [label for _, label in column.choices]

    def read(raw: Raw) -> Value | Unread:
        written = str(_text(raw))
        code = codes.get(plain(written))
        if code is not None:
            return code
        strayed = strayed_letters(written)
        # «школа» looks like «дошкольная» and means another: where the list is short the whole of it is told.
        close = did_you_mean(written, labels)
        enough = close and (strayed or len(labels) > FEW)
        return Unread(
            f"Значения «{written}» нет в списке{strayed}", close if enough else f"{close} {allowed(column)}".strip()
        )

    return read


def allowed(column: Column) -> str:
    """The values of a choice, for a message."""
    return "Допустимо: " + ", ".join(f"«{label}»" for _, label in column.choices)


def _number(raw: Raw) -> Value | Unread:
    number = _as_number(raw)
    return Unread(f"«{_text(raw)}» — не число", "Впишите число, например 0,5") if number is None else number


def _as_number(raw: Raw) -> float | None:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        return None
    if isinstance(raw, str):
        written = " ".join(raw.split())
        if not _NUMBER.fullmatch(written):
            return None
        raw = written.replace(" ", "").replace(",", ".")
    number = float(raw)
    return number if math.isfinite(number) else None


def _whole(raw: Raw) -> Value | Unread:
    if isinstance(raw, str) and re.fullmatch(r"[+-]?\d{1,18}", raw):
        return int(raw)
    number = _as_number(raw)
    if number is None or not number.is_integer() or abs(number) >= _INT64:
        return Unread(f"«{_text(raw)}» — не целое число", "Впишите целое число, например 12")
    return int(number)


def _flag(raw: Raw) -> Value | Unread:
    if isinstance(raw, bool):
        return raw
    word = plain(str(_text(raw)))
    if word in _YES | _NO:
        return word in _YES
    return Unread(f"«{_text(raw)}» — не да и не нет", "Впишите «да» или «нет»; если неизвестно, оставьте пустым")


def _date(raw: Raw) -> Value | Unread:
    if isinstance(raw, dt.datetime):
        return raw.date()
    if isinstance(raw, dt.date):
        return raw
    if isinstance(raw, str):
        return _date_in_text(raw)
    return Unread(
        f"Вместо даты стоит «{_text(raw)}»", "Впишите дату, например 31.12.2022, и задайте ячейке формат «Дата»"
    )


def _date_in_text(written: str) -> Value | Unread:
    russian, iso = _RUSSIAN_DATE.fullmatch(written), _ISO_DATE.fullmatch(written)
    try:
        if russian:
            day, month, year = map(int, russian.groups())
            return dt.date(year, month, day)
        if iso:
            return dt.date(*map(int, iso.groups()))
    except ValueError:
        return Unread(f"Даты «{written}» нет в календаре", "Исправьте день, месяц или год")
    return Unread(f"«{written}» — не дата", "Впишите дату, например 31.12.2022")
