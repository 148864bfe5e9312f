"""Rows and values as a message speaks of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from opora.indicators.dataset.cells import Value
from opora.indicators.dataset.schema import Column, Kind, Time
from opora.registry.batch.columns import columns_of, value_of
from opora.registry.models import Row


def shown(column: Column, value: Value) -> str:
    """As a reader writes it."""
    match value:
        case None:
            return "не заполнено"
        case bool():
            return "да" if value else "нет"
        case dt.date():
            return f"{value:%d.%m.%Y}"
        case float():
            return f"{value:g}".replace(".", ",")
    return column.label(str(value))


def described(row: Row) -> str:
    """A row by what is known of it, in a few words: «Иванова Анна Петровна», «учитель, с 01.09.2021»."""
    columns = columns_of(type(row))
    if "last_name" in columns:
        name = filter(None, (value_of(row, part) for part in ("last_name", "first_name", "patronymic")))
        return " ".join(map(str, name)) or "без имени"
    words = [
        shown(column, value)
        for name, column in columns.items()
        if column.kind in (Kind.TEXT, Kind.CHOICE) and (value := value_of(row, name)) is not None
    ]
    return ", ".join([*words[:2], *filter(None, [period(row)])]) or f"код {row.key}"


def period(row: Row) -> str:
    """Of a state «с 01.09.2021 по 31.08.2022», the last day included, as people say it; of a fact its day."""
    table = type(row).dataset
    first, end = (value_of(row, name) if name else None for name in (table.start, table.end))
    if table.time is not Time.STATE or not table.end:
        return f"{first:%d.%m.%Y}" if isinstance(first, dt.date) else ""
    parts = [f"с {first:%d.%m.%Y}"] if isinstance(first, dt.date) else []
    parts += [f"по {end - dt.timedelta(1):%d.%m.%Y}"] if isinstance(end, dt.date) else []
    return " ".join(parts)


def listed(words: Iterable[str], most: int = 3) -> str:
    """«Иванова, Петров и ещё 12»."""
    every = list(words)
    rest = len(every) - most
    return ", ".join(every[:most]) + (f" и ещё {rest}" if rest > 0 else "")
