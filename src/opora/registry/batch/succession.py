"""States of which a new one ends the older."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TypeVar

from opora.registry.batch.columns import value_of
from opora.registry.batch.overlaps import days_of, living_like, overlap
from opora.registry.batch.words import described
from opora.registry.batch.writing import update
from opora.registry.models import State
from opora.registry.verbs import Sitting

S = TypeVar("S", bound=State)


def any_ends_any(new: State, old: State) -> bool:
    return True


def succeeded(sitting: Sitting, rows: Sequence[S], *by: str, ends: Callable[[S, S], bool] = any_ends_any) -> list[S]:
    """Older states that end because new ones with the same values in these fields begin: the rows with their new ends,
    not yet written (``write_ends``).

    What is entered late stands in its place: it ends where a later one begins. Where ``ends(new, old)`` is false both
    hold side by side. Two that begin on one day are a fault.
    """
    batch = list(sitting.sound(rows))
    known = living_like(sitting, [row for _, row in batch], *by)
    groups: defaultdict[tuple[object, ...], list[tuple[int | None, S]]] = defaultdict(list)
    for place, row in [*((None, row) for row in known), *batch]:
        groups[tuple(value_of(row, name) for name in by)].append((place, row))
    shortened: list[S] = []
    for group in groups.values():
        shortened += _shorten(sitting, group, ends)
    return shortened


def _shorten(sitting: Sitting, group: list[tuple[int | None, S]], ends: Callable[[S, S], bool]) -> list[S]:
    """Of one group: the older rows that end. The rows of the batch among them are changed in place."""
    group.sort(key=lambda each: (days_of(each[1])[0], each[0] is not None, each[0] or 0))
    shortened = []
    for index, (place, old) in enumerate(group):
        for later, new in group[index + 1 :]:
            if (place is None and later is None) or not overlap(days_of(old), days_of(new)) or not ends(new, old):
                continue
            if days_of(old)[0] == days_of(new)[0]:
                _same_day(sitting, later if later is not None else place, old)
                continue
            old.until = _day(new)
            if place is None and old not in shortened:
                shortened.append(old)
    return shortened


def write_ends(sitting: Sitting, rows: Sequence[State]) -> None:
    """Of the rows that ``succeeded`` gave back."""
    for row in rows:
        row.source = sitting.source
    update(rows, ["until", "source"])


def _day(row: State) -> dt.date:
    assert row.since is not None
    return row.since


def _same_day(sitting: Sitting, place: int | None, other: State) -> None:
    sitting.fault(place, "since", f"На этот же день уже записано: {described(other)}", "Исправьте ту запись")
