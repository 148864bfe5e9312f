"""Whether the absence of a row means «no» or «not known»: what the coverage table says, as expressions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import ibis

from opora.indicators.dataset.coverage import ALWAYS_COMPLETE, Coverage
from opora.indicators.dataset.schema import Table
from opora.indicators.engine.municipality import always_has_municipality
from opora.indicators.engine.windows import Days, RowDays


@dataclass(frozen=True)
class Completeness:
    """``municipalities`` are all those of the dataset."""

    coverage: Coverage
    municipalities: frozenset[str | int]
    strangers: frozenset[str] = frozenset()
    """Tables of which some row belongs to another territory, a region say, or to one that there is not."""
    _known: dict[tuple[str, dt.date | None, dt.date], frozenset[str | int]] = field(default_factory=dict)

    def complete(self, table: str, window: Days) -> frozenset[str | int]:
        """The municipalities where ``table`` is complete over the window."""
        asked = (table, window.start, window.end)
        if asked not in self._known:
            self._known[asked] = frozenset(
                one for one in self.municipalities if self.coverage.covers(table, one, window.start, window.end)
            )
        return self._known[asked]

    def everywhere(self, table: str, window: Days) -> bool:
        return self.complete(table, window) == self.municipalities

    def needs_municipality(self, asking: Table, table: str, window: Days | RowDays) -> bool:
        """Whether the answer depends on the row that asks."""
        if isinstance(window, RowDays):
            return table not in ALWAYS_COMPLETE
        if table in ALWAYS_COMPLETE or window.empty:
            return False
        where = self.complete(table, window)
        return bool(where) and not (where == self.municipalities and always_has_municipality(asking, self.strangers))

    def flag(self, asking: Table, table: str, window: Days | RowDays, municipality: Any) -> Any:
        """Boolean, never NULL: ``table`` is complete for the asking row over the window."""
        if table in ALWAYS_COMPLETE:
            return ibis.literal(True)
        if isinstance(window, RowDays):
            return self._row_flag(table, window, municipality)
        if window.empty:  # of no days at all everything is known
            return ibis.literal(True)
        where = self.complete(table, window)
        if not self.needs_municipality(asking, table, window):
            return ibis.literal(bool(where))
        return _among(municipality, where)

    def _row_flag(self, table: str, window: RowDays, municipality: Any) -> Any:
        places: dict[tuple[dt.date | None, dt.date | None], list[str | int]] = {}
        for place, start, end in self.coverage.intervals(table):
            places.setdefault((start, end), []).append(place)
        flag = (window.start >= window.end).fill_null(False)
        for (start, end), where in places.items():
            inside = window.start.notnull() if start is None else window.start >= ibis.literal(start)
            if end is not None:
                inside = inside & (window.end <= ibis.literal(end))
            flag = flag | (inside & _among(municipality, where)).fill_null(False)
        return flag


def _among(municipality: Any, where: Iterable[str | int]) -> Any:
    return municipality.isin(sorted(where, key=str)).fill_null(False)
