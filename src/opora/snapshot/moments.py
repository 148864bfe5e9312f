"""What of the facts has changed since a moment: asked of the trail, to which every change is appended.

There is no counter to be raised, so writers never wait for each other; and a change that was begun before the moment
and committed after it counts as later, whatever the order of numbers and clocks.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from opora.indicators.dataset.tables import STORED

_UNKNOWN = -1
"""The database was moved to another cluster by hand, and nobody can tell what came first."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a transaction sees."""

    era: int
    """Of the cluster: a restored one counts its transactions anew (``privacy.sealing``)."""
    seen: str
    """PostgreSQL's ``pg_snapshot``."""


def moment() -> Moment:
    """Of the current transaction: of one that is REPEATABLE READ, of all that it reads."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT opora_era(), pg_current_snapshot()::text")
        return Moment(*cursor.fetchone())


def changed_since(then: Moment) -> frozenset[str]:
    """Tables of the dataset of which anything has changed that the current scope reads."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT opora_era()")
        if cursor.fetchone() == (_UNKNOWN,):
            return frozenset(STORED)
        cursor.execute("SELECT opora_changed(%s, %s::pg_snapshot)", [then.era, then.seen])
        found = {name for (name,) in cursor.fetchall()}
    if "employment" in found:
        found.add("person")  # whoever gets a job here is seen here, wherever she was entered
    return frozenset(found & STORED.keys())
