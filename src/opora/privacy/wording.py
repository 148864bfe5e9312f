"""Values of any table as a reader writes them. Whoever reads what is told of herself reads no name of other people."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import BinaryField, Field, ForeignKey, Model
from django.utils.timezone import localtime

from opora.indicators.dataset.schema import Kind
from opora.people.models import Person
from opora.registry.batch.columns import columns_of
from opora.registry.batch.words import described, shown
from opora.registry.models import Row

EMPTY = "не заполнено"
_UNTOLD = {"id", "source_id", "password", "data", "extra_data", "session_key", "digest", "token", "token_secret"}
"""Numbers of ours, and secrets."""

Told = tuple[type[Model], Any, Any]
"""A model, its field, a value of it."""


def fields_of(model: type[Model]) -> dict[str, Field[Any, Any]]:
    """Those that are told, by their columns."""
    found = {str(field.column): field for field in model._meta.local_fields if not isinstance(field, BinaryField)}
    return {column: field for column, field in found.items() if column not in _UNTOLD}


class Wording:
    """What the values refer to is looked up once for all of them, as far as the scope goes."""

    def __init__(self, cards: Collection[int] | None, values: Iterable[Told]) -> None:
        """``cards`` are those of the person who is told of herself; None: it is told to who may see all people."""
        self._cards = cards
        ids: defaultdict[Any, set[int]] = defaultdict(set)
        for _, field, value in values:
            if isinstance(field, ForeignKey) and value is not None and not self._hidden(field.related_model):
                ids[field.related_model].add(value)
        self._titles = {target: _titles(target, found) for target, found in ids.items()}

    def of(self, model: type[Model], field: Field[Any, Any], value: Any) -> str:
        """``value`` as it is in Python, or as JSON tells it."""
        if value is None:
            return EMPTY
        if isinstance(field, ForeignKey):
            return self._reference(field.related_model, value)
        if field.get_internal_type() in ("DateField", "DateTimeField"):
            return _day(value)
        if issubclass(model, Row) and (column := columns_of(model).get(field.name)):
            return shown(column, float(value) if column.kind is Kind.NUMBER else value)
        if isinstance(value, bool):
            return "да" if value else "нет"
        return str(dict(field.flatchoices).get(value, value))

    def _hidden(self, target: Any) -> bool:
        return target is Person and self._cards is not None

    def _reference(self, target: Any, pk: int) -> str:
        if self._hidden(target):
            return "этот человек" if pk in (self._cards or ()) else "другой человек"
        return self._titles[target].get(pk, f"запись {pk}")


def _titles(target: Any, ids: Collection[int]) -> dict[int, str]:
    rows = target._default_manager.filter(pk__in=ids)
    if issubclass(target, Row):
        return {row.pk: described(row) for row in rows}
    return {row.pk: row.title if hasattr(row, "title") else str(row) for row in rows}


def _day(value: str | dt.date) -> str:
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value) if "T" in value else dt.date.fromisoformat(value)
    return f"{localtime(value):%d.%m.%Y %H:%M}" if isinstance(value, dt.datetime) else f"{value:%d.%m.%Y}"
