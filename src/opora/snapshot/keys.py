"""Keys of a dataset against ids of the registry, column-wise."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True, slots=True)
class Keys:
    """The rows of one table: for each its key, its id and the id of its municipality."""

    names: pa.Array
    ids: pa.Array
    municipalities: pa.Array

    def ids_of(self, names: pa.ChunkedArray) -> pa.ChunkedArray:
        return self._found(names, self.names, self.ids)

    def names_of(self, ids: pa.ChunkedArray) -> pa.ChunkedArray:
        return self._found(ids, self.ids, self.names)

    def municipalities_of(self, names: pa.ChunkedArray) -> pa.ChunkedArray:
        return self._found(names, self.names, self.municipalities)

    @staticmethod
    def _found(wanted: pa.ChunkedArray, among: pa.Array, values: pa.Array) -> pa.ChunkedArray:
        """Null where there is nothing, or nothing was asked."""
        return values.take(pc.index_in(wanted, value_set=among, skip_nulls=True))


def one_array(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Keys may be numbers in a dataset; the registry's are texts."""
    return column.cast(pa.string())
