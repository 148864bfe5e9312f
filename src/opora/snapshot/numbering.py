"""Ids for rows that are about to be written many at a time."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from django.db import connection

from opora.snapshot.copying import quoted


def next_ids(table: str, number: int) -> pa.Array:
    """Another load may draw from the sequence meanwhile, so that ours may have gaps; mostly it does not."""
    if not number:
        return pa.array([], pa.int64())
    sequence = f"(SELECT pg_get_serial_sequence('{quoted(table)}', 'id')::regclass)"
    drawn = f"SELECT nextval({sequence}) AS id FROM generate_series(1, {number})"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT min(id), max(id) FROM ({drawn}) drawn")
        first, last = cursor.fetchone()
        if last - first + 1 == number:
            return pa.array(np.arange(first, last + 1))
        cursor.execute(drawn)
        return pa.array([row[0] for row in cursor.fetchall()], pa.int64())
