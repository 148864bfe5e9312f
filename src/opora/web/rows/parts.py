"""What belongs to a row, on its page: who was at the meeting, the steps of the route."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from opora.access.keeping import places_of
from opora.indicators.dataset.schema import Kind
from opora.privacy.reading import log_reading
from opora.registry.batch.words import described
from opora.registry.batch.words import shown as written
from opora.web.gate import Request
from opora.web.lists.listing import LISTS
from opora.web.rows.choosing import name_of
from opora.web.rows.kept import KEPT, Kept
from opora.web.rows.sheet import Sheet, parts_of, sheet_for

_MOST = 100
_FEW = 20


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

    @property
    def few(self) -> bool:
        """So that nobody need unfold them."""
        return len(self.rows) <= _FEW


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
    told = Sheet(KEPT[name], owner)
    shown = [(_name(row, told), reverse("row", args=[name, row.pk])) for row in rows[:_MOST]]
    return Part(listing.title, shown, len(rows) > _MOST, f"{adds}?{owner}={pk}" if adds else "", many)


def _name(row: Any, sheet: Sheet) -> str:
    """Of a person's row her name, with what is not as usual: «Иванова Анна, ведущий»."""
    person = row.person if sheet.of_people else None
    if person is None:
        return name_of(row)
    values = {name: (column, getattr(row, name)) for name, column in sheet.own.items()}
    told = [
        f"{column.title.lower()}: {written(column, value)}"
        if column.kind in (Kind.FLAG, Kind.NUMBER)
        else written(column, value)
        for name, (column, value) in values.items()
        if value is not None and value != sheet.usual.get(name)
    ]
    return ", ".join([described(person), *told])
