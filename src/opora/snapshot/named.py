"""How rows of the registry are called in a snapshot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def called(rows: Sequence[tuple[str, str]]) -> list[str]:
    """Of all the rows of a table that a snapshot has, each told by its key and its municipality's: where two
    municipalities use the same key, theirs are told apart (``take``)."""
    used = Counter(key for key, _ in rows)
    return [key if used[key] == 1 else f"{town}/{key}" for key, town in rows]
