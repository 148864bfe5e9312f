"""What a model says of its fields: taken from the dataset's declaration, so that nothing is said twice."""

from __future__ import annotations

from typing import Any

from opora.indicators.dataset.schema import Table


def about(table: Table, name: str) -> dict[str, Any]:
    """Title, hint and allowed values of the dataset's column, as arguments of a Django field."""
    column = table.column(name)
    if column is None:
        raise LookupError(f"{table.name} has no column {name}")
    told: dict[str, Any] = {"verbose_name": column.title, "blank": not column.required}
    if column.meaning:
        told["help_text"] = column.meaning
    if column.choices:
        told["choices"] = column.choices
    return told
