"""Of whom the back office tells: the territories in which its reader holds the role that opens the page."""

from __future__ import annotations

from opora.access.roles import Role
from opora.access.seeing import Standing


def governed(standing: Standing) -> frozenset[int]:
    """Where she is an administrator. Another role in another town opens nothing of that town here."""
    return standing.territories([Role.ADMINISTRATOR])
