"""Which rows of the registry the keys of a plan are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from opora.people.models import Territory
from opora.snapshot.named import called
from opora.snapshot.tables import places


@dataclass(slots=True)
class Rows:
    """Those that are seen in the current scope; each table is asked for once."""

    own: Collection[int]
    """Ids of the territories that keep what is written."""
    _ids: dict[str, dict[str, int]] = field(default_factory=dict)
    _foreign: dict[str, frozenset[str]] = field(default_factory=dict)
    _archived: dict[str, frozenset[str]] = field(default_factory=dict)

    def ids(self, table: str) -> dict[str, int]:
        """By the key that a snapshot gives the row."""
        self._read(table)
        return self._ids[table]

    def foreign(self, table: str) -> frozenset[str]:
        """Keys of the rows that others keep."""
        self._read(table)
        return self._foreign[table]

    def archived(self, table: str) -> frozenset[str]:
        """Keys that rows in the archive have."""
        self._read(table)
        return self._archived[table]

    def _read(self, table: str) -> None:
        if table in self._ids:
            return
        if table == "territory":  # nobody's, and never written
            self._ids[table] = dict(Territory.objects.values_list("key", "pk"))
            self._foreign[table] = self._archived[table] = frozenset()
            return
        kept = places()[table].model._default_manager
        rows = list(kept.filter(archived_at=None).values_list("key", "municipality__key", "municipality_id", "pk"))
        names = called([(key, town) for key, town, _, _ in rows])
        self._ids[table] = {name: pk for name, (_, _, _, pk) in zip(names, rows, strict=True)}
        foreign = (name for name, (_, _, town, _) in zip(names, rows, strict=True) if town not in self.own)
        self._foreign[table] = frozenset(foreign)
        gone = kept.filter(archived_at__isnull=False, municipality__in=self.own)
        self._archived[table] = frozenset(gone.values_list("key", flat=True))
