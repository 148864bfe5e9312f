"""Signing in: the password, the second factor, the lock, invitations and links, sessions."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from opora.access.domain.invitations import invite
from opora.access.domain.users import set_active
from opora.access.models import Grant, Invitation, User
from opora.access.roles import Role
from opora.access.seeing import standing_of
from opora.registry.models import Trail
from opora.registry.scope import scope
from opora.site.home import Home
from opora.web.views.sign_in import new_password_path
from tests.access.world import PASSWORD, SCHOOLS, TESTS, seat_of, territory, user_of
from tests.registry.database import as_superuser
from tests.web.people import SECRET, browser, code, with_second_factor

pytestmark = pytest.mark.usefixtures("world")
HERE = SCHOOLS[0]
LOGIN = "/account/login/"
ANOTHER = "другая длинная фраза"


@pytest.fixture(autouse=True)
def nobody_yet(installation: Home, world: None) -> Iterator[None]:
    yield
    for model in (Grant, Invitation):
        model._default_manager.all().delete()
    User.objects.all().delete()
    with as_superuser(installation) as connection:
        connection.execute("DELETE FROM axes_accessattempt")
        connection.execute("DELETE FROM cache")


def sign_in(client: Client, user: User, password: str = PASSWORD, next_page: str = "") -> tuple[int, str]:
    answer = client.post(LOGIN, {"login": user.email.upper(), "password": password, "next": next_page})
    return answer.status_code, answer.headers.get("Location", "")


def signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_the_password_lets_in_and_leads_to_the_page_that_was_asked_for() -> None:
    user, client = user_of(Role.METHODIST, HERE), browser()
    assert sign_in(client, user, next_page="/organisations/") == (302, "/organisations/")
    assert signed_in(client)
    assert sign_in(browser(), user, next_page="https://elsewhere.example/") == (302, "/")


def test_a_wrong_password_says_the_same_of_those_who_are_known_and_those_who_are_not() -> None:
    user = user_of(Role.METHODIST, HERE)
    said = [
        re.findall(r'<ul class="errorlist.*?</ul>', browser().post(LOGIN, given).content.decode())
        for given in ({"login": email, "password": "не тот"} for email in (user.email, "nobody@example.org"))
    ]
    assert said[0] == said[1] != []


def test_five_wrong_passwords_lock_the_account_for_that_address_only() -> None:
    user, other = user_of(Role.METHODIST, HERE), user_of(Role.EXPERT, HERE)
    statuses = [sign_in(browser(), user, "не тот")[0] for _ in range(5)]
    assert statuses == [200] * 4 + [429]
    assert sign_in(browser(), user)[0] == 429
    assert sign_in(browser(), other)[0] == 302


def test_the_second_factor_is_asked_for_and_each_code_works_once() -> None:
    user, client = with_second_factor(user_of(Role.METHODIST, HERE)), browser()
    assert sign_in(client, user) == (302, reverse("mfa_authenticate"))
    assert not signed_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    given = code()
    assert client.post(reverse("mfa_authenticate"), {"code": given}).headers["Location"] == "/"
    assert signed_in(client)
    again = browser()
    sign_in(again, user)
    assert again.post(reverse("mfa_authenticate"), {"code": given}).status_code == 200
    assert not signed_in(again)


def test_whoever_guesses_codes_is_stopped_and_then_even_the_right_one_does_not_help() -> None:
    user, client = with_second_factor(user_of(Role.METHODIST, HERE)), browser()
    sign_in(client, user)
    for guess in range(10):
        client.post(reverse("mfa_authenticate"), {"code": f"{guess:06d}"})
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert not signed_in(client)


def test_secrets_of_the_second_factor_are_not_readable_in_the_database() -> None:
    user = with_second_factor(user_of(Role.METHODIST, HERE))
    kept = str(list(Authenticator.objects.filter(user=user).values_list("data", flat=True)))
    assert SECRET not in kept


def test_an_administrator_cannot_switch_her_second_factor_off() -> None:
    user, client = with_second_factor(user_of(Role.ADMINISTRATOR, HERE)), browser()
    sign_in(client, user)
    client.post(reverse("mfa_authenticate"), {"code": code()})
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_who_is_closed_cannot_sign_in_and_her_sessions_end_at_once() -> None:
    user, client = user_of(Role.METHODIST, HERE), browser()
    sign_in(client, user)
    set_active([user], active=False, within=[territory("город")], by=TESTS)
    assert not signed_in(client)
    assert sign_in(browser(), user) == (302, reverse("account_inactive"))


def test_sessions_are_listed_and_all_others_ended() -> None:
    user, here, there = user_of(Role.METHODIST, HERE), browser(), browser()
    for client in (here, there):
        sign_in(client, user)
        client.get("/")
    sessions = here.get(reverse("usersessions_list"))
    assert sessions.content.decode().count("127.0.0.1") == 2
    here.post(reverse("usersessions_list"))
    assert (signed_in(here), signed_in(there)) == (True, False)


def test_a_new_password_ends_the_other_sessions_and_the_trail_tells_who_changed_it() -> None:
    user, here, there = user_of(Role.METHODIST, HERE), browser(), browser()
    for client in (here, there):
        sign_in(client, user)
    given = {"oldpassword": PASSWORD, "password1": ANOTHER, "password2": ANOTHER}
    assert here.post(reverse("account_change_password"), given).status_code == 302
    assert (signed_in(here), signed_in(there)) == (True, False)
    with scope([], TESTS):
        told = Trail.objects.get(table_name="access_user", row_id=user.pk, action="update")
        assert told.actor == {"user": user.acting, "address": "127.0.0.1"}


def test_nobody_signs_up_by_herself() -> None:
    assert browser().get("/account/signup/").status_code == 404


def test_an_invitation_is_accepted_once_and_gives_its_role() -> None:
    seat = seat_of(Role.COORDINATOR, HERE)
    token = invite("new@example.org", "Новая", seat, within=[seat.territory], by=TESTS).token
    address, client = reverse("invitation", args=[token]), browser()
    assert client.get(address).status_code == 200
    weak = client.post(address, {"full_name": "Новая", "password": "123", "again": "124"})
    assert "Пароли не совпадают" in weak.content.decode()
    assert "слишком короткий" in client.post(
        address, {"full_name": "Новая", "password": "123", "again": "123"}
    ).content.decode()  # fmt: skip
    given = {"full_name": "Новая Анна", "password": ANOTHER, "again": ANOTHER}
    assert client.post(address, given).headers["Location"] == LOGIN
    user = User.objects.get(email="new@example.org")
    assert user.full_name == "Новая Анна"
    assert standing_of(user).roles == {Role.COORDINATOR}
    assert browser().get(address).status_code == 404
    assert sign_in(browser(), user, ANOTHER) == (302, "/")


def test_an_invitation_of_a_known_user_is_taken_by_herself_alone() -> None:
    user, other, seat = user_of(Role.EXPERT, HERE), user_of(Role.HEAD, HERE), seat_of(Role.METHODIST, HERE)
    address = reverse(
        "invitation", args=[invite(user.email, "", seat, within=[seat.territory], by=TESTS).token]
    )  # fmt: skip
    for stranger in (browser(), browser(other)):
        stranger.post(address)
        assert standing_of(user).roles == {Role.EXPERT}
    browser(user).post(address)
    assert standing_of(user).roles == {Role.EXPERT, Role.METHODIST}


def test_an_unknown_invitation_is_not_found() -> None:
    assert browser().get(reverse("invitation", args=["нет"])).status_code == 404


def test_a_link_for_a_new_password_works_once() -> None:
    user = user_of(Role.METHODIST, HERE)
    link = new_password_path(user)
    client = browser()
    form = client.get(link).headers["Location"]
    assert client.post(form, {"new_password1": ANOTHER, "new_password2": ANOTHER}).headers["Location"] == LOGIN
    assert sign_in(browser(), user, ANOTHER) == (302, "/")
    assert "уже использована" in browser().get(link).content.decode()


def test_a_session_lasts_half_a_day() -> None:
    client = browser()
    sign_in(client, user_of(Role.METHODIST, HERE))
    assert 11 * 3600 < client.session.get_expiry_age() <= 12 * 3600
