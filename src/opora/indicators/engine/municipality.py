"""To which municipality a row belongs."""

from __future__ import annotations

from collections.abc import Collection

from opora.indicators.dataset.schema import Table
from opora.indicators.dataset.tables import TABLES
from opora.indicators.formula import bound as b


def municipality_of(table: Table) -> b.Item | None:
    """The municipality of a row: its own column, or that of its owner; None for tables of the whole country."""
    column = table.column("municipality")
    if column is not None:
        return b.Attribute(table.name, column, b.Type.KEY)
    if not table.owner:
        return None
    owner = table.column(table.owner)
    assert owner is not None
    deeper = municipality_of(TABLES[owner.to])
    return b.Follow(table.name, owner.name, owner.to, deeper, b.Type.KEY) if deeper is not None else None


def always_has_municipality(table: Table, strangers: Collection[str]) -> bool:
    """Whether each row belongs to a municipality, if the rows of the tables ``strangers`` may not."""
    column = table.column("municipality") or table.column(table.owner or "")
    if column is None or not column.required:
        return False
    if column.name == "municipality":
        return table.name not in strangers
    return always_has_municipality(TABLES[column.to], strangers)
