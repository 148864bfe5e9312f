"""What was changed of a person, by whom, from what to what: the trail in Russian words."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Field, ForeignKey, Model
from django.utils.timezone import localtime

from opora.indicators.dataset.schema import Kind
from opora.people.models import Person
from opora.privacy.cards import cards_of
from opora.privacy.events import Event, events_of
from opora.registry.batch.columns import columns_of
from opora.registry.batch.words import described, shown
from opora.registry.models import Row
from opora.registry.scope import require_scope

ACTIONS = {"insert": "добавлено", "update": "изменено", "delete": "удалено"}
EMPTY = "не заполнено"
_UNTOLD = {"id", "source_id", "password"}
_DATED = ("DateField", "DateTimeField")


@dataclass(frozen=True, slots=True)
class Changed:
    """One column of one row."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    at: dt.datetime
    who: str
    """As ``Actor`` calls her; of a change made past Opora, the role in the database."""
    address: str
    table: str
    row: int
    action: str
    """«добавлено», «изменено», «удалено»."""
    columns: tuple[Changed, ...]
    """Of an insertion none: the row told it, and later changes tell what it was."""


def changes_of(person: int) -> list[Change]:
    """Every change of every row that concerns her, newest first, as far as the scope goes. For administrators and for
    herself: other people are not named."""
    require_scope()
    cards = cards_of(person)
    with connection.cursor() as cursor:
        events = events_of(cards, cursor)
    titles = _Titles(events, cards)
    return [_change(event, titles) for event in reversed(events)]


def _change(event: Event, titles: _Titles) -> Change:
    model = _models()[event.table]
    actor = event.actor or {"user": f"в обход Опоры, роль {event.role}", "address": ""}
    columns = _columns(event, model, titles)
    return Change(
        event.at, actor["user"], actor["address"], str(model._meta.verbose_name_plural), event.row,
        ACTIONS[event.action], tuple(columns),
    )  # fmt: skip


def _columns(event: Event, model: type[Model], titles: _Titles) -> list[Changed]:
    told = []
    changes = event.changes or {}
    for column, field in _fields(model).items():
        if column not in changes or column in _UNTOLD:
            continue
        value = changes[column]
        before, after = value if event.action == "update" else (value, None)
        if before is None and after is None:
            continue
        words = [titles.of(model, field, each) for each in (before, after)]
        told.append(Changed(str(field.verbose_name), *words))
    return told


class _Titles:
    """Values as a reader writes them. What rows refer to is looked up once for all of them."""

    def __init__(self, events: Sequence[Event], cards: Collection[int]) -> None:
        self._cards = cards
        self._titles = {target: _described(target, ids) for target, ids in _referred(events).items()}

    def of(self, model: type[Model], field: Field[Any, Any], value: Any) -> str:
        if value is None:
            return EMPTY
        if isinstance(field, ForeignKey):
            return self._reference(field.related_model, value)
        if field.get_internal_type() in _DATED:
            return _day(value)
        if issubclass(model, Row) and (column := columns_of(model).get(field.name)):
            return shown(column, float(value) if column.kind is Kind.NUMBER else value)
        if isinstance(value, bool):
            return "да" if value else "нет"
        return str(dict(field.flatchoices).get(value, value))

    def _reference(self, target: Any, pk: int) -> str:
        if target is Person:
            return "этот человек" if pk in self._cards else "другой человек"
        return self._titles.get(target, {}).get(pk, f"запись {pk}")


def _day(value: str) -> str:
    if "T" in value:
        return f"{localtime(dt.datetime.fromisoformat(value)):%d.%m.%Y %H:%M}"
    return f"{dt.date.fromisoformat(value):%d.%m.%Y}"


def _referred(events: Iterable[Event]) -> dict[type[Model], set[int | None]]:
    found: defaultdict[type[Model], set[int | None]] = defaultdict(set)
    for event in events:
        for column, field in _fields(_models()[event.table]).items():
            value = (event.changes or {}).get(column)
            if isinstance(field, ForeignKey) and value is not None and field.related_model is not Person:
                found[field.related_model].update(value if event.action == "update" else [value])
    return found


def _described(target: Any, ids: Collection[int | None]) -> dict[int, str]:
    """Those that are seen."""
    rows = target._default_manager.filter(pk__in=[pk for pk in ids if pk is not None])
    if issubclass(target, Row):
        return {row.pk: described(row) for row in rows}
    return {row.pk: row.title if hasattr(row, "title") else str(row) for row in rows}


def _fields(model: type[Model]) -> dict[str, Field[Any, Any]]:
    """By their columns."""
    return {str(field.column): field for field in model._meta.local_fields}


def _models() -> Mapping[str, type[Model]]:
    return {model._meta.db_table: model for model in apps.get_models()}
