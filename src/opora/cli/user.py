"""``opora user``: who may sign in, and as what. On the machine itself roles are given everywhere."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import click

from opora.cli.options import command, day_type, joined, municipality_option
from opora.cli.registry import whoever_runs_this
from opora.cli.screen import Screen

if TYPE_CHECKING:
    from opora.access.domain.seats import RoleAt
    from opora.access.models import User

ROLES = (
    "administrator", "head", "methodist", "organisation_coordinator", "educator", "mentor", "association_head",
    "expert", "psychologist", "observer",
)  # fmt: skip
"""Kept here too, because a help page must not wait for Django to be imported."""
_Command = TypeVar("_Command", bound=Callable[..., object])


@click.group(
    "user",
    options_metavar="[ПАРАМЕТРЫ]",
    subcommand_metavar="КОМАНДА …",
    short_help="пользователи и роли: завести, пригласить, дать роль",
)
def user() -> None:
    """Пользователи: завести, пригласить, дать роль, впустить снова."""


_email = click.argument("email", metavar="ПОЧТА")
_name = click.option("--name", "full_name", metavar="ФИО", required=True, help="Фамилия, имя и отчество.")
_seat = joined(
    click.option("--role", metavar="РОЛЬ", required=True, type=click.Choice(ROLES), help=", ".join(ROLES) + "."),
    municipality_option(required=True),
    click.option("--organisation", metavar="КОД", help="Организация: для organisation_coordinator и educator."),
    click.option("--association", metavar="КОД", help="Объединение: для association_head."),
)


@command("create", short_help="завести пользователя с паролем")
@_email
@_name
def create(email: str, full_name: str) -> None:
    """Завести пользователя. Пароль спрашивается, а не с терминала — читается первой строкой ввода.

    \b
    opora user create admin@example.ru --name "Иванова Ольга Петровна"
    opora user grant admin@example.ru --role administrator --municipality strezhevoy
    """
    with _registry():
        from opora.access.domain.users import make_user

        make_user(email, full_name, password=_password(), by=whoever_runs_this())
    Screen().say("Пользователь заведён; роль даёт opora user grant")


@command("invite", short_help="сделать приглашение с ролью")
@_email
@_name
@_seat
def invite(
    email: str, full_name: str, role: str, municipality: str, organisation: str | None, association: str | None
) -> None:
    """Сделать приглашение: ссылку, по которой человек сам заведёт пароль и получит роль. Она действует неделю."""
    with _registry():
        from django.urls import reverse

        from opora.access.domain.invitations import invite as make_invitation

        seat = _seat_of(role, municipality, organisation, association)
        invited = make_invitation(email, full_name, seat, within=[seat.territory], by=whoever_runs_this())
        link = reverse("invitation", args=[invited.token])
    _tell_link(link)


@command("grant", short_help="дать роль")
@_email
@_seat
@click.option("--since", metavar="ДАТА", type=day_type, help="С какого дня; без него — с сегодняшнего.")
@click.option("--until", metavar="ДАТА", type=day_type, help="До какого дня, не включая его; без него — без срока.")
def grant(
    email: str,
    role: str,
    municipality: str,
    organisation: str | None,
    association: str | None,
    since: dt.date | None,
    until: dt.date | None,
) -> None:
    """Дать пользователю роль на муниципалитет, организацию или объединение."""
    with _registry():
        from opora.access.domain.grants import NewGrant, give, today

        seat = _seat_of(role, municipality, organisation, association)
        new = NewGrant(_user(email), seat, since or today(), until)
        give([new], within=[seat.territory], by=whoever_runs_this())
    Screen().say(f"Роль дана: {seat.role.label}")


@command("restore", short_help="впустить снова: ссылка для нового пароля")
@_email
@click.option("--forget-second-factor", is_flag=True, help="Забыть и второй фактор: телефон потерян, кодов нет.")
def restore(email: str, forget_second_factor: bool) -> None:
    """Дать ссылку, по которой пользователь заведёт новый пароль. Она действует сутки и один раз."""
    with _registry():
        from allauth.mfa.models import Authenticator

        from opora.web.views.sign_in import new_password_path

        found = _user(email)
        if forget_second_factor:
            Authenticator.objects.filter(user=found).delete()
        link = new_password_path(found)
    _tell_link(link)


for _command in (create, invite, grant, restore):
    user.add_command(_command)


@contextmanager
def _registry() -> Iterator[None]:
    """The installation; what a verb refuses is told as the user's fault."""
    from opora.cli.trouble import Faulty
    from opora.site.setup import start

    start()
    from opora.registry.verbs import Refused

    try:
        yield
    except Refused as refused:
        raise Faulty("\n".join(fault.message for fault in refused.faults)) from refused


def _user(email: str) -> User:
    from opora.access.models import User

    found = User.objects.filter(email=email.strip().lower()).first()
    if found is None:
        raise click.BadParameter(f"Пользователя с адресом «{email}» нет: opora user create", param_hint="ПОЧТА")
    return found


def _seat_of(role: str, municipality: str, organisation: str | None, association: str | None) -> RoleAt:
    from opora.access.domain.seats import RoleAt
    from opora.access.roles import Role
    from opora.community.models import Association
    from opora.people.models import Organisation
    from opora.registry.scope import scope
    from opora.snapshot.territories import territory

    home = territory(municipality).pk
    found: dict[str, int] = {}
    with scope([home], whoever_runs_this()):
        for name, key, model in (
            ("organisation", organisation, Organisation),
            ("association", association, Association),
        ):
            if key is not None:
                row = model._default_manager.filter(key=key, municipality=home).first()
                if row is None:
                    raise click.BadParameter(f"В «{municipality}» нет кода «{key}»", param_hint=f"--{name}")
                found[name] = row.pk
    return RoleAt(Role(role), home, **found)


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    return str(click.prompt("Пароль", hide_input=True, confirmation_prompt="Ещё раз"))


def _tell_link(path: str) -> None:
    from opora.site.home import Home

    base = Home.current().address or "http://127.0.0.1:8000"
    screen = Screen()
    screen.say("Передайте эту ссылку только тому, кому она предназначена:")
    screen.code(base + path)
