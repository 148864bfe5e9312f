"""Rows that stand beside those of a batch: what they refer to, and what takes its date from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from opora.registry.batch.changing import Correction
from opora.registry.batch.columns import attribute_of, columns_of, value_of
from opora.registry.batch.writing import rows_of, update
from opora.registry.models import Row
from opora.registry.verbs import Sitting

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

R = TypeVar("R", bound=Row)
D = TypeVar("D", bound="DataclassInstance")


def referred(rows: Sequence[tuple[int, Row]], name: str) -> dict[object, Any]:
    """The rows to which these, all of one model, refer by this field: by id."""
    if not rows:
        return {}
    target: Any = type(rows[0][1])._meta.get_field(name).related_model
    wanted = {value_of(row, name) for _, row in rows} - {None}
    return {each.pk: each for each in target._default_manager.filter(pk__in=wanted)}


def refuse_value(
    sitting: Sitting, rows: Sequence[Row | None], name: str, field: str, values: Collection[str], mend: str
) -> None:
    """What a row refers to by ``name`` must have one of these values in its ``field``."""
    batch = list(sitting.sound(rows))
    there = referred(batch, name)
    for place, row in batch:
        other = there.get(value_of(row, name))
        if other is not None and getattr(other, field) not in values:
            column = columns_of(other.__class__)[field]
            title, label = columns_of(type(row))[name].title, column.label(str(getattr(other, field)))
            sitting.fault(place, name, f"«{title}»: выбрано другое — {label}", mend)


def refuse_above(sitting: Sitting, rows: Sequence[Row | None], part: str, whole: str) -> None:
    """A part is not more than the whole."""
    for place, row in sitting.sound(rows):
        some, every = value_of(row, part), value_of(row, whole)
        if isinstance(some, int | float) and isinstance(every, int | float) and some > every:
            columns = columns_of(type(row))
            message = f"«{columns[part].title}» ({some:g}) больше, чем «{columns[whole].title}» ({every:g})"
            sitting.fault(place, part, message.replace(".", ","), "Исправьте одно из чисел")


def dated_by(told: Sequence[D], name: str, model: type[Row]) -> list[D]:
    """With the date of the row that is named in this field, where no other date is told."""
    kept: Any = model._default_manager
    wanted = {getattr(each, name) for each in told if 0 < getattr(each, name) < 2**63}
    dates = dict(kept.filter(pk__in=wanted).values_list("pk", "date"))
    days: list[dt.date | None] = [each.date or dates.get(getattr(each, name)) for each in told]  # type: ignore[attr-defined]
    return [replace(each, date=day) for each, day in zip(told, days, strict=True)]


def follow_date(sitting: Sitting, corrections: Sequence[Correction], model: type[Row], field: str) -> None:
    """What happened on the same day moves with the rows that were corrected."""
    moved = {each.row: each for each in corrections if "date" in each.becomes}
    attribute = attribute_of(model, field)
    found = rows_of(model).filter(**{f"{attribute}__in": moved}, archived_at__isnull=True)
    _rewrite(sitting, found, lambda row: moved[getattr(row, attribute)])


def _rewrite(sitting: Sitting, rows: Any, correction: Callable[[Any], Correction]) -> None:
    changed = []
    for row in rows:
        told = correction(row)
        if row.date == told.seen["date"]:
            row.date, row.source = told.becomes["date"], sitting.source
            changed.append(row)
    update(changed, ["date", "source"])
