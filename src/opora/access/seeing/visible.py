"""The rows that a user may see, as a query."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

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
    for role in standing.roles:
        seen |= _seen_as(role, model, standing)
    return rows.filter(seen)


def _seen_as(role: Role, model: type[Model], standing: Standing) -> Q:
    sight, found = SIGHTS[role], None
    if sight.of(model) == "whole":
        found = _of_the_territories(role, model, standing)
    elif sight.of(model) == "own":
        found = _own(role, model, standing)
    if found is None:
        return Q(pk__in=[])
    return found if sight.archive else found & Q(archived_at__isnull=True)


def _of_the_territories(role: Role, model: type[Model], standing: Standing) -> Q:
    if model in REFERENCE:
        return Q(municipality__in=standing.readable(role))
    found = Q(municipality__in=standing.territories([role]))
    if model is Person:
        jobs = Employment.objects.filter(municipality__in=standing.territories([role]), archived_at__isnull=True)
        found |= Q(pk__in=jobs.values("person"))
    return found


def _own(role: Role, model: type[Model], standing: Standing) -> Q | None:
    """Only what the role's territories keep: another role in another town widens nothing. Persons are global."""
    found = SIGHTS[role].own(model, standing)
    if found is None or model is Person:
        return found
    return found & Q(municipality__in=standing.territories([role]))
