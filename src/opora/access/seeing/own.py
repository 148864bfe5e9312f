"""Which rows are a role's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet

from opora.access.roles import Role
from opora.access.seeing.concerns import CONCERNS
from opora.access.seeing.standing import Standing
from opora.community.models import Meeting, Membership
from opora.learning.models import Mentorship, Route
from opora.people.models import Employment
from opora.registry.models import State


def nothing(model: type[Model], standing: Standing) -> Q | None:
    return None


def of_the_organisation(model: type[Model], standing: Standing) -> Q | None:
    """Rows of her organisations; and where a row names no organisation, those about people who work there.

    So of somebody with a second job in another school, that job stays the other school's.
    """
    concerns = CONCERNS[model]
    organisations = [grant.organisation_id for grant in standing.of([Role.COORDINATOR])]
    staff = holding(Employment, standing.on).filter(organisation__in=organisations).values("person")
    nobody_s = Q(**{f"{path}__isnull": True for path in concerns.organisations})
    return _any(concerns.organisations, organisations) | (_any(concerns.people, staff) & nobody_s)


def of_herself(model: type[Model], standing: Standing) -> Q | None:
    """Rows about her, and those in which she acts."""
    me = standing.user.person_id
    if me is None:
        return None
    if model is Meeting:
        mine = holding(Membership, standing.on).filter(person=me).values("association")
        return Q(association__in=mine)
    return _any(CONCERNS[model].people + CONCERNS[model].by, [me])


def of_her_mentees(model: type[Model], standing: Standing) -> Q | None:
    """Rows about those whom she mentors or whose route she leads on the day, and those in which she acts for them.

    A pair is seen from both its ends: of her mentee's other pairs she sees nothing.
    """
    me = standing.user.person_id
    if me is None:
        return None
    if model is Mentorship:
        return Q(mentor=me)
    here = standing.territories([Role.MENTOR])
    mentored = holding(Mentorship, standing.on).filter(mentor=me, municipality__in=here).values("mentee")
    led = holding(Route, standing.on).filter(tutor=me, municipality__in=here).values("person")
    concerns = CONCERNS[model]
    return _any(concerns.people, mentored) | _any(concerns.people, led) | _any(concerns.by, [me])


def of_the_association(model: type[Model], standing: Standing) -> Q | None:
    """Rows of her associations; of their members of the day only who they are and where they work."""
    associations = [grant.association_id for grant in standing.of([Role.ASSOCIATION_HEAD])]
    concerns = CONCERNS[model]
    if concerns.associations:
        return _any(concerns.associations, associations)
    return _any(concerns.people, holding(Membership, standing.on).filter(association__in=associations).values("person"))


def holding(model: type[State], on: dt.date) -> QuerySet[Any]:
    """Rows of a state that hold on the day. One whose beginning is not known holds: access is not a number."""
    rows: QuerySet[Any] = model._default_manager.filter(State.holding(on))
    return rows


def _any(paths: Iterable[str], among: Any) -> Q:
    """One of the paths leads to one of these. Without a path, nothing does."""
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(**{f"{path}__in": among})
    return found
