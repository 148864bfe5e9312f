"""Invitations by link: made by somebody who may give the role, used once by whoever has the link."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from opora.access.domain.grants import NewGrant, give, seat_fields, today
from opora.access.domain.seats import RoleAt, person_faults, seat_faults
from opora.access.domain.users import email_faults, make_user
from opora.access.models import Invitation, User
from opora.access.roles import Role
from opora.registry.scope import Actor, scope
from opora.registry.verbs import Refused

LIFETIME = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Invited:
    invitation: Invitation
    token: str
    """What the link ends with: told once, and kept nowhere."""


def invite(
    email: str, full_name: str, seat: RoleAt, *, person: int | None = None, within: Collection[int], by: Actor
) -> Invited:
    """``within``: territories in which the inviter may give roles; ``person``: who she is in the registry."""
    email = email.strip().lower()
    token = secrets.token_urlsafe(32)
    with scope({seat.territory} & set(within), by):
        others = User.objects.exclude(email=email).filter(person__isnull=False)
        faults = email_faults(email) + seat_faults([seat], within)
        faults += person_faults([person], set(others.filter(person=person).values_list("person_id", flat=True)))
        if faults:
            raise Refused(tuple(faults))
        invitation = Invitation.objects.create(
            email=email,
            full_name=" ".join(full_name.split()),
            person_id=person,
            digest=_digest(token),
            expires_at=timezone.now() + LIFETIME,
            **seat_fields(seat),
        )
    return Invited(invitation, token)


def open_invitation(token: str) -> Invitation | None:
    """None if there is no such one, or it has expired, or it is used."""
    open_ones = Invitation.objects.filter(used_at__isnull=True, expires_at__gt=timezone.now())
    return open_ones.select_related("territory").filter(digest=_digest(token)).first()


def withdraw(invitation: Invitation, *, by: Actor) -> None:
    with scope([], by):
        Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True).update(expires_at=timezone.now())


def accept_as_new(invitation: Invitation, *, full_name: str, password: str, address: str) -> User:
    """A new user with the role of the invitation."""
    with scope([invitation.territory_id], Actor("приглашение", address)):
        _use(invitation)
        by = Actor("приглашение", address)
        user = make_user(invitation.email, full_name, password=password, person=_free_person(invitation), by=by)
        _give_promised(invitation, user, by)
    return user


def accept(invitation: Invitation, user: User, *, by: Actor) -> None:
    """One more role for who is a user already; she must have signed in under the address of the invitation."""
    assert user.email == invitation.email
    with scope([invitation.territory_id], by):
        _use(invitation)
        person = _free_person(invitation)
        if person and user.person_id is None:
            user.person_id = person
            user.save(update_fields=["person"])
        _give_promised(invitation, user, by)


class Used(Exception):
    """Somebody was faster."""


def _use(invitation: Invitation) -> None:
    """Two who accept at once are told apart by the database."""
    still_open = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True, expires_at__gt=timezone.now())
    if not still_open.update(used_at=timezone.now()):
        raise Used


def _free_person(invitation: Invitation) -> int | None:
    taken = User.objects.exclude(email=invitation.email).filter(person=invitation.person_id).exists()
    return None if taken else invitation.person_id


def _give_promised(invitation: Invitation, user: User, by: Actor) -> None:
    seat = RoleAt(Role(invitation.role), invitation.territory_id, invitation.organisation_id, invitation.association_id)
    give([NewGrant(user, seat, today())], within=[invitation.territory_id], by=by)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
