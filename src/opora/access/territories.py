"""The tree of territories: what lies below some of them, and what above."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

_BELOW = """
WITH RECURSIVE found (start, id) AS (
    SELECT id, id FROM territory WHERE id = ANY (%s)
    UNION SELECT start, t.id FROM territory t JOIN found ON t.parent_id = found.id
) SELECT start, array_agg(id) FROM found GROUP BY start"""
_ABOVE = """
WITH RECURSIVE found (start, id) AS (
    SELECT id, id FROM territory WHERE id = ANY (%s)
    UNION SELECT start, t.parent_id FROM territory t JOIN found USING (id) WHERE t.parent_id IS NOT NULL
) SELECT start, array_agg(id) FROM found GROUP BY start"""

Reach = dict[int, frozenset[int]]
"""For each territory those that it reaches, itself among them."""


def below(territories: Collection[int]) -> Reach:
    """All that lies in each of these, however deep."""
    return _reach(_BELOW, territories)


def above(territories: Collection[int]) -> Reach:
    """All in which each of these lies."""
    return _reach(_ABOVE, territories)


def _reach(query: str, territories: Collection[int]) -> Reach:
    if not territories:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(query, [list(territories)])
        return {start: frozenset(found) for start, found in cursor.fetchall()}
