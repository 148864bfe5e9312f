"""Roles are given and taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from opora.access.domain.seats import RoleAt, seat_faults
from opora.access.models import Grant, User
from opora.access.roles import Role
from opora.registry.scope import Actor, scope
from opora.registry.verbs import Fault, Refused


@dataclass(frozen=True, slots=True)
class NewGrant:
    user: User
    seat: RoleAt
    since: dt.date
    until: dt.date | None = None


def give(grants: Sequence[NewGrant], *, within: Collection[int], by: Actor) -> list[Grant]:
    """``within``: territories in which the giver may give roles (``access.seeing.governed``, or all of them)."""
    with scope({grant.seat.territory for grant in grants} & set(within), by):
        faults = seat_faults([grant.seat for grant in grants], within)
        faults += [
            Fault(row, "until", "Роль кончается раньше, чем начинается", "Исправьте одну из дат")
            for row, grant in enumerate(grants)
            if grant.until and grant.until < grant.since
        ]
        faults += _repeated(grants)
        if faults:
            raise Refused(tuple(sorted(faults, key=lambda fault: fault.row or 0)))
        return Grant.objects.bulk_create(
            Grant(user=grant.user, since=grant.since, until=grant.until, **seat_fields(grant.seat)) for grant in grants
        )


def take_back(grants: Sequence[Grant], *, on: dt.date, within: Collection[int], by: Actor) -> None:
    """From that day on they are held no more; what would begin later never begins. What has been held was held: the
    day is not before today. The last administrator cannot shut herself out: nobody takes back her own."""
    with scope({grant.territory_id for grant in grants} & set(within), by):
        faults = [
            Fault(row, "territory", "В этом муниципалитете вы не забираете ролей")
            for row, grant in enumerate(grants)
            if grant.territory_id not in within
        ]
        if on < today():
            faults.append(Fault(None, "on", "Роль нельзя забрать задним числом", "Выберите сегодня или позже"))
        faults += [
            Fault(row, "", "Свою роль администратора вы не забираете", "Попросите другого администратора")
            for row, grant in enumerate(grants)
            if grant.role == Role.ADMINISTRATOR and grant.user.acting == by.user
        ]
        if faults:
            raise Refused(tuple(faults))
        held = Grant.objects.filter(pk__in=[grant.pk for grant in grants])
        held.filter(since__gt=on).delete()
        held.filter(Q(until__isnull=True) | Q(until__gt=on)).update(until=on)


def seat_fields(seat: RoleAt) -> dict[str, object]:
    return {
        "role": seat.role,
        "territory_id": seat.territory,
        "organisation_id": seat.organisation,
        "association_id": seat.association,
    }


def today() -> dt.date:
    return timezone.localdate()


def _repeated(grants: Sequence[NewGrant]) -> list[Fault]:
    """The same role in the same place at the same time is given once."""
    known: dict[tuple[object, ...], list[tuple[dt.date, dt.date]]] = {}
    for held in Grant.objects.filter(user__in=[grant.user.pk for grant in grants]):
        seat = RoleAt(Role(held.role), held.territory_id, held.organisation_id, held.association_id)
        known.setdefault((held.user_id, seat), []).append((held.since, held.until or dt.date.max))
    faults = []
    for row, grant in enumerate(grants):
        days = (grant.since, grant.until or dt.date.max)
        others = known.setdefault((grant.user.pk, grant.seat), [])
        if any(days[0] < until and since < days[1] for since, until in others):
            faults.append(Fault(row, "role", f"Роль «{grant.seat.role.label}» на это время уже дана"))
        others.append(days)
    return faults
