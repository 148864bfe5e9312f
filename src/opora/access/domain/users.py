"""Users are made, closed and opened again. They are not deleted: the trail speaks of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils import timezone

from opora.access.models import Grant, User
from opora.registry.scope import Actor, scope
from opora.registry.verbs import Fault, Refused


def make_user(email: str, full_name: str, *, password: str, person: int | None = None, by: Actor) -> User:
    """Only invitations and the command line make users. ``person``: who she is in the registry, checked before."""
    user = User(email=email.strip().lower(), full_name=" ".join(full_name.split()), person_id=person)
    faults = email_faults(user.email) + password_faults(password, user)
    if not user.full_name:
        faults.append(Fault(None, "full_name", "Имя не указано", "Напишите фамилию, имя и отчество"))
    if User.objects.filter(email=user.email).exists():
        faults.append(Fault(None, "email", f"Пользователь с адресом {user.email} уже есть"))
    if faults:
        raise Refused(tuple(faults))
    user.set_password(password)
    with scope([], by):
        user.save(force_insert=True)
    return user


def set_active(users: Sequence[User], *, active: bool, within: Collection[int], by: Actor) -> None:
    """Who is closed cannot sign in, and her sessions are over with her next request.

    ``within``: territories in which whoever does it may give roles; see ``refuse_foreign``.
    """
    refuse_foreign(users, within=within, by=by)
    with scope([], by):
        User.objects.filter(pk__in=[user.pk for user in users]).update(is_active=active)


def forget_second_factor(users: Sequence[User], *, within: Collection[int], by: Actor) -> None:
    """Of whoever has lost her telephone: with her next sign-in the password alone is asked."""
    refuse_foreign(users, within=within, by=by)
    with scope([], by):
        Authenticator.objects.filter(user__in=[user.pk for user in users]).delete()


def refuse_foreign(users: Sequence[User], *, within: Collection[int], by: Actor) -> None:
    """A user is one for all her territories: what shuts her out, or lets somebody in under her name, is not for an
    administrator of only some of them. Nor may anybody do it to herself: nobody could let her in again."""
    lasting = Grant.objects.filter(Q(until__isnull=True) | Q(until__gt=timezone.localdate()))
    foreign = set(lasting.filter(user__in=users).exclude(territory__in=within).values_list("user_id", flat=True))
    faults = []
    for row, user in enumerate(users):
        if user.acting == by.user:
            faults.append(Fault(row, "", "Это вы сами", "Попросите другого администратора"))
        elif user.pk in foreign:
            message = "У этого пользователя есть роли и там, где вы их не даёте"
            faults.append(Fault(row, "", message, "Свои роли заберите; остальное решает администратор тех территорий"))
    if faults:
        raise Refused(tuple(faults))


def email_faults(email: str) -> list[Fault]:
    try:
        validate_email(email)
    except ValidationError:
        return [
            Fault(None, "email", f"«{email}» — не адрес электронной почты", "Адрес выглядит так: ivanova@example.ru")
        ]
    return []


def password_faults(password: str, user: User) -> list[Fault]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return [Fault(None, "password", message) for message in error.messages]
    return []
