"""Rows of one model into the database: one statement, however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar, cast

from django.db import connection
from django.db.models import Field, QuerySet

from opora.registry.batch.columns import attribute_of
from opora.registry.models import Row

R = TypeVar("R", bound=Row)


def rows_of(model: type[R]) -> QuerySet[R]:
    """What is seen of the model's rows, as the type that they have."""
    return cast("QuerySet[R]", model._default_manager.all())


def insert(rows: Sequence[R]) -> None:
    """Rows of one model. They get their ids."""
    if rows:
        rows_of(type(rows[0])).bulk_create(rows)


def update(rows: Sequence[Row], names: Iterable[str]) -> None:
    """Writes these fields of the rows, all of one model. (Django's ``bulk_update`` compares all rows with all ids.)"""
    names = sorted(names)
    if not rows or not names:
        return
    model = type(rows[0])
    fields = [_field(model, name) for name in names]
    given, arrays, values = _arrays(rows, ["id", *names])
    sets = ", ".join(f'"{field.column}" = given."{name}"' for field, name in zip(fields, names, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{model._meta.db_table}" kept SET {sets} FROM unnest({arrays}) AS given ({given}) '
            f"WHERE kept.id = given.id",
            values,
        )


def repeats(rows: Sequence[Row], names: Sequence[str], known: Sequence[str]) -> list[tuple[int, int]]:
    """Which rows agree in all these fields with a living row of the same municipality that is none of them: place in
    the batch, id. ``known`` are those that must be filled in both."""
    if not rows:
        return []
    model = type(rows[0])
    given, arrays, values = _arrays(rows, names)
    # Equality where it must hold lets PostgreSQL look the rows up instead of comparing all with all.
    agree = " AND ".join(
        f'kept."{_field(model, name).column}" {"=" if name in known else "IS NOT DISTINCT FROM"} given."{name}"'
        for name in names
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT given.place - 1, kept.id FROM unnest({arrays}) WITH ORDINALITY AS given ({given}, place) "
            f'JOIN "{model._meta.db_table}" kept ON {agree} WHERE kept.archived_at IS NULL '
            f"AND kept.municipality_id = %s AND kept.id <> ALL (%s::bigint[])",
            [*values, rows[0].municipality_id, [row.pk for row in rows if row.pk is not None]],
        )
        return [(int(place), int(pk)) for place, pk in cursor.fetchall()]


def _arrays(rows: Sequence[Row], names: Sequence[str]) -> tuple[str, str, list[list[Any]]]:
    """Rows as a table of SQL: its columns, its arrays, their values."""
    model = type(rows[0])
    columns = ", ".join(f'"{name}"' for name in names)
    arrays = ", ".join(f"%s::{_type(model, name)}[]" for name in names)
    return columns, arrays, [[getattr(row, attribute_of(model, name)) for row in rows] for name in names]


def _type(model: type[Row], name: str) -> str:
    return "bigint" if name == "id" else str(_field(model, name).db_type(connection))


def _field(model: type[Row], name: str) -> Field[Any, Any]:
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return field
