"""To which municipality the rows of a dataset belong: the registry keeps that with every row."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from opora.indicators.dataset.schema import Column
from opora.indicators.dataset.store import Dataset
from opora.indicators.dataset.tables import STORED
from opora.snapshot.keys import one_array, texts
from opora.snapshot.tables import MUNICIPALITY, Place, places
from opora.snapshot.territories import Territories

SHARED = frozenset({"profile_match", "instrument", "training_programme", "contest"})
"""Reference tables: who refers to them does not become theirs."""


class Owners:
    """Finds the municipality of every row of a dataset; of what nobody owns it is the territory that is loaded."""

    def __init__(self, dataset: Dataset, territories: Territories) -> None:
        self._dataset = dataset
        self._territories = territories
        self._found: dict[str, tuple[pa.Array, pa.Array]] = {}

    def of(self, name: str) -> pa.Array:
        """Registry ids of the municipalities of a table's rows, in the order of the rows."""
        return self._keys_and_owners(name)[1]

    def _keys_and_owners(self, name: str) -> tuple[pa.Array, pa.Array]:
        if name not in self._found:
            data = self._dataset.table(name)
            self._found[name] = one_array(texts(data["id"])), self._owners(places()[name], data)
        return self._found[name]

    def _owners(self, place: Place, data: pa.Table) -> pa.Array:
        nobodys = pa.scalar(self._territories.loaded, pa.int64())
        if MUNICIPALITY in place.columns:
            return one_array(self.ids(data["municipality"]))
        if place.name in SHARED:
            return pa.repeat(nobodys, data.num_rows)
        candidates = [one_array(self._through(column, data)) for column in _ways(place)]
        return pc.coalesce(*candidates, nobodys)

    def ids(self, territories: pa.ChunkedArray) -> pa.ChunkedArray:
        """Registry ids of a column of territories."""
        known = self._territories.ids
        among, ids = pa.array(known.keys(), pa.string()), pa.array(known.values(), pa.int64())
        return ids.take(pc.index_in(texts(territories), value_set=among, skip_nulls=True))

    def _through(self, column: Column, data: pa.Table) -> pa.Array:
        keys, owners = self._keys_and_owners(column.to)
        return owners.take(pc.index_in(texts(data[column.name]), value_set=keys, skip_nulls=True))


def _ways(place: Place) -> list[Column]:
    """The references by which a row may be owned, the declared one first."""
    ways = [column for column in place.refs.values() if column.to not in SHARED and column.to != place.name]
    first = place.table.owner
    return sorted(ways, key=lambda column: column.name != first) if first else ways


def foreign_rows(dataset: Dataset, name: str, territories: Territories) -> pa.Table:
    """Rows of a table whose own municipality is not among those that are loaded: key and municipality."""
    data = dataset.table(name)
    column = STORED[name].column("municipality")
    if column is None:
        return data.schema.empty_table()
    inside = pa.array(sorted(territories.inside), pa.string())
    outside = pc.invert(pc.is_in(texts(data["municipality"]), value_set=inside, skip_nulls=True))
    return data.filter(pc.and_(outside, pc.is_valid(data["municipality"])))
