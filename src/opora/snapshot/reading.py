"""All tables at once, by two connections that see the same moment.

One would leave a core idle: PostgreSQL makes the text, then Arrow takes it apart. The rest of what a snapshot costs
(keys, sorting, Parquet) is spread over the cores too.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import pyarrow as pa
from django.db import connection, transaction

from opora.registry.scope import Actor, scope
from opora.snapshot.copying import rows_out


@dataclass(frozen=True, slots=True)
class Wanted:
    """These columns of the rows of a table for which ``where`` holds."""

    table: str
    where: str
    columns: Mapping[str, pa.DataType]


@contextmanager
def one_read(as_seen: str = "") -> Iterator[None]:
    """A transaction that sees one moment and writes nothing. ``as_seen``: that which another has exported."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            if as_seen:
                cursor.execute("SET TRANSACTION SNAPSHOT %s", [as_seen])
        yield


def read_all(wanted: Sequence[Wanted], municipalities: Sequence[int], actor: Actor) -> dict[str, pa.Table]:
    """By table; to be called within ``one_read``, outside of any scope."""
    waiting = deque(_greatest_first(wanted))
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(_read_beside, _exported(), waiting, municipalities, actor)
        try:
            found = _read_waiting(waiting, municipalities, actor)
        finally:
            waiting.clear()
        return found | other.result()


def _greatest_first(wanted: Sequence[Wanted]) -> list[Wanted]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, pg_relation_size(quote_ident(name)::regclass) FROM unnest(%s::text[]) name",
            [[one.table for one in wanted]],
        )
        sizes = dict(cursor.fetchall())
    return sorted(wanted, key=lambda one: -sizes[one.table])


def _exported() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        return str(cursor.fetchone()[0])


def _read_beside(
    seen: str, waiting: deque[Wanted], municipalities: Sequence[int], actor: Actor
) -> dict[str, pa.Table]:  # fmt: skip
    with own_connection(), one_read(seen):
        return _read_waiting(waiting, municipalities, actor)


@contextmanager
def own_connection() -> Iterator[None]:
    """In a thread that then ends: Django keeps a connection for each."""
    try:
        yield
    finally:
        connection.close()


def _read_waiting(waiting: deque[Wanted], municipalities: Sequence[int], actor: Actor) -> dict[str, pa.Table]:
    found: dict[str, pa.Table] = {}
    with scope(municipalities, actor):
        while waiting:
            try:
                one = waiting.popleft()
            except IndexError:
                break
            found[one.table] = rows_out(one.table, one.where, one.columns)
    return found
