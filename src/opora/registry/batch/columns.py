"""Which fields of a model are columns of the dataset, and what may stand in them."""

from __future__ import annotations

import datetime as dt
import math
from functools import cache

from opora.indicators.dataset.cells import Unread, Value, allowed
from opora.indicators.dataset.check_rules import FIRST_BIRTH, FIRST_YEAR, LAST_BIRTH, LAST_YEAR, period_of
from opora.indicators.dataset.schema import Column, Kind
from opora.indicators.dataset.trimming import trimmed
from opora.registry.models import Row

_INT64 = 2**63
_TYPES: dict[Kind, tuple[type, ...]] = {
    Kind.REF: (int,),
    Kind.TEXT: (str,),
    Kind.CHOICE: (str,),
    Kind.INTEGER: (int,),
    Kind.NUMBER: (int, float),
    Kind.FLAG: (bool,),
    Kind.DATE: (dt.date,),
}


@cache
def columns_of(model: type[Row]) -> dict[str, Column]:
    """By the names of the fields; without the key and the row's own municipality, which no verb is given."""
    named = {model.named_otherwise.get(column.name, column.name): column for column in model.dataset.columns}
    return {name: column for name, column in named.items() if column.kind is not Kind.KEY and name != "municipality"}


@cache
def attribute_of(model: type[Row], name: str) -> str:
    """Where the model keeps the plain value of a field: of a reference, the id."""
    return str(getattr(model._meta.get_field(name), "attname"))  # noqa: B009 - not every kind of field has it


def period_fields(model: type[Row]) -> tuple[str, str]:
    """The fields of the first day and of the end; empty where a row does not last."""
    return period_of(model.dataset)


def value_of(row: Row, name: str) -> Value:
    value: Value = getattr(row, attribute_of(type(row), name))
    return value


def checked(column: Column, value: object) -> Value | Unread:
    """The value as it is stored, or why it is not one of this column. Of another type it is a programming error."""
    if isinstance(value, str):
        value = trimmed(value) or None
    if value is None:
        empty = Unread(f"Не заполнено: «{column.title}»", "Впишите значение")
        return empty if column.required else None
    _require_type(column, value)
    return _checked_known(column, value)


def _require_type(column: Column, value: object) -> None:
    right = isinstance(value, _TYPES[column.kind])
    if not right or isinstance(value, dt.datetime) or (isinstance(value, bool) and column.kind is not Kind.FLAG):
        raise TypeError(f"{column.name} is a {column.kind}, and was given {type(value).__name__}")


def _checked_known(column: Column, value: object) -> Value | Unread:
    match value:
        case dt.date():
            return _checked_date(column, value)
        case bool():
            return value
        case int() | float() if column.kind is not Kind.REF:
            return _checked_number(column, value)
        case str() if column.kind is Kind.CHOICE:
            return _checked_choice(column, value)
        case str():
            return _checked_text(column, value)
        case int():
            return value
    raise TypeError(type(value))


def _checked_date(column: Column, value: dt.date) -> Value | Unread:
    first, last = (FIRST_BIRTH, LAST_BIRTH) if column.name == "born" else (FIRST_YEAR, LAST_YEAR)
    if first <= value.year <= last:
        return value
    return Unread(f"«{column.title}»: год в дате {value:%d.%m.%Y} не между {first} и {last}", "Исправьте год")


def _checked_number(column: Column, value: float) -> Value | Unread:
    if not math.isfinite(value) or abs(value) >= _INT64:
        return Unread(f"«{column.title}»: слишком большое число", "Впишите другое число")
    if column.minimum is not None and value < column.minimum:
        shown = f"{value:g}".replace(".", ",")
        return Unread(
            f"«{column.title}»: число {shown} меньше {column.minimum:g}", f"Впишите число не меньше {column.minimum:g}"
        )
    return float(value) if column.kind is Kind.NUMBER else value


def _checked_choice(column: Column, value: str) -> Value | Unread:
    if value in dict(column.choices):
        return value
    return Unread(f"«{column.title}»: значения «{value}» нет в списке", allowed(column))


def _checked_text(column: Column, value: str) -> Value | Unread:
    try:
        value.encode()
    except UnicodeEncodeError:
        return Unread(f"«{column.title}»: в тексте есть знак, который нельзя сохранить", "Наберите текст заново")
    if "\0" in value:
        return Unread(f"«{column.title}»: в тексте есть знак с кодом 0", "Наберите текст заново")
    return value
