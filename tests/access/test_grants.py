"""Roles are given where they may be, once, and by who may give them; invitations are used once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from opora.access.domain.grants import NewGrant, give, take_back, today
from opora.access.domain.invitations import (
    Used,
    accept,
    accept_as_new,
    invite,
    open_invitation,
    withdraw,
)
from opora.access.domain.seats import RoleAt
from opora.access.domain.users import forget_second_factor, make_user, set_active
from opora.access.models import Grant, Invitation, User
from opora.access.roles import PLACE, Place, Role
from opora.access.seeing import governed, standing_of
from opora.people.models import Person
from opora.registry.models import Trail
from opora.registry.scope import Actor, scope
from opora.registry.verbs import Refused
from tests.access.world import LONG_AGO, PASSWORD, SCHOOLS, TESTS, seat_of, territory, user_of

pytestmark = pytest.mark.usefixtures("world")
FIRST, _, VILLAGE, _ = SCHOOLS


@pytest.fixture(autouse=True)
def no_users(world: None) -> Iterator[None]:
    yield
    Grant.objects.all().delete()
    Invitation.objects.all().delete()
    User.objects.all().delete()


def somebody(email: str = "petrova@example.org") -> User:
    return make_user(email, "Петрова Анна", password=PASSWORD, by=TESTS)


def faults(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[int | None, str, str]]:
    return [(fault.row, fault.field, fault.message) for fault in refused.value.faults]


def test_a_role_stands_in_its_right_place_or_is_refused_with_all_faults_at_once() -> None:
    user, town = somebody(), territory("город")
    school, village = seat_of(Role.COORDINATOR, FIRST), seat_of(Role.COORDINATOR, VILLAGE)
    wrong = [
        RoleAt(Role.COORDINATOR, town),
        RoleAt(Role.METHODIST, town, organisation=school.organisation),
        RoleAt(Role.COORDINATOR, town, organisation=village.organisation),
        RoleAt(Role.ASSOCIATION_HEAD, town, association=-1),
        RoleAt(Role.METHODIST, territory("село")),
    ]
    with pytest.raises(Refused) as refused:
        give([NewGrant(user, seat, LONG_AGO) for seat in wrong], within=[town], by=TESTS)
    assert faults(refused) == [
        (0, "organisation", "Роль «ответственный от ОО» даётся на организацию: укажите, на какую"),
        (1, "organisation", "Роль «методист» даётся на муниципалитет или регион"),
        (2, "organisation", "Такой организации в этом муниципалитете нет"),
        (3, "association", "Такого объединения в этом муниципалитете нет"),
        (4, "territory", "В этом муниципалитете вы не даёте ролей"),
    ]
    assert Grant.objects.count() == 0


@pytest.mark.parametrize("role", Role)
def test_the_database_refuses_a_role_out_of_its_place(role: Role) -> None:
    user, seats = somebody(), {PLACE[role]: seat_of(role, FIRST) for role in Role}
    for place, seat in seats.items():
        fields = {"organisation_id": seat.organisation, "association_id": seat.association}
        grant = Grant(user=user, role=role, since=LONG_AGO, territory_id=seat.territory, **fields)
        if place is PLACE[role]:
            grant.save()
        else:
            with pytest.raises(IntegrityError, match="access_grant_role_in_its_place"), transaction.atomic():
                grant.save()


def test_the_same_role_is_given_once_at_a_time() -> None:
    user, seat = somebody(), seat_of(Role.METHODIST, FIRST)
    once = NewGrant(user, seat, LONG_AGO, LONG_AGO + dt.timedelta(10))
    later = NewGrant(user, seat, LONG_AGO + dt.timedelta(10))
    give([once, later], within=[seat.territory], by=TESTS)
    with pytest.raises(Refused) as refused:
        give([NewGrant(user, seat, LONG_AGO + dt.timedelta(5))], within=[seat.territory], by=TESTS)
    assert faults(refused) == [(0, "role", "Роль «методист» на это время уже дана")]
    with pytest.raises(IntegrityError, match="once_at_a_time"):
        Grant.objects.create(user=user, role=seat.role, territory_id=seat.territory, since=LONG_AGO)


def test_what_is_taken_back_ends_and_what_would_begin_later_never_does() -> None:
    user, seat = somebody(), seat_of(Role.METHODIST, FIRST)
    on = today() + dt.timedelta(100)
    give([NewGrant(user, seat, LONG_AGO, on + dt.timedelta(9))], within=[seat.territory], by=TESTS)
    give([NewGrant(user, seat, on + dt.timedelta(20))], within=[seat.territory], by=TESTS)
    with pytest.raises(Refused):
        take_back(list(Grant.objects.all()), on=on, within=[territory("село")], by=TESTS)
    take_back(list(Grant.objects.all()), on=on, within=[seat.territory], by=TESTS)
    assert list(Grant.objects.values_list("since", "until")) == [(LONG_AGO, on)]


def test_nobody_takes_back_what_was_held_before_or_her_own_role_of_administrator() -> None:
    user, here = user_of(Role.ADMINISTRATOR, FIRST), territory("город")
    herself = Actor(user.acting)
    for on, by in ((today() - dt.timedelta(1), TESTS), (today(), herself)):
        with pytest.raises(Refused):
            take_back(list(Grant.objects.all()), on=on, within=[here], by=by)
    take_back(list(Grant.objects.all()), on=today(), within=[here], by=TESTS)
    assert governed(user) == frozenset()


def test_an_administrator_governs_her_towns_and_a_methodist_none() -> None:
    assert governed(user_of(Role.ADMINISTRATOR, FIRST)) == {territory("город")}
    assert governed(user_of(Role.METHODIST, FIRST)) == frozenset()


def test_the_trail_tells_of_a_new_password_and_a_role_but_no_secret_and_no_signing_in() -> None:
    user, seat = somebody(), seat_of(Role.METHODIST, FIRST)
    User.objects.filter(pk=user.pk).update(last_login=timezone.now())
    user.set_password("другое слово с подковой")
    user.save()
    give([NewGrant(user, seat, LONG_AGO)], within=[seat.territory], by=TESTS)
    with scope([seat.territory], TESTS):
        users, grants = (Trail.objects.filter(table_name=table) for table in ("access_user", "access_grant"))
        changed = users.get(row_id=user.pk, action="update").changes
        assert {name: [len(mark) for mark in marks] for name, marks in (changed or {}).items()} == {"password": [8, 8]}
        assert grants.get(action="insert", row_id=Grant.objects.get().pk).actor == {
            "user": "проверка",
            "address": "192.0.2.1",
        }
    with scope([territory("село")], TESTS):
        assert not Trail.objects.filter(table_name="access_grant", row_id=Grant.objects.get().pk).exists()


def test_a_user_is_refused_with_all_faults_at_once() -> None:
    somebody()
    with pytest.raises(Refused) as refused:
        make_user("Petrova@Example.org", " ", password="12345", by=TESTS)
    assert [fault.field for fault in refused.value.faults] == ["password"] * 3 + ["full_name", "email"]


def test_who_is_closed_holds_nothing_until_she_is_opened_again() -> None:
    user, seat = somebody(), seat_of(Role.METHODIST, FIRST)
    give([NewGrant(user, seat, LONG_AGO)], within=[seat.territory], by=TESTS)
    for active in (False, True):
        set_active([user], active=active, within=[seat.territory], by=TESTS)
        assert bool(standing_of(user).grants) is active


def test_who_holds_a_role_elsewhere_too_is_not_closed_by_one_of_her_towns_alone() -> None:
    user, here, there = somebody(), territory("город"), territory("село")
    give(
        [NewGrant(user, RoleAt(Role.METHODIST, town), LONG_AGO) for town in (here, there)],
        within=[here, there],
        by=TESTS,
    )
    for towns, by in (([here], TESTS), ([here, there], Actor(user.acting))):
        for shut_out in (partial(set_active, active=False), forget_second_factor):
            with pytest.raises(Refused):
                shut_out([user], within=towns, by=by)
    set_active([user], active=False, within=[here, there], by=TESTS)
    assert not User.objects.get(pk=user.pk).is_active


def test_an_invitation_makes_a_user_with_its_role_once() -> None:
    seat = seat_of(Role.EDUCATOR, FIRST)
    with scope([seat.territory], TESTS):
        person = Person.objects.get(key=FIRST.key("person")).pk
    invited = invite("Ivanova@example.org", "Иванова Ольга", seat, person=person, within=[seat.territory], by=TESTS)
    assert invited.token not in str(Invitation.objects.values_list().get())
    found = open_invitation(invited.token)
    assert found == invited.invitation
    user = accept_as_new(found, full_name="Иванова Ольга Петровна", password=PASSWORD, address="192.0.2.3")
    assert (user.email, user.person_id) == ("ivanova@example.org", person)
    assert [(grant.role, grant.organisation_id) for grant in standing_of(user).grants] == [
        (Role.EDUCATOR, seat.organisation)
    ]
    assert open_invitation(invited.token) is None
    with pytest.raises(Used):
        accept_as_new(found, full_name="Другая", password=PASSWORD, address="")


def test_an_invitation_gives_who_is_a_user_one_more_role() -> None:
    user, seat = somebody(), seat_of(Role.EXPERT, VILLAGE)
    invited = invite(user.email, user.full_name, seat, within=[seat.territory], by=TESTS)
    accept(invited.invitation, user, by=TESTS)
    assert standing_of(user).roles == {Role.EXPERT}


def test_an_invitation_that_has_expired_or_was_withdrawn_is_not_there() -> None:
    seat = seat_of(Role.METHODIST, FIRST)
    invited = invite("a@example.org", "А", seat, within=[seat.territory], by=TESTS)
    withdraw(invited.invitation, by=TESTS)
    assert open_invitation(invited.token) is None
    assert open_invitation("") is None
    with pytest.raises(Used):
        accept_as_new(invited.invitation, full_name="А", password=PASSWORD, address="")
    assert User.objects.count() == 0


def test_nobody_is_invited_to_where_the_inviter_has_no_say_or_as_a_person_of_another_town() -> None:
    seat = seat_of(Role.EDUCATOR, FIRST)
    with pytest.raises(Refused) as refused:
        invite("a@example.org", "А", seat, within=[territory("село")], by=TESTS)
    assert faults(refused)[0] == (0, "territory", "В этом муниципалитете вы не даёте ролей")
    with scope([territory("село")], TESTS):
        stranger = Person.objects.get(key=VILLAGE.key("person")).pk
    with pytest.raises(Refused) as refused:
        invite("a@example.org", "А", seat, person=stranger, within=[seat.territory], by=TESTS)
    assert faults(refused) == [(0, "person", "Такого человека в этом муниципалитете нет")]


def test_every_role_has_its_place() -> None:
    assert set(PLACE) == set(Role)
    assert set(PLACE.values()) == set(Place)
