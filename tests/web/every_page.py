"""Every address of Opora with somebody to whom it opens, from the gates and their triads: new ones come in too."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass

from django.test import Client
from django.urls import NoReverseMatch, reverse

from opora.access.models import User
from opora.access.roles import Role
from opora.cycle.domain.programme import put_in_force
from opora.cycle.models import ProgrammeTerm, ProgrammeVersion
from opora.cycle.numbers import USUAL, day_of
from opora.cycle.queue import OPORA, Asking
from opora.people.models import Territory
from opora.registry.scope import scope
from opora.snapshot.opened import fresh_lists
from opora.snapshot.values import fresh_values
from tests.access.world import SCHOOLS, TESTS, territory, user_of
from tests.web.office_pages import a_programme
from tests.web.people import browser, with_second_factor
from tests.web.test_gates import PAGES, PUBLIC

HERE = SCHOOLS[0]
READS = (Role.HEAD, Role.ADMINISTRATOR, Role.METHODIST, Role.COORDINATOR, Role.EDUCATOR)
"""Who reads a page: the first of them to whom it opens."""


@dataclass(frozen=True, slots=True)
class Address:
    name: str
    path: str
    role: Role | None
    """None: nobody need sign in."""


def addresses() -> list[Address]:
    """Of things of ``HERE``; in a world that has them. Secret links are left out."""
    found = [
        Address(name, reverse(name, kwargs=page.arguments(HERE)), role)
        for name, page in PAGES.items()
        for role in [next(role for role in READS if role not in page.hidden)]
    ]
    return found + [Address(name, path, None) for name in sorted(PUBLIC) if (path := _without_arguments(name))]


def readers() -> dict[Role | None, User | None]:
    """Past their second factor."""
    users: dict[Role | None, User | None] = {None: None}
    for role in READS:
        email = f"reads.{role}@example.org"
        known = User.objects.filter(email=email).first()
        users[role] = known or with_second_factor(user_of(role, HERE, email))
    return users


def shown() -> dict[Address, str]:
    """What each reader gets of those that are whole pages, her password typed a moment ago. In a world with numbers."""
    clients = {role: browser(user) for role, user in readers().items()}
    for role, client in clients.items():
        if role is not None:
            trust(client)
    answers = {one: clients[one.role].get(one.path) for one in addresses()}
    return {
        one: answer.content.decode()
        for one, answer in answers.items()
        if answer.status_code == 200 and answer.content.lstrip().lower().startswith(b"<!doctype html")
    }


def trust(client: Client) -> None:
    """As of somebody who has just typed her password."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()


def sessions() -> dict[Role | None, str]:
    """Of each reader: what her browser keeps once she has signed in."""
    return {role: browser(user).cookies["sessionid"].value for role, user in readers().items() if user is not None}


def count_numbers() -> None:
    """The programme of ``HERE`` in force, its numbers counted and opened, as the worker would have done."""
    place = Territory.objects.get(key=HERE.town)
    pk = a_programme(HERE)["pk"]
    with scope([place.pk], TESTS):
        version = ProgrammeVersion.objects.get(pk=pk)
        in_force = ProgrammeTerm.objects.filter(version=pk).exists()
    if not in_force:
        put_in_force(pk, since=dt.date(2021, 1, 1), municipality=territory(HERE.town), by=TESTS)
    on = day_of(version, dt.date.today())
    fresh_values(Asking(version, place, on, by=USUAL).question, OPORA)
    fresh_lists(Asking(version, place, on, code="X-1").question, OPORA)


def _without_arguments(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
