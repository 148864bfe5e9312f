"""The registry's facts as a dataset: one consistent read, column by column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from opora.indicators.dataset.arrow import TEXT_KEYS, arrow_schema, arrow_type
from opora.indicators.dataset.descriptor import Descriptor
from opora.indicators.dataset.grid import Origin
from opora.indicators.dataset.parquet_folder import write_folder
from opora.indicators.dataset.store import Dataset
from opora.indicators.dataset.tables import STORED
from opora.people.models import Territory
from opora.registry.models import Source
from opora.registry.protection import EMPLOYED, OWN, SHARED
from opora.registry.scope import Actor, scope
from opora.snapshot import owners
from opora.snapshot.keys import Keys, one_array
from opora.snapshot.reading import Wanted, one_read, read_all
from opora.snapshot.tables import MUNICIPALITY, Place, places
from opora.snapshot.territories import territory, with_all_above, with_all_inside
from opora.snapshot.trouble import Dangling


def take(municipality: str, on: dt.date, folder: Path, actor: Actor, *, as_seen: str = "") -> Dataset:
    """Freezes all that is known of a municipality, or of the municipalities of a region, into a folder.

    Everything entered so far is in it, later dates too; ``on`` is the day for which it is taken, and stands in its
    title. The same facts give the same bytes, whatever their ids and the order in which they were entered.

    ``as_seen``: name of a snapshot that another transaction has exported; what that one sees is taken.
    """
    with one_read(as_seen):
        return taken(municipality, on, folder, actor)


def taken(municipality: str, on: dt.date, folder: Path, actor: Actor) -> Dataset:
    """``take`` within ``one_read``."""
    top = territory(municipality)
    inside = with_all_inside(top)
    ids = [each.pk for each in inside]
    rows = read_all([_wanted(place) for place in places().values()], ids, actor)
    with scope(ids, actor):
        synthetic = Source.objects.filter(synthetic=True).exists()
    tables = _Taking(rows, with_all_above(top)[:0:-1] + inside, len(inside)).tables()
    title = title_of(top, on)
    write_folder(folder, tables, Descriptor(title, synthetic), TEXT_KEYS)
    return written(folder, title, synthetic=synthetic)


def title_of(top: Territory, on: dt.date) -> str:
    return f"{top.title}, на {on:%d.%m.%Y}"


def written(folder: Path, title: str, *, synthetic: bool) -> Dataset:
    """The folder as a dataset, without the looking through that other people's files need."""
    files = {name: folder / f"{name}.parquet" for name in STORED}
    origins = {name: Origin(f"файл {path.name}") for name, path in files.items()}
    return Dataset(dict(files), title, synthetic, files=files, origins=origins)


def _wanted(place: Place) -> Wanted:
    """The rows as they are stored. The scope is asked for by name too, not left to row-level security alone."""
    columns = {"id": pa.int64(), "key": pa.string(), MUNICIPALITY: pa.int64()}
    columns |= {name: pa.int64() if column.to else arrow_type(column) for name, column in place.columns.items()}
    seen = SHARED if place.name in owners.SHARED else f"({OWN} OR {EMPLOYED})" if place.name == "person" else OWN
    return Wanted(place.name, f"archived_at IS NULL AND {seen}", columns)


