"""What was changed of a person, by whom, from what to what: the trail in Russian words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Field, Model

from opora.privacy.cards import cards_of
from opora.privacy.events import Event, events_of
from opora.privacy.wording import Told, Wording, fields_of
from opora.registry.scope import require_scope

ACTIONS = {"insert": "добавлено", "update": "изменено", "delete": "удалено"}


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
    return in_words(events[::-1], cards)


def in_words(events: Sequence[Event], cards: Collection[int] | None = None) -> list[Change]:
    """``cards``: see ``Wording``."""
    wording = Wording(cards, _values(events))
    return [_change(event, wording) for event in events]


def _values(events: Iterable[Event]) -> Iterator[Told]:
    for event in events:
        model = model_of(event.table)
        for field, before, after in _columns(event, model):
            yield from ((model, field, before), (model, field, after))


def _change(event: Event, wording: Wording) -> Change:
    model = model_of(event.table)
    actor = event.actor or {"user": f"в обход Опоры, роль {event.role}", "address": ""}
    columns = (
        Changed(str(field.verbose_name), wording.of(model, field, before), wording.of(model, field, after))
        for field, before, after in _columns(event, model)
    )
    return Change(
        event.at, actor["user"], actor["address"], str(model._meta.verbose_name_plural), event.row,
        ACTIONS[event.action], tuple(columns),
    )  # fmt: skip


def _columns(event: Event, model: type[Model]) -> Iterator[tuple[Field[Any, Any], Any, Any]]:
    """Before and after; of a deleted row what it was."""
    changes = event.changes or {}
    for column, field in fields_of(model).items():
        value = changes.get(column)
        before, after = value if isinstance(value, list) and event.action == "update" else (value, None)
        if before is not None or after is not None:
            yield field, before, after


def model_of(table: str) -> type[Model]:
    return _models()[table]


@cache
def _models() -> dict[str, type[Model]]:
    return {model._meta.db_table: model for model in apps.get_models()}
