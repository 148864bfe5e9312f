"""The rows that a user may see, as a query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from opora.access.models import User
from opora.access.roles import Role
from opora.access.seeing.concerns import CONCERNS
from opora.access.seeing.sights import REFERENCE, SIGHTS
from opora.access.seeing.standing import Standing, standing_of
from opora.people.models import Employment, Person, Territory

M = TypeVar("M", bound=Model)


def visible_to(user: User | Standing, model: type[M], on: dt.date | None = None) -> QuerySet[M]:
    """Rows of a table of facts that she may see, by the roles that she holds on the day (today).

    It is asked in ``scope_of`` the user, which holds even where this is forgotten; this narrows it to the role.
    """
    standing = user if isinstance(user, Standing) else standing_of(user, on)
    rows = model._default_manager.all()
    if model is Territory:
        return rows
    if model not in CONCERNS:
        raise LookupError(f"{model.__name__} is not a table of facts")
    seen = Q(pk__in=[])
    for archive, roles in _whole(standing, model).items():
        seen |= _unless_archived(_of_the_territories(roles, model, standing), archive=archive)
    for role in standing.roles:
        found = _own(role, model, standing) if SIGHTS[role].of(model) == "own" else None
        if found is not None:
            seen |= _unless_archived(found, archive=SIGHTS[role].archive)
    return rows.filter(seen)


def _whole(standing: Standing, model: type[Model]) -> dict[bool, set[Role]]:
    """Roles that see all of their territories, by whether also what is archived: together they ask once."""
    found: dict[bool, set[Role]] = {}
    for role in standing.roles:
        if SIGHTS[role].of(model) == "whole":
            found.setdefault(SIGHTS[role].archive, set()).add(role)
    return found


def _unless_archived(found: Q, *, archive: bool) -> Q:
    return found if archive else found & Q(archived_at__isnull=True)


def _of_the_territories(roles: Collection[Role], model: type[Model], standing: Standing) -> Q:
    if model in REFERENCE:
        return Q(municipality__in=frozenset[int]().union(*(standing.readable(role) for role in roles)))
    within = standing.territories(roles)
    found = Q(municipality__in=within)
    if model is Person:
        jobs = Employment.objects.filter(municipality__in=within, archived_at__isnull=True)
        found |= Q(Exists(jobs.filter(person=OuterRef("pk"))))
    return found


def _own(role: Role, model: type[Model], standing: Standing) -> Q | None:
    """Only what the role's territories keep: another role in another town widens nothing. Persons are global."""
    found = SIGHTS[role].own(model, standing)
    if found is None or model is Person:
        return found
    return found & Q(municipality__in=standing.territories([role]))
