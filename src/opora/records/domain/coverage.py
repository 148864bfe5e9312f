"""Which tables are complete, and when: without this no missing row means «no»."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from opora.indicators.dataset.tables import STORED
from opora.records.models import Coverage
from opora.registry.batch import Correction, changed_fields, corrected, prepared, rewrite, write
from opora.registry.scope import Actor
from opora.registry.verbs import Sitting, sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    table: str
    """Its name in the dataset."""
    status: str
    since: dt.date | None = None
    """Empty: since ever."""
    until: dt.date | None = None


def declare_coverage(declared: Sequence[Completeness], *, municipality: int, by: Actor) -> list[Coverage]:
    with sitting(municipality, by, "полнота сведений") as s:
        rows = prepared(s, Coverage, declared)
        _refuse_unknown_tables(s, rows)
        return write(s, rows)


def correct_coverage(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Coverage]:
    with sitting(municipality, by, "исправление полноты сведений") as s:
        rows = corrected(s, Coverage, corrections)
        _refuse_unknown_tables(s, rows)
        return rewrite(s, rows, changed_fields(corrections))


def _refuse_unknown_tables(sitting: Sitting, rows: Sequence[Coverage | None]) -> None:
    for place, row in sitting.sound(rows):
        if row.table not in STORED:
            sitting.fault(place, "table", f"Нет таблицы «{row.table}»", "Выберите таблицу из списка")
