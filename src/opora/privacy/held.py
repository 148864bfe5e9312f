"""Everything that is held on a person: her rows in every table, what was changed, who read it (152-ФЗ, ст. 14)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db.models import Model, Q

from opora.people.models import Person
from opora.privacy.cards import cards_of
from opora.privacy.changes import Change, changes_of
from opora.privacy.concerns import about_people, parts
from opora.privacy.reading import Reading, readings_of
from opora.privacy.snils import masked
from opora.privacy.wording import EMPTY, Told, Wording, fields_of
from opora.registry.batch.references import references_to


@dataclass(frozen=True, slots=True)
class HeldTable:
    """Her rows of one table, in words."""

    name: str
    title: str
    fields: tuple[str, ...]
    columns: tuple[str, ...]
    """Titles of the fields."""
    rows: tuple[tuple[str, ...], ...]
    """An empty cell is empty."""


@dataclass(frozen=True, slots=True)
class Held:
    person: str
    """As the card calls her."""
    made_at: dt.datetime
    snils: str
    """Its last digits; empty if it is not known."""
    tables: tuple[HeldTable, ...]
    changes: tuple[Change, ...]
    readings: tuple[Reading, ...]


def held_on(person: int, made_at: dt.datetime) -> Held:
    """As far as the scope goes: each municipality answers for what it holds. Raises ``Person.DoesNotExist``."""
    card = Person.objects.get(pk=person)
    cards = cards_of(person)
    rows = _rows(cards)
    wording = Wording(cards, (told for model, found in rows.items() for told in _values(model, found)))
    name = " ".join(filter(None, [card.last_name, card.first_name, card.patronymic]))
    return Held(
        person=name or f"карточка {person}",
        made_at=made_at,
        snils=next(iter(masked(cards).values()), ""),
        tables=tuple(_table(model, found, wording) for model, found in rows.items()),
        changes=tuple(changes_of(person)),
        readings=tuple(readings_of(person)),
    )


def _rows(cards: Collection[int]) -> dict[type[Model], list[Model]]:
    """Of every table in which she is named, or that belongs to such a row; her card first."""
    where: defaultdict[type[Model], Q] = defaultdict(Q)
    where[Person] = Q(pk__in=cards)
    for each in about_people():
        where[each.model] |= Q(**{f"{each.field}__in": cards})
    for part, whole in parts():
        where[part.model] |= Q(**{f"{part.field}__{whole.field}__in": cards})
    for each in references_to(get_user_model()):
        where[each.model] |= Q(**{f"{each.field}__person__in": cards})
    found = {model: list(model._default_manager.filter(q).order_by("pk")) for model, q in where.items()}
    return {model: rows for model, rows in found.items() if rows}


def _values(model: type[Model], rows: Sequence[Model]) -> Iterator[Told]:
    for row in rows:
        for field in fields_of(model).values():
            yield model, field, getattr(row, field.attname)


def _table(model: type[Model], rows: Sequence[Model], wording: Wording) -> HeldTable:
    fields = list(fields_of(model).values())
    told = (tuple(wording.of(model, field, getattr(row, field.attname)) for field in fields) for row in rows)
    return HeldTable(
        name=model._meta.db_table,
        title=str(model._meta.verbose_name_plural),
        fields=tuple(field.name for field in fields),
        columns=tuple(str(field.verbose_name) for field in fields),
        rows=tuple(tuple("" if cell == EMPTY else cell for cell in row) for row in told),
    )
