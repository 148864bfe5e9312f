"""Cards that were merged in the registry: a dataset that still has both does not take the merge apart."""

from __future__ import annotations

from collections import defaultdict

import pyarrow as pa
import pyarrow.compute as pc

from opora.people.models import Person, PersonMerge, PersonMergeMove


class Merged:
    """The merges that are seen in the scope and were not undone."""

    def __init__(self) -> None:
        merges = PersonMerge.objects.filter(undone_at__isnull=True).order_by("pk")
        self._kept: dict[int, int] = dict(merges.values_list("duplicate", "kept"))
        self._gone: defaultdict[str, list[int]] = defaultdict(list)
        repeats = PersonMergeMove.objects.filter(merge__undone_at__isnull=True, archived=True)
        for table, row in repeats.values_list("table_name", "row_id"):
            self._gone[table].append(row)
        self._gone[Person._meta.db_table] += self._kept

    def left_out(self, table: str, ids: pa.Array) -> pa.Array:
        """Which rows are no more: cards that became a part of others, and rows archived as repeating others."""
        return pc.is_in(ids, value_set=pa.array(self._gone[table], pa.int64()))

    def kept(self, people: pa.Array) -> pa.Array:
        """Ids of cards, with the kept card in place of a duplicate."""
        if not self._kept:
            return people
        return pa.array([None if pk is None else self._last(pk) for pk in people.to_pylist()], pa.int64())

    def _last(self, pk: int) -> int:
        """The kept card may have become a part of another."""
        while pk in self._kept:
            pk = self._kept[pk]
        return pk
