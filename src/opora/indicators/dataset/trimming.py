"""A text without what nobody sees: spaces around it, of any sort, and marks of no width."""

from __future__ import annotations

NO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
_INVISIBLE = dict.fromkeys(map(ord, NO_WIDTH))


def trimmed(raw: str) -> str:
    """Without spaces around, of any sort; marks that nobody can see are dropped."""
    return raw.translate(_INVISIBLE).strip()
