"""New rows: states that begin, facts that are recorded."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, TypeVar

from opora.indicators.dataset.cells import Unread
from opora.registry.batch.columns import attribute_of, checked, columns_of, period_fields, value_of
from opora.registry.batch.contradictions import refuse_contradictions
from opora.registry.batch.references import refuse_dangling
from opora.registry.batch.writing import insert
from opora.registry.models import Row
from opora.registry.verbs import Sitting

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

R = TypeVar("R", bound=Row)


def enter(
    sitting: Sitting, model: type[R], told: Sequence[DataclassInstance], *, besides: Collection[str] = ()
) -> list[R]:
    """Enters a batch of which nothing is asked but what the dataset declares."""
    return write(sitting, prepared(sitting, model, told, besides=besides))


def prepared(
    sitting: Sitting, model: type[R], told: Sequence[DataclassInstance], *, besides: Collection[str] = ()
) -> list[R]:
    """Rows made of what is told, in its order, not yet written, their faults noted: also faulty rows are there.

    The fields of ``told`` are called as those of the model (a reference is an id), except those in ``besides``.
    """
    rows = [_row(sitting, place, model, _values(each, besides)) for place, each in enumerate(told)]
    refuse_dangling(sitting, rows)
    return rows


def write(sitting: Sitting, rows: Sequence[R | None]) -> list[R]:
    """The last step: refuses what contradicts other rows, then all faults that were noted, then enters the rows."""
    refuse_contradictions(sitting, rows)
    sitting.refuse_faults()
    new = [row for row in rows if row is not None]
    for row in new:
        row.source = sitting.source
    insert(new)
    return new


def refuse_unfilled(sitting: Sitting, rows: Sequence[Row | None], *names: str) -> None:
    """What the dataset may leave unknown, but the verb cannot do without."""
    for place, row in enumerate(rows):
        for name in names:
            if row is not None and value_of(row, name) is None:
                title = columns_of(type(row))[name].title
                sitting.fault(place, name, f"Не заполнено: «{title}»", "Впишите значение")


def _values(told: DataclassInstance, besides: Collection[str]) -> dict[str, object]:
    return {each.name: getattr(told, each.name) for each in fields(told) if each.name not in besides}


def _row(sitting: Sitting, place: int, model: type[R], values: Mapping[str, object]) -> R:
    row = blank(sitting, model)
    fill(sitting, place, row, {name: values.get(name) for name in columns_of(model)} | dict(values))
    return row


def blank(sitting: Sitting, model: type[R]) -> R:
    """A new row of which nothing is said yet."""
    return model(key=str(uuid.uuid4()), municipality_id=sitting.municipality)


def copied(row: R) -> R:
    """A new row that says the same."""
    model = type(row)
    values = {attribute_of(model, name): value_of(row, name) for name in columns_of(model)}
    return model(key=str(uuid.uuid4()), municipality_id=row.municipality_id, **values)


def fill(sitting: Sitting, place: int, row: Row, values: Mapping[str, object]) -> None:
    """Puts the values into the row, noting those that their columns do not allow."""
    columns = columns_of(type(row))
    for name, value in values.items():
        found = checked(columns[name], value)
        if isinstance(found, Unread):
            sitting.fault(place, name, found.message, found.how_to_mend)
        else:
            setattr(row, attribute_of(type(row), name), found)
    _refuse_end_before_start(sitting, place, row)


def _refuse_end_before_start(sitting: Sitting, place: int, row: Row) -> None:
    start, end = period_fields(type(row))
    if not start or not end:
        return
    first, last = value_of(row, start), value_of(row, end)
    if first and last and last < first:  # type: ignore[operator]  # both are dates
        sitting.fault(place, end, f"Конец ({last:%d.%m.%Y}) раньше начала ({first:%d.%m.%Y})", "Исправьте одну из дат")
