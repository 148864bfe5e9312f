"""«Та же самая?»: rows of the registry, told so that a person can see whether it is she."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from opora.indicators.dataset.tables import STORED
from opora.intake.models import IntakeLine
from opora.people.models import Education, Employment, Person
from opora.registry.batch.columns import columns_of, value_of
from opora.registry.batch.words import described, shown
from opora.registry.models import Row
from opora.snapshot.tables import places
from opora.web.rows.kept import KEPT
from opora.web.views.rows import address_of

_BESIDE: Mapping[str, tuple[type[Row], ...]] = {"person": (Employment, Education)}
"""What is told of a person beside her card."""


@dataclass(frozen=True, slots=True)
class Card:
    pk: int
    key: str
    of_person: bool
    title: str
    url: str
    told: tuple[tuple[str, str], ...]


def cards_of(lines: Iterable[IntakeLine]) -> dict[tuple[str, str], Card]:
    """By table and key, of all among which lines must choose."""
    found: dict[tuple[str, str], Card] = {}
    for table in {line.table_name for line in lines if line.choices}:
        keys = {key for line in lines if line.table_name == table for key in line.choices}
        rows = places()[table].model._default_manager.filter(key__in=keys, archived_at=None)
        found |= {(table, row.key): _card(table, row) for row in rows}
    return found


def _card(table: str, row: Row) -> Card:
    title = "Карточка" if isinstance(row, Person) else STORED[table].words.one
    url = address_of(KEPT[table], row.pk) if table in KEPT else ""
    told = [(column.title, shown(column, value_of(row, name))) for name, column in columns_of(type(row)).items()
            if not column.to and value_of(row, name) is not None]  # fmt: skip
    return Card(row.pk, row.key, isinstance(row, Person), described(row) or title, url, (*told, *_beside(table, row)))


def _beside(table: str, row: Row) -> Iterable[tuple[str, str]]:
    for model in _BESIDE.get(table, ()):
        manager: Any = model._default_manager
        rows = manager.filter(person=row.pk, archived_at=None).order_by("pk")[:5]
        if words := "; ".join(described(each) for each in rows):
            yield str(model._meta.verbose_name_plural).capitalize(), words
