"""Rows that are there: corrected, ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from opora.indicators.dataset.cells import Value
from opora.registry.batch.columns import columns_of, period_fields, value_of
from opora.registry.batch.contradictions import refuse_contradictions
from opora.registry.batch.entering import fill
from opora.registry.batch.references import refuse_dangling
from opora.registry.batch.words import shown
from opora.registry.batch.writing import rows_of, update
from opora.registry.models import Row
from opora.registry.verbs import Sitting

R = TypeVar("R", bound=Row)
_LAST_ID = 2**63


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What somebody changes in a row, by the names of the fields; a reference is an id."""

    row: int
    """Id."""
    seen: Mapping[str, Value]
    """What stood there when she began: of every field that she changes, and of others that she relied on."""
    becomes: Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A state ends."""

    row: int
    """Id."""
    until: dt.date
    """The first day on which it no longer holds."""
    seen_until: dt.date | None = None
    """The end that stood there when this was decided."""


def correct(
    sitting: Sitting, model: type[R], corrections: Sequence[Correction], fields: Collection[str] = ()
) -> list[R]:
    """Corrects a batch of which nothing is asked but what the dataset declares. ``fields``: see ``corrected``."""
    return rewrite(sitting, corrected(sitting, model, corrections, fields), changed_fields(corrections))


def end(sitting: Sitting, model: type[R], endings: Sequence[Ending]) -> list[R]:
    """Ends states with which nothing else ends."""
    return rewrite(sitting, ended(sitting, model, endings), [period_fields(model)[1]])


def locked(
    sitting: Sitting, model: type[R], ids: Sequence[int | None], field: str = "row", *, archived: bool = False
) -> list[R | None]:
    """The living (or the archived) rows of the sitting's municipality with these ids, in their order, held for this
    transaction; None, and a fault, where there is none. ``field`` is the field of the batch that names them; where no
    row is named, there is no fault."""
    rows = _own_rows(sitting, model, [each for each in ids if each is not None])
    taken: set[int] = set()
    told: list[R | None] = []
    for place, each in enumerate(ids):
        if each is None:
            told.append(None)
            continue
        row = rows.get(each)
        if row is None:
            sitting.fault(place, field, "Такой строки нет, или её ведёт другая территория", "Обновите страницу")
        elif (row.archived_at is not None) is not archived:
            sitting.fault(place, field, *(_NOT_ARCHIVED if archived else _ARCHIVED))
        elif each in taken:
            sitting.fault(place, field, "Эта строка названа дважды", "Оставьте одно из изменений")
        taken.add(each)
        told.append(row if row is not None and (row.archived_at is not None) is archived else None)
    return told


_ARCHIVED = "Строка в архиве", "Сначала верните её из архива"
_NOT_ARCHIVED = "Строка не в архиве", "Обновите страницу"


def _own_rows(sitting: Sitting, model: type[R], ids: Sequence[int]) -> dict[int, R]:
    wanted = {each for each in ids if 0 < each < _LAST_ID}
    own = rows_of(model).filter(pk__in=wanted, municipality_id=sitting.municipality)
    return {row.pk: row for row in own.order_by("pk").select_for_update(no_key=True)}


def corrected(
    sitting: Sitting, model: type[R], corrections: Sequence[Correction], fields: Collection[str] = ()
) -> list[R | None]:
    """The rows as they shall be, not yet written, their faults noted.

    ``fields`` are those that may be corrected; all of the dataset's columns if none are named.
    """
    rows = locked(sitting, model, [each.row for each in corrections])
    for place, row in sitting.sound(rows):
        told = corrections[place]
        _require_fields(model, told, fields)
        refuse_changed(sitting, place, row, told.seen)
        fill(sitting, place, row, told.becomes)
    refuse_dangling(sitting, rows, changed_fields(corrections))
    return rows


def ended(sitting: Sitting, model: type[R], endings: Sequence[Ending]) -> list[R | None]:
    """The rows with their ends, not yet written, their faults noted."""
    _, field = period_fields(model)
    rows = locked(sitting, model, [each.row for each in endings])
    for place, row in sitting.sound(rows):
        refuse_changed(sitting, place, row, {field: endings[place].seen_until})
        fill(sitting, place, row, {field: endings[place].until})
    return rows


def rewrite(sitting: Sitting, rows: Sequence[R | None], names: Iterable[str]) -> list[R]:
    """The last step: refuses what now contradicts other rows, then all faults noted, then writes these fields."""
    names = set(names)
    refuse_contradictions(sitting, rows, names)
    sitting.refuse_faults()
    changed = [row for row in rows if row is not None]
    if changed:
        for row in changed:
            row.source = sitting.source
        update(changed, {*names, "source"})
    return changed


def changed_fields(corrections: Iterable[Correction]) -> set[str]:
    return {name for each in corrections for name in each.becomes}


def _require_fields(model: type[Row], told: Correction, fields: Collection[str]) -> None:
    unknown = set(told.becomes) - set(fields or columns_of(model))
    unseen = set(told.becomes) - set(told.seen)
    if unknown or unseen:
        raise ValueError(f"{model.__name__}: not to be corrected: {sorted(unknown)}; not seen: {sorted(unseen)}")


def refuse_changed(sitting: Sitting, place: int, row: Row, seen: Mapping[str, Value]) -> None:
    """What somebody else has written meanwhile is not written over."""
    columns = columns_of(type(row))
    for name, value in seen.items():
        now = value_of(row, name)
        if now != value:
            column = columns[name]
            what = "изменилось" if column.to else f"теперь «{shown(column, now)}», а было «{shown(column, value)}»"
            message = f"Пока вы правили, это изменил кто-то другой: «{column.title}» {what}"
            sitting.fault(place, name, message, "Посмотрите новое значение и, если нужно, исправьте ещё раз")
