"""What belongs to a row, on its page: who was at the meeting, the steps of the route."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from opora.access.keeping import places_of
from opora.privacy.reading import log_reading
from opora.web.gate import Request
from opora.web.lists.listing import LISTS
from opora.web.rows.choosing import name_of
from opora.web.rows.kept import KEPT, Kept
from opora.web.rows.sheet import parts_of, sheet_for

_MOST = 100


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    rows: list[tuple[str, str]]
    """Each in words, with the address of its page."""
    more: bool
    adds: str
    """Where more is entered; empty for who keeps no such rows."""
    many: bool
    """As a list of people."""


def parts_shown(request: Request, kept: Kept, pk: int) -> list[Part]:
    """As far as the reader may see them; who is named is logged."""
    found = [(name, owner) for name, owner in parts_of(kept) if LISTS[name].seen_by(request.standing)]
    return [_part(request, name, owner, pk) for name, owner in found]


def _part(request: Request, name: str, owner: str, pk: int) -> Part:
    listing, standing = LISTS[name], request.standing
    columns = listing.columns(standing)
    rows = list(listing.rows(standing).filter(**{owner: pk}).order_by(*columns[0].sort, "pk")[: _MOST + 1])
    people = listing.shown(rows[:_MOST], standing)
    log_reading(people, by=standing.actor, what=f"строка «{listing.title}»", own=request.user.person_id)
    many = sheet_for(name, standing) is not None
    adds = reverse("row_many" if many else "row_new", args=[name]) if places_of(standing, KEPT[name].model) else ""
    shown = [(name_of(row), reverse("row", args=[name, row.pk])) for row in rows[:_MOST]]
    return Part(listing.title, shown, len(rows) > _MOST, f"{adds}?{owner}={pk}" if adds else "", many)
