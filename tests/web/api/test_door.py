"""The interface opens to a good key, for what the key allows, and to nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.urls import URLPattern, reverse
from django.utils import timezone

from opora.access.models import Purpose, Token, User
from opora.access.roles import Role
from opora.web.api.urls import INTERFACE
from tests.access.world import SCHOOLS, user_of
from tests.web.api.conftest import Program, asking
from tests.web.people import browser

pytestmark = pytest.mark.usefixtures("world", "nobody")
OPENED = {"towns": Purpose.NUMBERS, "programmes": Purpose.NUMBERS, "tables": Purpose.FACTS, "intake": Purpose.INTAKE}


def paths() -> list[str]:
    filled = {"<int:pk>": "1", "<code>": "X-1", "<slug:name>": "person", "<path:rest>": "v1/nothing"}
    found = []
    for one in INTERFACE:
        assert isinstance(one, URLPattern)
        path = str(one.pattern)
        for part, value in filled.items():
            path = path.replace(part, value)
        found.append(path.removeprefix("api/").removeprefix("v1/"))
    return found


@pytest.mark.parametrize("path", paths())
def test_without_a_key_only_the_description_is_told(path: str) -> None:
    for secret in ("", "opora_neverissued"):
        answer = asking(secret)(path)
        if path == "openapi.json":
            assert answer.json()["openapi"] == "3.1.0"
        elif path == "nothing":
            assert (answer.status_code, list(answer.json())) == (404, ["detail"])
        else:
            assert (answer.status_code, list(answer.json())) == (401, ["detail"])


def test_a_session_of_a_browser_is_no_key() -> None:
    answer = browser(user_of(Role.METHODIST, SCHOOLS[0])).get("/api/v1/tables")
    assert answer.status_code == 401


@pytest.mark.parametrize("path", OPENED)
def test_a_key_opens_what_it_is_for(path: str, program: Callable[..., Program]) -> None:
    needed = OPENED[path]
    others = [one for one in Purpose if one is not needed]
    assert program(Role.METHODIST, purposes=[needed])(path).status_code == 200
    refused = program(Role.METHODIST, purposes=others)(path)
    assert refused.status_code == 403
    assert "не разрешает" in refused.json()["detail"]


def test_nothing_that_is_told_may_be_kept_on_the_way(program: Callable[..., Program]) -> None:
    assert program(Role.METHODIST)("tables").headers["Cache-Control"] == "private, no-store"


def test_an_administrator_needs_her_second_factor_here_too(program: Callable[..., Program]) -> None:
    ask = program(Role.ADMINISTRATOR)
    assert ask("tables").status_code == 200
    Authenticator.objects.all().delete()
    assert ask("tables").status_code == 403


def test_the_key_of_somebody_without_a_role_sees_nothing(program: Callable[..., Program]) -> None:
    ask = program(Role.METHODIST)
    User.objects.get().grants.all().delete()
    assert ask("tables").json() == []
    assert ask("towns").json() == []
    assert ask("programmes").json() == []
    assert ask("intake").json() == []
    assert ask("tables/person/rows").status_code == 404


def test_a_key_is_made_on_a_page_shown_once_and_withdrawn(program: Callable[..., Program]) -> None:
    client = browser(user_of(Role.METHODIST, SCHOOLS[0]))
    made = client.post(reverse("token_new"), {"title": "сайт", "purposes": ["facts"], "expires_on": "2000-01-01"})
    assert "не больше чем на год" in made.content.decode()
    form = {"title": "сайт", "purposes": ["facts"], "expires_on": timezone.localdate().isoformat()}
    text = client.post(reverse("token_new"), form).content.decode()
    secret = text.split("<code>")[1].split("</code>")[0]
    assert asking(secret)("tables").status_code == 200
    listed = client.get(reverse("tokens"))
    assert secret not in listed.content.decode()
    (number,) = Token.objects.values_list("pk", flat=True)
    other = browser(user_of(Role.HEAD, SCHOOLS[0]))
    assert other.post(reverse("tokens"), {"token": number}).status_code == 404
    assert asking(secret)("tables").status_code == 200
    client.post(reverse("tokens"), {"token": number})
    assert asking(secret)("tables").status_code == 401
