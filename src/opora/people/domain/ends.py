"""What ends because that to which it belongs has ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from opora.registry.batch.columns import attribute_of, value_of
from opora.registry.batch.writing import rows_of, update
from opora.registry.models import State
from opora.registry.verbs import Sitting

S = TypeVar("S", bound=State)


def end_with(sitting: Sitting, owners: Sequence[State], model: type[S], field: str) -> list[S]:
    """Living rows that refer to these by ``field`` do not outlast them."""
    ends = {owner.pk: owner.until for owner in owners}
    rows = rows_of(model).filter(**{f"{attribute_of(model, field)}__in": ends}, archived_at__isnull=True)
    return shorten(sitting, rows, lambda row: ends[value_of(row, field)])


def shorten(sitting: Sitting, rows: Iterable[S], last: Callable[[S], dt.date | None]) -> list[S]:
    """Ends the rows on the day that is told; what was to begin later never held, and ends on its first day."""
    changed = []
    for row in rows:
        day = last(row)
        if day is not None and (row.until is None or row.until > day):
            row.until = max(day, row.since or day)
            row.source = sitting.source
            changed.append(row)
    update(changed, ["until", "source"])
    return changed
