"""A dataset into the registry: checked as a whole, written table by table, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection, transaction

from opora.indicators.dataset.check import check_dataset
from opora.indicators.dataset.faults import DatasetFault, DatasetFaults
from opora.indicators.dataset.store import Dataset
from opora.registry.scope import Actor, scope
from opora.snapshot.copying import copy_in, execute, names, quoted, rows_out
from opora.snapshot.keys import Keys, one_array, texts
from opora.snapshot.merged import Merged
from opora.snapshot.numbering import next_ids
from opora.snapshot.owners import Owners
from opora.snapshot.refusals import conflicts, foreign, unstorable
from opora.snapshot.tables import Place, places
from opora.snapshot.territories import Territories, lock, matched


@dataclass(slots=True)
class Loaded:
    """Rows by table; a table of which nothing was new or changed is not named."""

    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)


def load(dataset: Dataset, municipality: str, actor: Actor) -> Loaded:
    """Enters the dataset's rows: new keys are added, known ones are brought to what the dataset says, back from the
    archive too. Rows that the dataset does not name stay as they are: it may be a part.

    ``municipality``: key of the territory; see ``territories.matched``. Raises ``DatasetFaults`` with all the faults,
    and then nothing is written.
    """
    _refuse((*dataset.reading_faults, *check_dataset(dataset)) or unstorable(dataset))
    with transaction.atomic(durable=True):
        territories = matched(dataset, municipality)
        _refuse(foreign(dataset, territories))
        with scope(territories.scope, actor):
            lock(territories.scope)
            loaded = _Load(dataset, territories).run()
            _refuse(conflicts(dataset.origins, territories.scope))
    return loaded


def _refuse(faults: tuple[DatasetFault, ...]) -> None:
    if faults:
        raise DatasetFaults(faults)


class _Load:
    """The writing, within one transaction."""

    def __init__(self, dataset: Dataset, territories: Territories) -> None:
        self._dataset = dataset
        self._territories = territories
        self._owners = Owners(dataset, territories)
        self._keys: dict[str, Keys] = {}
        self._old: dict[str, pa.Array] = {}
        """Of each table: which rows of the dataset are in the registry."""
        self._merged = Merged()
        self._left_out: dict[str, pa.Array] = {}
        """Of each table: which rows are not written, because cards were merged."""
        self._loaded = Loaded()

    def run(self) -> Loaded:
        execute("SET CONSTRAINTS ALL DEFERRED")
        source = next_ids("source", 1)[0].as_py()
        for place in places().values():
            self._find(place)
        for place in places().values():
            if self._dataset.rows(place.name):
                self._write(place, source)
        if self._loaded.added or self._loaded.changed:
            self._enter_source(source)
        return self._loaded

    # ── ids ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _find(self, place: Place) -> None:
        """Gives every row its id: the one it has, or a new one."""
        keys = one_array(texts(self._dataset.table(place.name)["id"]))
        owners = self._owners.of(place.name)
        ids = self._known_ids(place, keys, owners)
        old = pc.is_valid(ids)
        fresh = next_ids(place.name, ids.null_count)
        ids = pc.replace_with_mask(ids, pc.invert(old), fresh) if ids.null_count else ids
        self._left_out[place.name] = self._merged.left_out(place.name, ids)
        ids = self._merged.kept(ids) if place.name == "person" else ids
        self._keys[place.name] = Keys(keys, ids, owners)
        self._old[place.name] = old

    def _known_ids(self, place: Place, keys: pa.Array, owners: pa.Array) -> pa.Array:
        listed = ", ".join(map(str, self._territories.scope))
        columns = {"id": pa.int64(), "key": pa.string(), "municipality_id": pa.int64()}
        known = rows_out(place.name, f"municipality_id IN ({listed})", columns)
        if not known.num_rows or not len(keys):
            return pa.nulls(len(keys), pa.int64())
        among = _with_owner(one_array(known["key"]), one_array(known["municipality_id"]))
        return one_array(known["id"]).take(pc.index_in(_with_owner(keys, owners), value_set=among))

    # ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _write(self, place: Place, source: int) -> None:
        wanted = pc.invert(self._left_out[place.name])
        rows = self._rows(place).filter(wanted)
        old = self._old[place.name].filter(wanted)
        staged = f"staged_{place.name}"
        columns = names(rows.column_names)
        execute(f"CREATE TEMP TABLE {staged} ON COMMIT DROP AS SELECT {columns} FROM {quoted(place.name)} WITH NO DATA")
        if known := rows.filter(old).num_rows:
            copy_in(staged, rows.filter(old))
            self._count(self._loaded.changed, place, self._update(place, staged, source))
            execute(f"TRUNCATE {staged}")
        if known < rows.num_rows:
            copy_in(staged, rows.filter(pc.invert(old)))
            insert = f"INSERT INTO {quoted(place.name)} (source_id, {columns}) SELECT {source}, {columns} FROM {staged}"
            self._count(self._loaded.added, place, execute(insert))
        execute(f"DROP TABLE {staged}")

    def _rows(self, place: Place) -> pa.Table:
        """The table with ids in place of keys, under the names of the database."""
        data = self._dataset.table(place.name)
        keys = self._keys[place.name]
        rows = {"id": keys.ids, "key": keys.names, "municipality_id": keys.municipalities}
        for name, column in place.columns.items():
            if column.to == "territory":
                rows[name] = self._owners.ids(data[column.name])
            elif column.to:
                rows[name] = self._keys[column.to].ids_of(texts(data[column.name]))
            else:
                rows[name] = data[column.name]
        return pa.table(rows)

    def _update(self, place: Place, staged: str, source: int) -> int:
        columns = [name for name in place.columns if name != "municipality_id"]
        ours, theirs = (", ".join(f"{alias}.{quoted(name)}" for name in columns) for alias in ("t", "s"))
        return execute(
            f"UPDATE {quoted(place.name)} t SET ({names(columns)}, source_id, archived_at) "
            f"= ROW ({theirs}, {source}, NULL) FROM {staged} s WHERE t.id = s.id "
            f"AND (t.archived_at IS NOT NULL OR ({ours}) IS DISTINCT FROM ({theirs}))"
        )

    def _enter_source(self, source: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO source (id, municipality_id, kind, title, dataset_hash, synthetic) "
                "VALUES (%s, %s, 'dataset', %s, %s, %s)",
                [source, self._territories.loaded, self._dataset.title, self._dataset.hash, self._dataset.synthetic],
            )

    @staticmethod
    def _count(counts: dict[str, int], place: Place, number: int) -> None:
        if number:
            counts[place.name] = number


def _with_owner(keys: pa.Array, owners: pa.Array) -> pa.Array:
    """One text of both: a key is unique within its municipality."""
    return pc.binary_join_element_wise(owners.cast(pa.string()), keys, " ")
