"""What a browser is told, what the outside may know, and that nothing comes from elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.template.loader import get_template
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.access.models import User
from opora.access.roles import Role
from opora.people.models import Organisation
from opora.registry.scope import scope
from opora.site.home import Home
from opora.site.trouble import SiteTrouble
from tests.access.world import SCHOOLS, TESTS, territory, user_of
from tests.registry.database import as_superuser
from tests.web.people import browser

pytestmark = pytest.mark.usefixtures("world")
PAGES = ("start", "organisations", "account", "usersessions_list", "mfa_index", "account_change_password")
LIST_QUERIES = 17
WEB = Path(__file__).parents[2] / "src" / "opora" / "web"


@pytest.fixture(scope="module")
def methodist(world: None) -> User:
    return user_of(Role.METHODIST, SCHOOLS[0])


def test_django_finds_nothing_to_mend_in_an_installation_with_an_address() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "INFO"],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "opora.site.settings", "OPORA_ADDRESS": "https://opora.example.ru"},
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n"), done.stderr


@pytest.mark.parametrize("name", PAGES)
def test_a_page_runs_and_shows_nothing_that_is_not_our_own(name: str, methodist: User) -> None:
    answer = browser(methodist).get(reverse(name))
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert {policy[name] for name in ("script-src", "style-src", "form-action")} == {"'self'"}
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Frame-Options"] == "DENY"
    text = answer.content.decode()
    assert re.findall(r" (?:src|href|action)=\"(?!/|#|\?|data:)([^\"]*)", text) == []
    assert re.findall(r"<script(?![^>]*src)|<style| style=| on\w+=", text) == []


def test_no_template_has_a_script_or_a_style_in_it() -> None:
    for file in WEB.rglob("*.html"):
        assert re.findall(r"<script(?![^>]*src)|<style| style=| on\w+=|https?://", file.read_text("utf-8")) == [], file


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "429", "500", "503"])
def test_an_error_page_needs_no_request(code: str) -> None:
    assert "</html>" in get_template(f"{code}.html").render()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_asks_the_same_number_of_queries_whatever_its_length(rows: int, methodist: User) -> None:
    client = browser(methodist)
    with scope([territory("город")], TESTS):
        town = Organisation.objects.filter(key=SCHOOLS[0].key("organisation")).get()
        extra = [
            Organisation.objects.create(municipality_id=town.municipality_id, title=f"Ещё {place}", kind="school")
            for place in range(rows)
        ]
    try:
        with CaptureQueriesContext(connection) as asked:
            text = client.get(reverse("organisations")).content.decode()
        assert (text.count("Ещё "), len(asked)) == (rows, LIST_QUERIES)
    finally:
        with scope([territory("город")], TESTS):
            Organisation.objects.filter(pk__in=[row.pk for row in extra]).delete()


def test_a_form_without_its_token_changes_nothing_and_says_so(methodist: User) -> None:
    client = browser(methodist)
    client.handler.enforce_csrf_checks = True
    answer = client.post(reverse("account_change_password"), {})
    assert (answer.status_code, "Страница устарела" in answer.content.decode()) == (403, True)


def test_a_stranger_host_is_refused() -> None:
    assert browser().get("/health", SERVER_NAME="elsewhere.example").status_code == 400


@override_settings(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"))
def test_behind_a_proxy_the_client_is_whom_the_proxy_names_last() -> None:
    answer = browser().get("/account/login/", HTTP_X_FORWARDED_FOR="10.0.0.1, 192.0.2.9")
    assert answer.wsgi_request.META["REMOTE_ADDR"] == "192.0.2.9"


def test_without_a_proxy_nobody_can_pass_for_another() -> None:
    answer = browser().get("/account/login/", HTTP_X_FORWARDED_FOR="192.0.2.9")
    assert answer.wsgi_request.META["REMOTE_ADDR"] == "127.0.0.1"


def test_health_tells_that_there_is_no_worker_and_nothing_of_people(installation: Home) -> None:
    with as_superuser(installation) as connection:
        connection.execute("DELETE FROM procrastinate_workers")
    answer = browser().get("/health")
    told = {"ok": False, "database": True, "migrations_pending": 0, "queue": {"worker": False, "waiting": 0}}
    assert (answer.status_code, answer.json()) == (503, told)
    with as_superuser(installation) as connection:
        connection.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
        well = browser().get("/health")
        connection.execute("DELETE FROM procrastinate_workers")
    assert (well.status_code, well.json()["ok"]) == (200, True)


@pytest.mark.parametrize("address", ["http://opora.example.ru", "opora.example.ru", "https://a.ru/opora"])
def test_an_address_that_cannot_be_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPORA_ADDRESS", address)
    with pytest.raises(SiteTrouble, match="https://"):
        _ = Home.current().address


def test_what_is_missing_for_openid_is_named(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.create()
    home.settings_file.write_text('[openid]\ntitle = "Округ"\nclient = "opora"\n', "utf-8")
    with pytest.raises(SiteTrouble, match=r"не хватает: server, secret"):
        _ = home.openid
