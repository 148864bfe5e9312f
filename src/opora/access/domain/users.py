"""Users are made, closed and opened again. They are not deleted: the trail speaks of them."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from opora.access.models import User
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


def set_active(users: Sequence[User], *, active: bool, by: Actor) -> None:
    """Who is closed cannot sign in, and her sessions are over with her next request."""
    with scope([], by):
        User.objects.filter(pk__in=[user.pk for user in users]).update(is_active=active)


def email_faults(email: str) -> list[Fault]:
    try:
        validate_email(email)
    except ValidationError:
        return [Fault(None, "email", f"«{email}» — не адрес электронной почты", "Адрес выглядит так: имя@школа.рф")]
    return []


def password_faults(password: str, user: User) -> list[Fault]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return [Fault(None, "password", message) for message in error.messages]
    return []
