"""States of which only one can hold at a time."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from opora.indicators.dataset.schema import Time
from opora.registry.batch.columns import attribute_of, value_of
from opora.registry.batch.words import described
from opora.registry.batch.writing import rows_of
from opora.registry.models import Row
from opora.registry.verbs import Sitting

R = TypeVar("R", bound=Row)
Days = tuple[dt.date, dt.date]
"""From a day up to a day: half-open."""


def days_of(row: Row) -> Days:
    """On which a row holds. Of a state that is not known since when: since ever. Of a fact: its day."""
    table = type(row).dataset
    first, after = (value_of(row, name) if name else None for name in (table.start, table.end))
    if table.time is not Time.STATE:
        return (first, first + dt.timedelta(1)) if isinstance(first, dt.date) else (dt.date.max, dt.date.max)
    return (
        first if isinstance(first, dt.date) else dt.date.min,
        after if isinstance(after, dt.date) else dt.date.max,
    )


def overlap(one: Days, other: Days) -> bool:
    """What ends on the day when it starts never held."""
    return max(one[0], other[0]) < min(one[1], other[1])


def living_like(sitting: Sitting, rows: Iterable[R], *by: str, apart_from: Iterable[int] = (), **only: Any) -> list[R]:
    """Living rows of the municipality that share the first of these fields with one of the batch and are not in it."""
    rows = list(rows)
    if not rows:
        return []
    model = type(rows[0])
    wanted = {value_of(row, by[0]) for row in rows}
    found = rows_of(model).filter(
        **{f"{attribute_of(model, by[0])}__in": wanted},
        municipality_id=sitting.municipality,
        archived_at__isnull=True,
        **only,
    )
    return list(found.exclude(pk__in={*apart_from, *(row.pk for row in rows if row.pk is not None)}).order_by("pk"))


def overlapping(
    batch: Sequence[tuple[int, R]], others: Iterable[R], *by: str, days: Callable[[R], Days] = days_of
) -> Iterator[tuple[int, R, R]]:
    """Rows of the batch that hold at the same time as another row with equal values in these fields: of the batch,
    before it, or of the others. Place, row, the other row."""
    held: defaultdict[tuple[object, ...], list[R]] = defaultdict(list)
    for row in others:
        held[_values(row, by)].append(row)
    for place, row in batch:
        equals = held[_values(row, by)]
        clash = next((other for other in equals if overlap(days(row), days(other))), None)
        if clash is not None:
            yield place, row, clash
        equals.append(row)


def refuse_overlaps(sitting: Sitting, rows: Sequence[Row | None], *by: str) -> None:
    """Of states equal in these fields only one holds at a time. By the first of the fields rows are looked up."""
    batch = list(sitting.sound(rows))
    others = living_like(sitting, [row for _, row in batch], *by)
    for place, _, other in list(overlapping(batch, others, *by)):
        sitting.fault(
            place, "", f"На это время такая запись уже есть: {described(other)}", "Закончите её или исправьте даты"
        )


def _values(row: Row, by: Iterable[str]) -> tuple[object, ...]:
    return tuple(value_of(row, name) for name in by)
