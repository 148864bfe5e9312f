"""Signing in by somebody else's server of accounts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client, override_settings

from opora.access.models import Grant, User
from opora.access.roles import Role
from tests.access.world import SCHOOLS, user_of
from tests.web.accounts_server import accounts_server
from tests.web.people import browser, with_second_factor

pytestmark = pytest.mark.usefixtures("world")
HERE = SCHOOLS[0]
LOGIN = "/account/openid/login/"


@pytest.fixture(autouse=True)
def nobody_yet(world: None) -> Iterator[None]:
    yield
    Grant.objects.all().delete()
    User.objects.all().delete()


def through(claims: dict[str, Any], code: str = "good") -> tuple[Client, Any]:
    """What comes of it when the server says this of who has signed in there."""
    client = browser()
    with accounts_server(claims) as address:
        app = {
            "provider_id": "openid", "name": "Округ", "client_id": "opora", "secret": "тайна",
            "settings": {"server_url": address},
        }  # fmt: skip
        providers = {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
        with override_settings(SOCIALACCOUNT_PROVIDERS=providers):
            assert "Войти через «Округ»" in client.get("/account/login/").content.decode()
            there = client.post(LOGIN).headers["Location"]
            assert there.startswith(f"{address}/authorize?")
            state = parse_qs(urlsplit(there).query)["state"][0]
            return client, client.get(f"{LOGIN}callback/", {"code": code, "state": state})


def test_a_known_address_that_the_server_has_verified_is_let_in() -> None:
    user = user_of(Role.METHODIST, HERE)
    client, answer = through({"sub": "1", "email": user.email, "email_verified": True})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert user.full_name in client.get("/account/").content.decode()


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "1", "email": "nobody@example.org", "email_verified": True},
        {"sub": "1", "email": "methodist.0@example.org", "email_verified": False},
        {"sub": "1"},
    ],
    ids=["unknown", "not verified", "no address"],
)
def test_anybody_else_is_not_and_no_user_is_made(claims: dict[str, Any]) -> None:
    user_of(Role.METHODIST, HERE)
    client, answer = through(claims)
    assert "Вас здесь пока не знают" in answer.content.decode()
    assert (client.get("/account/").status_code, User.objects.count()) == (302, 1)


def test_the_second_factor_is_asked_for_all_the_same() -> None:
    user = with_second_factor(user_of(Role.ADMINISTRATOR, HERE))
    client, answer = through({"sub": "1", "email": user.email, "email_verified": True})
    assert answer.headers["Location"] == "/account/second-factor/login/"
    assert client.get("/account/").status_code == 302


def test_who_was_not_let_in_there_is_not_let_in_here() -> None:
    user = user_of(Role.METHODIST, HERE)
    client, answer = through({"sub": "1", "email": user.email, "email_verified": True}, code="forged")
    assert "Вход не удался" in answer.content.decode()
    assert client.get("/account/").status_code == 302


def test_without_settings_there_is_no_such_way_in() -> None:
    assert browser().post(LOGIN).status_code == 404
    assert "Войти через" not in browser().get("/account/login/").content.decode()
