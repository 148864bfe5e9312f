"""Who can sign in to the demo: one user for each role."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db.models import Count

from opora.access.domain.grants import NewGrant, give, today
from opora.access.domain.seats import RoleAt
from opora.access.domain.users import make_user
from opora.access.models import User
from opora.access.roles import PLACE, Place, Role
from opora.community.models import Association, Membership
from opora.learning.models import Mentorship
from opora.people.models import Employment, Organisation, Person, Territory
from opora.registry.scope import Actor, scope

_INVENTED = {
    Role.ADMINISTRATOR: "Соколов Андрей Викторович",
    Role.HEAD: "Лебедева Галина Петровна",
    Role.METHODIST: "Орлова Наталья Сергеевна",
    Role.COORDINATOR: "Морозова Елена Ивановна",
    Role.EXPERT: "Зайцев Олег Борисович",
    Role.PSYCHOLOGIST: "Белова Марина Олеговна",
    Role.OBSERVER: "Громова Ирина Алексеевна",
}
"""Of those who need not be among the town's educators."""
_OPEN = {"archived_at": None, "until": None}


@dataclass(frozen=True, slots=True)
class Account:
    role: str
    email: str
    where: str
    """On what the role is held."""
    codes: tuple[str, ...] = ()
    """Second factor: each good for one sign-in."""


@dataclass(frozen=True, slots=True)
class _Seat:
    at: RoleAt
    where: str
    person: Person | None = None


def make_accounts(towns: Sequence[str], password: str, by: Actor) -> list[Account]:
    """In the first of the towns, but the administrator's are all of them. The towns are keys of territories."""
    places = [Territory.objects.get(key=town) for town in towns]
    with scope([place.pk for place in places], by):
        seats: list[_Seat] = []
        for role in Role:
            taken = {one.person.pk for one in seats if one.person}
            if seat := _seat(role, places[0], taken):
                seats.append(seat)
        accounts = [_account(seat, password, by) for seat in seats]
        administrator = User.objects.get(email=accounts[0].email)
        others = [NewGrant(administrator, RoleAt(Role.ADMINISTRATOR, place.pk), today()) for place in places[1:]]
        give(others, within=[place.pk for place in places], by=by)
    return accounts


def _account(seat: _Seat, password: str, by: Actor) -> Account:
    role, territory = seat.at.role, seat.at.territory
    email = f"{role.value.replace('_', '-')}@demo.example"
    name = _full_name(seat.person) if seat.person else _INVENTED.get(role, f"Условный пользователь: {role.label}")
    user = make_user(email, name, password=password, person=seat.person.pk if seat.person else None, by=by)
    give([NewGrant(user, seat.at, today())], within=[territory], by=by)
    codes = _second_factor(user) if role is Role.ADMINISTRATOR else ()
    return Account(role.label, email, seat.where, codes)


def _second_factor(user: User) -> tuple[str, ...]:
    """An administrator cannot sign in without one; the demo has no telephone."""
    TOTP.activate(user, generate_totp_secret())
    return tuple(RecoveryCodes.activate(user).get_unused_codes()[:3])


def _seat(role: Role, town: Territory, taken: Collection[int]) -> _Seat | None:
    """Where the role is held, by nobody who has an account already; None where the town has no such place or person."""
    jobs = Employment.objects.filter(municipality=town, staff_group="educator", kind="main", **_OPEN)
    schools = Organisation.objects.filter(municipality=town, archived_at=None, employment__in=jobs)
    school = schools.annotate(jobs=Count("employment")).order_by("-jobs", "key").first()
    match role:
        case Role.COORDINATOR if school:
            return _Seat(RoleAt(role, town.pk, organisation=school.pk), school.title)
        case Role.EDUCATOR if school:
            free = jobs.filter(organisation=school).exclude(person__in=taken).select_related("person")
            job = free.order_by("person__last_name", "key").first()
            if job is not None:
                return _Seat(RoleAt(role, town.pk, organisation=school.pk), school.title, job.person)
        case Role.ASSOCIATION_HEAD:
            members = Membership.objects.filter(municipality=town, **_OPEN)
            headed = Association.objects.filter(municipality=town, membership__in=members).exclude(head__in=taken)
            found = headed.order_by("key").first()
            if found is not None:
                return _Seat(RoleAt(role, town.pk, association=found.pk), found.title, found.head)
        case Role.MENTOR:
            pairs = Mentorship.objects.filter(municipality=town, **_OPEN).exclude(mentor__in=taken)
            pair = pairs.select_related("mentor").order_by("mentor__last_name", "key").first()
            if pair is not None:
                return _Seat(RoleAt(role, town.pk), town.title, pair.mentor)
        case _ if PLACE[role] is Place.TERRITORY:
            return _Seat(RoleAt(role, town.pk), town.title)
    return None


def _full_name(person: Person) -> str:
    return " ".join(part for part in (person.last_name, person.first_name, person.patronymic) if part)
