"""A user's roles in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from opora.access.models import Grant
from opora.access.models.seat import Seat
from opora.access.roles import Role
from opora.access.seeing import Standing
from opora.community.models import Association
from opora.people.models import Organisation

S = TypeVar("S", bound=Seat)


@dataclass(frozen=True, slots=True)
class SeatInWords(Generic[S]):
    held: S
    """The role as it is given, or promised by an invitation."""
    role: str
    place: str


def seats_of(standing: Standing) -> list[SeatInWords[Grant]]:
    """In her scope; places are named whether or not she may see their rows."""
    return in_words(standing.grants)


def own_card(standing: Standing) -> int | None:
    """The person whose card is hers to read: she must be here as a teacher."""
    return standing.user.person_id if Role.EDUCATOR in standing.roles else None


def in_words(every: Iterable[S]) -> list[SeatInWords[S]]:
    """In a scope that sees their places. Each comes with its territory."""
    seats = list(every)
    organisations = Organisation.objects.in_bulk([seat.organisation_id for seat in seats])
    associations = Association.objects.in_bulk([seat.association_id for seat in seats])
    told = []
    for seat in seats:
        inner = organisations.get(seat.organisation_id) or associations.get(seat.association_id)
        place = f"{inner.title}, {seat.territory.title}" if inner else seat.territory.title
        told.append(SeatInWords(seat, Role(seat.role).label, place))
    return told