class _Taking:
    """From rows with ids to tables with keys. ``territories``: from above downwards, the last ``inside`` are taken."""

    def __init__(self, rows: Mapping[str, pa.Table], territories: list[Territory], inside: int) -> None:
        self._rows = rows
        self._territories = territories
        self._inside = [each.pk for each in territories[-inside:]]
        self._code = dict(Territory.objects.values_list("pk", "key"))
        self._keys = {name: self._named(table) for name, table in rows.items()}

    def tables(self) -> Mapping[str, pa.Table]:
        with ThreadPoolExecutor() as pool:
            made = {name: pool.submit(self._table, name) for name in places()}
        return {"territory": self._territory_table()} | {name: one.result() for name, one in made.items()}

    def _named(self, rows: pa.Table) -> Keys:
        """Keys are unique within a municipality: where two municipalities use the same one, theirs are told apart by
        the territory. A dataset loaded from a snapshot has no such keys left, so that its snapshot is the same."""
        ids, keys, municipalities = (one_array(rows[name]) for name in ("id", "key", MUNICIPALITY))
        if pc.count_distinct(municipalities).as_py() <= 1:
            return Keys(keys, ids, municipalities)
        counts = keys.value_counts()
        repeated = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
        if not len(repeated):
            return Keys(keys, ids, municipalities)
        taken = set(keys.to_pylist())
        names = [
            self._told_apart(key, municipality, taken) if twice else key
            for key, municipality, twice in zip(
                keys.to_pylist(),
                municipalities.to_pylist(),
                pc.is_in(keys, value_set=repeated).to_pylist(),
                strict=True,
            )
        ]
        return Keys(pa.array(names, pa.string()), ids, municipalities)

    def _told_apart(self, key: str, municipality: int, taken: set[str]) -> str:
        name = f"{self._code[municipality]}/{key}"
        while name in taken:
            name += "'"
        taken.add(name)
        return name

    def _table(self, name: str) -> pa.Table:
        """The dataset's columns in the order of the keys."""
        place, rows = places()[name], self._rows[name]
        columns = {place.table.key: self._keys[place.name].names}
        for stored, column in place.columns.items():
            if column.to == "territory":
                columns[column.name] = self._codes(place, rows, stored)
            elif column.to:
                columns[column.name] = self._references(place, rows, stored)
            else:
                columns[column.name] = rows[stored]
        schema = arrow_schema(place.table)
        table = pa.table([columns[name] for name in schema.names], schema=schema)
        return table.sort_by(place.table.key)

    def _codes(self, place: Place, rows: pa.Table, stored: str) -> pa.Array:
        """A person who was entered elsewhere counts here: her municipality is the one that takes the snapshot."""
        ids = one_array(rows[stored])
        if place.name == "person":
            outside = pc.invert(pc.is_in(ids, value_set=pa.array(self._inside, pa.int64())))
            ids = pc.if_else(outside, self._employers(rows), ids)
        distinct = ids.unique().drop_null()
        codes = pa.array([self._code[each] for each in distinct.to_pylist()], pa.string())
        return codes.take(pc.index_in(ids, value_set=distinct, skip_nulls=True))

    def _employers(self, people: pa.Table) -> pa.Array:
        """For each person one municipality of the scope in which she has a job."""
        jobs = self._rows["employment"].group_by("person_id").aggregate([(MUNICIPALITY, "min")])
        found = pc.index_in(people["id"], value_set=one_array(jobs["person_id"]))
        return one_array(jobs[f"{MUNICIPALITY}_min"]).take(one_array(found))

    def _references(self, place: Place, rows: pa.Table, stored: str) -> pa.ChunkedArray:
        to = place.columns[stored].to
        names = self._keys[to].names_of(rows[stored])
        if names.null_count != rows[stored].null_count:
            lost = rows.filter(pc.and_(pc.is_null(names), pc.is_valid(rows[stored])))
            raise Dangling(
                f"В таблице «{place.table.title}» строк, которые ссылаются на невидимые или архивные строки таблицы "
                f"«{STORED[to].title}»: {lost.num_rows}; первая — с кодом «{lost['key'][0]}»"
            )
        return names

    def _territory_table(self) -> pa.Table:
        table = STORED["territory"]
        rows = [
            {
                "id": each.key,
                "title": each.title,
                "kind": each.kind,
                "parent": self._code.get(each.parent_id) if each.parent_id else None,
            }
            for each in self._territories
        ]
        return pa.Table.from_pylist(rows, schema=arrow_schema(table)).sort_by("id")
