"""Users, their roles and invitations, as an administrator keeps them on pages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from opora.access.domain.grants import NewGrant, give, today
from opora.access.domain.seats import RoleAt
from opora.access.models import Grant, Invitation, User
from opora.access.roles import Role
from opora.access.seeing import standing_of
from opora.people.models import Organisation, Person
from opora.registry.scope import scope
from tests.access.world import LONG_AGO, SCHOOLS, TESTS, School, territory, user_of
from tests.web.people import browser, said, with_second_factor

pytestmark = pytest.mark.usefixtures("world")
HERE, NEIGHBOUR, VILLAGE, _ = SCHOOLS
ANOTHER = "другая длинная фраза"


@pytest.fixture(autouse=True)
def nobody(world: None) -> Iterator[None]:
    yield
    for model in (Grant, Invitation):
        model._default_manager.all().delete()
    User.objects.all().delete()


def administrator(school: School = HERE) -> Client:
    return browser(with_second_factor(user_of(Role.ADMINISTRATOR, school)))


def act(client: Client, user: User, **given: object) -> Any:
    return client.post(reverse("office_user", args=[user.pk]), given, follow=True)


def organisation(school: School) -> int:
    with scope([territory(school.town)], TESTS):
        return Organisation.objects.get(key=school.key("organisation")).pk


def test_the_list_tells_roles_last_sign_in_and_second_factor_of_ones_own_users_and_of_no_others() -> None:
    user_of(Role.METHODIST, HERE)
    stranger = user_of(Role.METHODIST, VILLAGE)
    client = administrator()
    text = said(client.get(reverse("office_users")))
    assert "методист Город ещё не было выключен" in text
    assert "администратор Город" in text
    assert stranger.full_name not in text
    assert "включён" in text
    assert "никого нет" in said(client.get(reverse("office_users"), {"q": "Село"}))


def test_of_a_user_of_two_towns_only_the_roles_of_ones_own_are_told() -> None:
    both, there = user_of(Role.METHODIST, HERE), territory("село")
    give([NewGrant(both, RoleAt(Role.PSYCHOLOGIST, there), LONG_AGO)], within=[there], by=TESTS)
    client = administrator()
    assert "психолог" not in said(client.get(reverse("office_user", args=[both.pk])))
    assert "психолог" not in said(client.get(reverse("office_users")))


def test_who_administers_one_town_governs_nothing_of_another_where_she_is_a_methodist() -> None:
    user, there = with_second_factor(user_of(Role.ADMINISTRATOR, HERE)), territory("село")
    give([NewGrant(user, RoleAt(Role.METHODIST, there), LONG_AGO)], within=[there], by=TESTS)
    stranger = user_of(Role.EXPERT, VILLAGE)
    assert browser(user).get(reverse("office_user", args=[stranger.pk])).status_code == 404
    assert "Село" not in said(browser(user).get(reverse("office_invite")))


def test_a_role_is_given_step_by_step_with_its_term() -> None:
    client, user = administrator(), user_of(Role.EXPERT, HERE)
    address = reverse("office_grant", args=[user.pk])
    step = f"{address}?role={Role.COORDINATOR}&territory={territory('город')}"
    text = said(client.get(step))
    assert all(f"title {school.name}" in text for school in (HERE, NEIGHBOUR))
    assert "село" not in text
    until = today() + dt.timedelta(30)
    given = {"organisation": organisation(NEIGHBOUR), "since": today().isoformat(), "until": f"{until:%d.%m.%Y}"}
    assert client.post(step, given).headers["Location"] == reverse("office_user", args=[user.pk])
    grant = Grant.objects.get(user=user, role=Role.COORDINATOR)
    assert (grant.organisation_id, grant.since, grant.until) == (organisation(NEIGHBOUR), today(), until)
    assert "Роль «ответственный от ОО» на это время уже дана" in said(client.post(step, given))


def test_what_is_not_ones_own_is_no_choice() -> None:
    client, user = administrator(), user_of(Role.EXPERT, HERE)
    address = reverse("office_grant", args=[user.pk])
    elsewhere = client.get(address, {"role": "methodist", "territory": str(territory("село"))})
    assert "С какого дня" not in said(elsewhere)
    step = f"{address}?role={Role.COORDINATOR}&territory={territory('город')}"
    client.post(step, {"organisation": organisation(VILLAGE), "since": "2024-01-01"})
    assert Grant.objects.filter(user=user).count() == 1


def test_a_role_ends_on_the_day_that_is_told_and_not_in_the_past() -> None:
    client, user = administrator(), user_of(Role.METHODIST, HERE)
    grant = Grant.objects.get(user=user)
    yesterday = today() - dt.timedelta(1)
    assert "задним числом" in said(act(client, user, act="end", grant=grant.pk, on=yesterday.isoformat()))
    assert "Дата не понята" in said(act(client, user, act="end", grant=grant.pk, on="когда-нибудь"))
    assert standing_of(user).roles == {Role.METHODIST}
    assert "кончается сегодня" in said(act(client, user, act="end", grant=grant.pk, on=f"{today():%d.%m.%Y}"))
    assert standing_of(user).roles == frozenset()
    assert "Прежние роли: 1" in said(client.get(reverse("office_user", args=[user.pk])))


def test_a_grant_of_another_user_is_not_ended_by_its_number() -> None:
    client, user, stranger = administrator(), user_of(Role.METHODIST, HERE), user_of(Role.METHODIST, VILLAGE)
    grant = Grant.objects.get(user=stranger)
    assert act(client, user, act="end", grant=grant.pk, on=today().isoformat()).status_code == 404


def test_who_is_closed_is_out_at_once_and_can_be_let_in_again() -> None:
    client, user = administrator(), user_of(Role.METHODIST, HERE)
    hers = browser(user)
    assert hers.get("/").status_code == 200
    assert "Вход закрыт, сеансы завершены" in said(act(client, user, act="close"))
    assert hers.get("/").status_code == 302
    act(client, user, act="open")
    assert User.objects.get(pk=user.pk).is_active


def test_a_link_for_a_new_password_is_told_once_and_lets_in() -> None:
    client, user = administrator(), user_of(Role.METHODIST, HERE)
    shown = act(client, user, act="link").content.decode()
    (link,) = re.findall(r"<code>http://127.0.0.1(/account/new-password/[^<]+)</code>", shown)
    assert link not in client.get(reverse("office_user", args=[user.pk])).content.decode()
    hers = browser()
    form = hers.get(link).headers["Location"]
    assert hers.post(form, {"new_password1": ANOTHER, "new_password2": ANOTHER}).status_code == 302
    assert User.objects.get(pk=user.pk).check_password(ANOTHER)


def test_a_lost_second_factor_is_forgotten() -> None:
    client, user = administrator(), with_second_factor(user_of(Role.METHODIST, HERE))
    since = User.objects.get(pk=user.pk).second_factor_since
    assert since is not None
    act(client, user, act="forget")
    assert not Authenticator.objects.filter(user=user).exists()
    told = said(client.get(f"{reverse('office_trail')}?table=access_user&row={user.pk}"))
    assert f"Второй фактор с {timezone.localtime(since):%d.%m.%Y %H:%M} → не заполнено администратор город 1" in told


@pytest.mark.parametrize("what", ["close", "link", "forget"])
def test_nobody_shuts_out_herself_or_who_holds_a_role_elsewhere(what: str) -> None:
    herself = with_second_factor(user_of(Role.ADMINISTRATOR, HERE))
    both, there = with_second_factor(user_of(Role.METHODIST, HERE)), territory("село")
    give([NewGrant(both, RoleAt(Role.METHODIST, there), LONG_AGO)], within=[there], by=TESTS)
    client = browser(herself)
    assert "Это вы сами" in said(act(client, herself, act=what))
    assert "есть роли и там, где вы их не даёте" in said(act(client, both, act=what))
    for user in (herself, both):
        assert User.objects.get(pk=user.pk).is_active
        assert Authenticator.objects.filter(user=user).exists()


def test_an_invitation_link_is_told_once_and_withdrawn_it_opens_nothing() -> None:
    client = administrator()
    step = f"{reverse('office_invite')}?role={Role.METHODIST}&territory={territory('город')}"
    refused = client.post(step, {"email": "не адрес", "full_name": "Новая"})
    assert "не адрес электронной почты" in said(refused)
    shown = client.post(step, {"email": "New@example.org", "full_name": "Новая Анна"}).content.decode()
    (link,) = re.findall(r"<code>http://127.0.0.1(/invitation/[^<]+)</code>", shown)
    assert browser().get(link).status_code == 200
    listed = client.get(reverse("office_invitations"))
    assert "Новая Анна new@example.org методист Город" in said(listed)
    assert link not in listed.content.decode()
    invitation = Invitation.objects.get()
    client.post(reverse("office_invitations"), {"invitation": invitation.pk})
    assert browser().get(link).status_code == 404
    assert "Ни одно приглашение не ждёт ответа" in said(client.get(reverse("office_invitations")))


def test_an_invitation_of_another_town_is_neither_listed_nor_withdrawn() -> None:
    there = f"{reverse('office_invite')}?role={Role.METHODIST}&territory={territory('село')}"
    administrator(VILLAGE).post(there, {"email": "new@example.org", "full_name": "Новая Анна"})
    client = administrator()
    assert "Новая" not in said(client.get(reverse("office_invitations")))
    for number in (Invitation.objects.get().pk, "нет"):
        assert client.post(reverse("office_invitations"), {"invitation": number}).status_code == 404


def test_who_sees_what_is_her_own_is_first_found_in_the_registry() -> None:
    client, here = administrator(), territory("город")
    step = f"{reverse('office_invite')}?role={Role.EDUCATOR}&territory={here}"
    assert "Кто это в реестре" in said(client.get(step))
    found = said(client.get(f"{step}&q=last_name"))
    assert "last_name город 1" in found
    assert "title город 1" in found
    assert "село" not in found
    with scope([here, territory("село")], TESTS):
        person, stranger = (Person.objects.get(key=school.key("person")).pk for school in (HERE, VILLAGE))
    assert client.get(f"{step}&person={stranger}").status_code == 404
    chosen = f"{step}&person={person}"
    assert f'<option value="{organisation(HERE)}" selected>' in client.get(chosen).content.decode()
    client.post(chosen, {"email": "new@example.org", "full_name": "Новая", "organisation": organisation(HERE)})
    assert Invitation.objects.get().person_id == person
