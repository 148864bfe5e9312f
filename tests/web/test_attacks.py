"""What an attacker tries from outside and from within, beside the triads."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.core.cache import cache
from django.urls import reverse

from opora.access.domain.invitations import invite
from opora.access.domain.seats import RoleAt
from opora.access.models import User
from opora.access.roles import Role
from opora.registry.scope import scope
from opora.web.logs import WithoutSecrets
from opora.web.middleware import LARGEST_BODY
from opora.web.views.sign_in import new_password_path
from tests.access.world import PASSWORD, SCHOOLS, TESTS, territory, user_of
from tests.web.people import browser, said, with_second_factor

pytestmark = pytest.mark.usefixtures("world")
HERE = SCHOOLS[0]
HUGE = "9" * 5000
"""More digits than Python turns into a number."""
NEW_WORD = "совсем другое слово 17"


@pytest.fixture(autouse=True)
def no_attempts() -> None:
    cache.clear()


@pytest.fixture(scope="module")
def administrator(world: None) -> User:
    return with_second_factor(user_of(Role.ADMINISTRATOR, HERE, "attacked@example.org"))


def invitation(email: str) -> str:
    home = territory("город")
    with scope([home], TESTS):
        made = invite(email, "Новая Анна", RoleAt(Role.METHODIST, home), within=[home], by=TESTS)
    return reverse("invitation", args=[made.token])


@pytest.mark.parametrize("number", [HUGE, "9" * 19, "-1", "1;DROP TABLE person", "²", "\0"])
def test_a_number_that_cannot_be_is_not_found_and_breaks_nothing(number: str, administrator: User) -> None:
    asking = browser(administrator)
    where: dict[str, str | int] = {"place": territory("город"), "role": "educator"}
    assert asking.post(reverse("office_invitations"), {"invitation": number}).status_code == 404
    assert asking.get(reverse("office_invite"), where | {"person": number}).status_code in (200, 404)


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("office_users", {"q": "' OR 1=1 --"}),
        ("office_users", {"q": "%_\\", "page": HUGE}),
        ("office_trail", {"table": "person; DROP TABLE trail", "actor": "' OR ''='", "row": HUGE, "page": "-1"}),
        ("office_trail_people", {"q": "\0", "page": "1' --"}),
        ("office_publishing", {"programme": "' OR 1=1", "on": "0001-01-01", "place": HUGE}),
    ],
)
def test_nothing_that_is_asked_gets_into_a_query(page: str, query: dict[str, str], administrator: User) -> None:
    whoever = administrator if page != "office_publishing" else head()
    assert browser(whoever).get(reverse(page), query).status_code == 200


def head() -> User:
    email = "attacked.head@example.org"
    return User.objects.filter(email=email).first() or user_of(Role.HEAD, HERE, email)


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(away: str) -> None:
    user = user_of(Role.METHODIST, HERE, f"redirected.{abs(hash(away))}@example.org")
    answer = browser().post(reverse("account_login"), {"login": user.email, "password": PASSWORD, "next": away})
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("start"))
    out = browser(user).post(reverse("account_logout"), {"next": away})
    assert "evil" not in out.headers["Location"]


def test_a_session_that_somebody_laid_out_is_not_the_one_signed_in_with() -> None:
    user, client = user_of(Role.METHODIST, HERE, "fixed@example.org"), browser()
    client.session.save()
    client.get(reverse("account_login"))
    client.cookies["sessionid"] = "laidout00000000000000000000000000"
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert client.cookies["sessionid"].value != "laidout00000000000000000000000000"
    assert browserless("laidout00000000000000000000000000").get(reverse("start")).status_code == 302


def browserless(session: str) -> Any:
    client = browser()
    client.cookies["sessionid"] = session
    return client


def test_an_unknown_address_costs_as_many_hashes_as_a_known_one(monkeypatch: pytest.MonkeyPatch) -> None:
    known = user_of(Role.METHODIST, HERE, "timed@example.org")
    hashed: list[str] = []
    real = ScryptPasswordHasher.encode

    def counted(self: ScryptPasswordHasher, password: str, *args: Any, **more: Any) -> str:
        hashed.append(password)
        return real(self, password, *args, **more)

    monkeypatch.setattr(ScryptPasswordHasher, "encode", counted)
    costs = []
    for email in (known.email, "nobody.at.all@example.org"):
        hashed.clear()
        browser().post(reverse("account_login"), {"login": email, "password": NEW_WORD})
        costs.append(len(hashed))
    assert costs[0] == costs[1] > 0


@pytest.mark.parametrize("name", ["start", "organisations", "account", "usersessions_list"])
def test_after_signing_out_no_cache_gives_a_page_back(name: str) -> None:
    user = User.objects.filter(email="cached@example.org").first() or user_of(
        Role.METHODIST, HERE, "cached@example.org"
    )
    assert "no-store" in browser(user).get(reverse(name)).headers["Cache-Control"]


def test_pages_behind_a_secret_link_are_kept_by_no_cache_and_told_to_nobody() -> None:
    user = user_of(Role.METHODIST, HERE, "linked@example.org")
    for address in (invitation("stored@example.org"), new_password_path(user)):
        answer = browser().get(address, follow=True)
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Referrer-Policy"] == "same-origin"


def test_secret_links_are_not_in_the_logs(caplog: pytest.LogCaptureFixture) -> None:
    user = user_of(Role.METHODIST, HERE, "logged@example.org")
    links = [invitation("unlogged@example.org"), new_password_path(user)]
    with caplog.at_level("INFO", "opora"):
        for link in links:
            browser().get(link)
            browser().get(f"{link[:-2]}x/")
    told = " ".join(str(record.__dict__) for record in caplog.records if record.name.startswith("opora"))
    for link in links:
        secret = link.rstrip("/").rpartition("/")[2]
        assert secret not in told
        assert secret[:-1] not in told


def test_what_django_tells_of_a_refused_link_has_no_secret_either() -> None:
    told = ("Forbidden (%s): %s", ("CSRF cookie not set.", "/invitation/gwo6USn50l8/"))
    record = logging.LogRecord("django.security.csrf", logging.WARNING, "", 0, *told, None)
    WithoutSecrets().filter(record)
    assert record.getMessage() == "Forbidden (CSRF cookie not set.): /invitation/…"


def test_a_body_that_is_too_large_is_refused_before_it_is_read() -> None:
    answer = browser().post(
        reverse("account_login"),
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(LARGEST_BODY + 1),
    )
    assert answer.status_code == 413


def test_a_form_writes_nothing_that_it_does_not_show(administrator: User) -> None:
    """Mass assignment: names of columns beside those of the form."""
    link = invitation("assigned@example.org")
    more = {"is_active": "", "person": "1", "role": "administrator", "email": "other@example.org", "is_staff": "1"}
    answer = browser().post(link, {"full_name": "Новая Анна", "password": NEW_WORD, "again": NEW_WORD} | more)
    assert answer.status_code == 302
    made = User.objects.get(email="assigned@example.org")
    assert (made.is_active, made.person_id) == (True, None)
    assert [grant.role for grant in made.grants.all()] == [Role.METHODIST]


def test_the_name_of_a_file_is_made_of_letters_and_digits_alone() -> None:
    from opora.programmes.check import examine
    from tests.programmes.files import GOOD

    for key in ('a"; filename="evil.exe', "a\\r\\nSet-Cookie: x", "../../etc/passwd"):
        text = re.sub(r"key: [\w-]+", f"key: '{key}'", GOOD, count=1)
        assert examine(text).programme is None


def test_more_text_than_is_read_is_told_on_a_page(users: dict[Role, User]) -> None:
    client = browser(users[Role.ADMINISTRATOR])
    answer = client.post(reverse("office_programme_upload"), {"text": "#" * 3_000_000})
    assert (answer.status_code, "больше 2,5 МБ текста" in said(answer)) == (413, True)
    assert browser().get("/", headers={"host": "чужой\n"}).status_code == 400
