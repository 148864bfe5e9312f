"""What belongs to one person is not given to another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from opora.registry.batch import Correction, referred
from opora.registry.batch.archive import referring
from opora.registry.batch.columns import columns_of, value_of
from opora.registry.models import Row
from opora.registry.verbs import Sitting

R = TypeVar("R", bound=Row)


def refuse_of_others(sitting: Sitting, rows: Sequence[R | None], *names: str, of: Callable[[R], Any]) -> None:
    """What a row refers to by these fields must be of the same person; ``of`` tells whose the row is."""
    batch = list(sitting.sound(rows))
    for name in names:
        there = referred(batch, name)
        for place, row in batch:
            other = there.get(value_of(row, name))
            if other is not None and other.person_id != of(row):
                title = columns_of(type(row))[name].title
                sitting.fault(place, name, f"«{title}» — другого человека", "Выберите запись этого человека")


def refuse_given_away(sitting: Sitting, rows: Sequence[Row | None], corrections: Sequence[Correction]) -> None:
    """To what is said of one person other rows of hers refer: it does not become another's under them."""
    given = [(place, row) for place, row in sitting.sound(rows) if "person" in corrections[place].becomes]
    if not given:
        return
    found = referring(sitting, type(given[0][1]), [row.pk for _, row in given])
    for place, row in given:
        for each in found.get(row.pk, ()):
            message = f"На эту запись ссылаются: {each.reference.title} — {each.number}"
            sitting.fault(place, "person", message, "Сначала исправьте их или перенесите в архив")


def refuse_same_person(sitting: Sitting, rows: Sequence[Row | None], one: str, other: str, message: str) -> None:
    for place, row in sitting.sound(rows):
        if value_of(row, one) is not None and value_of(row, one) == value_of(row, other):
            sitting.fault(place, other, message, "Выберите другого человека")
