"""Why a line can be no row of its table, by the declaration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from opora.indicators.dataset.cells import allowed
from opora.indicators.dataset.schema import Column, Kind, Table

_TYPES: dict[Kind, tuple[type, ...]] = {
    Kind.INTEGER: (int,),
    Kind.NUMBER: (int, float),
    Kind.FLAG: (bool,),
    Kind.DATE: (dt.date,),
}
_NAMED = {Kind.INTEGER: "не целое число", Kind.NUMBER: "не число", Kind.FLAG: "не да и не нет", Kind.DATE: "не дата"}


def fault_of(table: Table, stated: Mapping[str, object], *, new: bool) -> str:
    """In Russian; empty where there is none. ``new``: what is required must be stated."""
    for name, value in stated.items():
        column = table.column(name)
        if column is None:
            return f"В таблице «{table.title}» нет столбца «{name}»"
        if value is not None and (fault := _fault_of_value(column, value)):
            return fault
    lacks = [column.title for column in table.columns if new and _lacks(column, stated)]
    told = ", ".join(f"«{title}»" for title in lacks)
    return f"Такой строки в реестре нет, а для новой не заполнено: {told}" if lacks else ""


def _lacks(column: Column, stated: Mapping[str, object]) -> bool:
    return column.required and column.name not in ("id", "municipality") and stated.get(column.name) is None


def fault_of_dates(table: Table, row: Mapping[str, object]) -> str:
    for first, last in ((table.start, table.end), ("started", "completed")):
        begins, ends = row.get(first), row.get(last)
        if isinstance(begins, dt.date) and isinstance(ends, dt.date) and ends < begins:
            return f"Конец ({ends:%d.%m.%Y}) раньше начала ({begins:%d.%m.%Y})"
    return ""


def _fault_of_value(column: Column, value: object) -> str:
    kinds = _TYPES.get(column.kind, (str,))
    if not isinstance(value, kinds) or (isinstance(value, bool) and column.kind is not Kind.FLAG):
        return f"«{column.title}»: «{value}» — {_NAMED.get(column.kind, 'не текст')}"
    if column.kind is Kind.CHOICE and value not in dict(column.choices):
        return f"«{column.title}»: значения «{value}» нет в списке. {allowed(column)}"
    if column.minimum is not None and isinstance(value, int | float) and value < column.minimum:
        return f"«{column.title}»: {value} меньше {column.minimum:g}"
    return ""
