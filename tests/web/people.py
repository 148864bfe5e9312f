"""Whoever opens pages in the tests."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from opora.access.models import User
from opora.people.models import Person
from opora.privacy.models import Proposal
from opora.privacy.proposals import File, NewProposal, propose
from opora.registry.scope import scope
from tests.access.world import TESTS, School, territory

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""Of everybody's second factor."""


def browser(user: User | None = None) -> Client:
    """Signed in as the user, past the sign-in pages."""
    client = Client(SERVER_NAME="127.0.0.1")
    if user is not None:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def with_second_factor(user: User) -> User:
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def code() -> str:
    """What everybody's telephone shows now."""
    _before, now, _after = yield_hotp_counters_from_time()
    return str(format_hotp_value(hotp_value(SECRET, now)))


def said(answer: Any) -> str:
    """The texts of a page, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def a_proposal(school: School) -> dict[str, int]:
    """The school's educator proposes a publication, with a scan; the same one each time."""
    home = territory(school.town)
    with scope([home], TESTS):
        person = Person.objects.get(key=school.key("person")).pk
        found = Proposal.objects.filter(person=person, verdict__isnull=True).order_by("pk").first()
    if found is None:
        told = NewProposal(
            person=person,
            table="publication",
            becomes={"title": "Урок на опорах", "date": dt.date(2025, 3, 1)},
            file=File("статья.pdf", b"%PDF-1.7"),
        )
        (found,) = propose([told], municipality=home, by=TESTS)
    return {"pk": found.pk}


def filled(client: Client, address: str) -> dict[str, str]:
    """What the form of a page that adds or saves would send if nobody typed anything."""
    return in_form(client.get(address))


def in_form(answer: Any) -> dict[str, str]:
    """The same of a page that is here."""
    html = answer.content.decode()
    form = next(each for each in html.split("<form") if 'name="act" value="save"' in each or "Добавить" in each)
    sent = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = (re.search(rf' {what}="([^"]*)"', tag) for what in ("name", "value"))
        if name and ('type="radio"' not in tag or " checked" in tag):
            sent[name[1]] = unescape(value[1]) if value else ""
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else ""
    for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL):
        sent[name] = unescape(text).replace("\n", "\r\n")
    return sent
