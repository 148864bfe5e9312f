"""Who sees an organisation from inside: its staff, vacancies, documents."""

from __future__ import annotations

from opora.access.roles import SERVICE, Role
from opora.access.seeing import Standing
from opora.people.models import Organisation

INSIDE = (*SERVICE, Role.COORDINATOR)
"""Roles that see an organisation, or its municipality, from inside: all of its people. Others see some of them."""


def inside(standing: Standing, organisation: Organisation) -> Standing | None:
    """What she is as one of those who see it whole: the service of its municipality, its own coordinator. None: she
    sees only what everybody in the town does. Part of a staff list would be taken for the whole of it."""
    service, coordinator = standing.only(*SERVICE), standing.only(Role.COORDINATOR)
    if organisation.municipality_id in service.territories():
        return service
    own = any(grant.organisation_id == organisation.pk for grant in coordinator.grants)
    return coordinator if own else None
