"""A user's roles in words."""

from __future__ import annotations

from dataclasses import dataclass

from opora.access.models import Grant
from opora.access.roles import Role
from opora.access.seeing import Standing
from opora.community.models import Association
from opora.people.models import Organisation


@dataclass(frozen=True, slots=True)
class SeatInWords:
    grant: Grant
    role: str
    place: str


def seats_of(standing: Standing) -> list[SeatInWords]:
    """In her scope; places are named whether or not she may see their rows."""
    organisations = Organisation.objects.in_bulk([grant.organisation_id for grant in standing.grants])
    associations = Association.objects.in_bulk([grant.association_id for grant in standing.grants])
    seats = []
    for grant in standing.grants:
        inner = organisations.get(grant.organisation_id) or associations.get(grant.association_id)
        place = f"{inner.title}, {grant.territory.title}" if inner else grant.territory.title
        seats.append(SeatInWords(grant, Role(grant.role).label, place))
    return seats
