"""What the frame around every page shows, for whoever is asking."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from opora.web.layout.appearance import Appearance, appearance_of
from opora.web.layout.navigation import Rail, is_page, rail_of


class Frame:
    """Made for every page, and asked only by those that are shown in the frame."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.signed_in = hasattr(request, "standing")

    @property
    def appearance(self) -> Appearance:
        return appearance_of(self._request)

    @property
    def rail(self) -> Rail:
        standing = self._request.standing  # type: ignore[attr-defined]
        return rail_of(standing.roles, self.here)

    @property
    def here(self) -> str:
        match = self._request.resolver_match
        return (match.url_name or "") if match else ""

    @property
    def path(self) -> str:
        """Where to come back to: a page that was sent by a form cannot be asked again."""
        return self._request.get_full_path()

    @property
    def finds(self) -> bool:
        return is_page("search")


def frame(request: HttpRequest) -> dict[str, Any]:
    return {"frame": Frame(request)}
