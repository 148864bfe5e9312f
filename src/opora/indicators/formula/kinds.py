"""Of what kind a bound item is: its type, the column or the table at its end, with what it may be compared."""

from __future__ import annotations

from opora.indicators.dataset.schema import Column, Kind, Table
from opora.indicators.formula import bound as b

TYPES = {
    Kind.KEY: b.Type.KEY,
    Kind.REF: b.Type.KEY,
    Kind.TEXT: b.Type.TEXT,
    Kind.CHOICE: b.Type.TEXT,
    Kind.INTEGER: b.Type.NUMBER,
    Kind.NUMBER: b.Type.NUMBER,
    Kind.FLAG: b.Type.TRUTH,
    Kind.DATE: b.Type.DATE,
}
ORDERED = (b.Type.NUMBER, b.Type.DATE, b.Type.RANGE)


def years_as_number(item: b.Item, opposite: b.Item) -> b.Item:
    """«tenure >= 3 years»: full years are a number."""
    if isinstance(item, b.Span) and item.unit == "year" and opposite.type in (b.Type.NUMBER, b.Type.RANGE):
        return b.Plain(float(item.amount), b.Type.NUMBER)
    return item


def has_person(table: Table) -> bool:
    return table.name == "person" or table.column("person") is not None


def comparable(left: b.Item, right: b.Item) -> bool:
    if b.Type.RANGE in (left.type, right.type):
        other = right if left.type is b.Type.RANGE else left
        return other.type is b.Type.NUMBER and isinstance(other, b.Plain)
    return left.type is right.type and left.type is not b.Type.DURATION


def innermost(item: b.Item) -> b.Item:
    """The item under names, references and relations: where its value is read."""
    while isinstance(item, (b.Follow, b.Outer, b.Defined, b.Latest)):
        item = item.item
    return item


def column_of(item: b.Item) -> Column | None:
    core = innermost(item)
    return core.column if isinstance(core, b.Attribute) else None


def points_to(item: b.Item) -> str:
    core = innermost(item)
    if isinstance(core, b.Key):
        return core.table
    if isinstance(core, b.Attribute):
        return core.column.to or core.table
    return ""


def target_of(item: b.Item) -> str | None:
    return points_to(item) or None if item.type is b.Type.KEY else None


def extended(item: b.Item, inner: b.Item) -> b.Item:
    """The reference at the end of ``item``, followed to ``inner``."""
    match item:
        case b.Defined(_, _, deeper):
            return extended(deeper, inner)
        case b.Follow(table, ref, to, deeper):
            return b.Follow(table, ref, to, extended(deeper, inner), inner.type)
        case b.Latest(rows, deeper):
            return b.Latest(rows, extended(deeper, inner), inner.type)
        case b.Attribute(table, column):
            return b.Follow(table, column.name, column.to, inner, inner.type)
    return inner
