"""Consents and СНИЛС of a person: entered by those who keep her card, withdrawn by herself too, and nobody else's."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from opora.access.models import User
from opora.access.roles import Role
from opora.people.models import Person
from opora.privacy.models import Consent, Snils
from opora.registry.scope import scope
from tests.access.world import SCHOOLS, TESTS, School, territory, user_of
from tests.web.people import browser, said

pytestmark = pytest.mark.usefixtures("world")
HERE, NEIGHBOUR, VILLAGE, _ = SCHOOLS
NUMBER = "112-233-445 95"
GIVEN: dict[str, Any] = {
    "act": "give",
    "kind": "publication",
    "text_version": "распространение, 2025-09",
    "on": "2025-09-01",
}


@pytest.fixture(scope="module")
def users(world: None) -> dict[Role, User]:
    roles = (Role.HEAD, Role.METHODIST, Role.COORDINATOR, Role.EDUCATOR)
    return {role: user_of(role, HERE, f"private.{role}@example.org") for role in roles[:3]} | {
        Role.EDUCATOR: User.objects.filter(person=person(HERE)).first()
        or user_of(Role.EDUCATOR, HERE, "own@example.org")
    }


@pytest.fixture(autouse=True)
def clean(world: None) -> None:
    with scope([territory("город"), territory("село")], TESTS):
        Consent.objects.all().delete()
        Snils.objects.all().delete()


def person(school: School) -> int:
    with scope([territory(school.town)], TESTS):
        return Person.objects.get(key=school.key("person")).pk


def sent(user: User, school: School = HERE, /, **given: Any) -> Any:
    return browser(user).post(reverse("private", args=[person(school)]), {"place": territory(school.town)} | given)


def consents(school: School = HERE) -> list[tuple[str, bool]]:
    with scope([territory(school.town)], TESTS):
        held = Consent.objects.filter(person=person(school), municipality=territory(school.town)).order_by("pk")
        return [(each.kind, each.withdrawn_on is not None) for each in held]


def a_consent(school: School) -> int:
    with scope([territory(school.town)], TESTS):
        return Consent.objects.create(
            municipality_id=territory(school.town),
            person_id=person(school),
            kind="publication",
            text_version="2025",
            given_on="2025-01-01",
        ).pk


@pytest.mark.parametrize("role", [Role.HEAD, Role.METHODIST, Role.COORDINATOR])
def test_who_keeps_the_card_writes_down_a_consent_and_withdraws_it(role: Role, users: dict[Role, User]) -> None:
    page = reverse("private", args=[person(HERE)])
    assert "ничего о человеке не публикуется" in said(browser(users[role]).get(page))
    assert sent(users[role], **GIVEN).status_code == 302
    assert "Согласие на распространение действует" in said(browser(users[role]).get(page))
    with scope([territory("город")], TESTS):
        consent = Consent.objects.get().pk
    assert sent(users[role], act="withdraw", consent=consent, on="2025-10-01").status_code == 302
    assert consents() == [("publication", True)]
    assert "ничего о человеке не публикуется" in said(browser(users[role]).get(page))


def test_she_herself_sees_and_withdraws_and_gives_nothing_here(users: dict[Role, User]) -> None:
    herself, consent = users[Role.EDUCATOR], a_consent(HERE)
    assert "распространение действует" in said(browser(herself).get(reverse("private", args=[person(HERE)])))
    assert sent(herself, **GIVEN).status_code == 403
    assert sent(herself, act="number", number=NUMBER).status_code == 403
    assert sent(herself, act="forget").status_code == 403
    assert sent(herself, act="withdraw", consent=consent, on="2025-10-01").status_code == 302
    assert consents() == [("publication", True)]


@pytest.mark.parametrize("foreign", [NEIGHBOUR, VILLAGE])
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.EDUCATOR])
def test_the_consent_of_somebody_else_is_not_withdrawn_by_its_number(
    role: Role, foreign: School, users: dict[Role, User]
) -> None:
    theirs = a_consent(foreign)
    assert sent(users[role], act="withdraw", consent=theirs, on="2025-10-01").status_code == 404
    assert sent(users[role], foreign, act="withdraw", consent=theirs, on="2025-10-01").status_code == 404
    assert consents(foreign) == [("publication", False)]


def test_nothing_is_given_to_a_town_that_one_does_not_keep(users: dict[Role, User]) -> None:
    answer = sent(users[Role.HEAD], **GIVEN | {"place": territory("село")})
    assert (answer.status_code, consents()) == (200, [])


def test_a_consent_of_a_day_to_come_is_refused(users: dict[Role, User]) -> None:
    answer = sent(users[Role.HEAD], **GIVEN | {"on": "2999-01-01"})
    assert "Этот день ещё не настал" in said(answer)
    assert consents() == []


def test_a_number_is_shown_by_its_last_digits_and_lies_encrypted(users: dict[Role, User]) -> None:
    coordinator = users[Role.COORDINATOR]
    assert sent(coordinator, act="number", number=NUMBER).status_code == 302
    text = browser(coordinator).get(reverse("private", args=[person(HERE)])).content.decode()
    assert "•••-•••-445 95" in text
    assert "112-233" not in text
    with scope([territory("город")], TESTS), connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(s)::text, ciphertext FROM snils s")
        ((row, ciphertext),) = cursor.fetchall()
        cursor.execute("SELECT string_agg(row_to_json(t)::text, '') FROM trail t WHERE table_name = 'snils'")
        (trail,) = cursor.fetchone()
    for digits in ("11223344595", "112233445", NUMBER):
        assert digits not in row + trail
        assert digits.encode() not in bytes(ciphertext)


def test_a_wrong_number_is_told_and_not_kept(users: dict[Role, User]) -> None:
    assert "Контрольное число СНИЛС не сходится" in said(sent(users[Role.HEAD], act="number", number="112-233-445 96"))
    with scope([territory("город")], TESTS):
        assert not Snils.objects.exists()


def test_whose_number_it_is_already_is_not_told_to_who_may_not_see_her(users: dict[Role, User]) -> None:
    assert sent(users[Role.HEAD], NEIGHBOUR, act="number", number=NUMBER).status_code == 302
    told = said(sent(users[Role.COORDINATOR], act="number", number=NUMBER))
    assert "Этот СНИЛС уже у другой карточки" in told
    assert NEIGHBOUR.name not in told


def test_a_number_is_forgotten(users: dict[Role, User]) -> None:
    sent(users[Role.HEAD], act="number", number=NUMBER)
    assert sent(users[Role.METHODIST], act="forget").status_code == 302
    with scope([territory("город")], TESTS):
        assert not Snils.objects.exists()


def test_the_log_has_neither_the_number_nor_the_text_that_was_sent(
    users: dict[Role, User], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        sent(users[Role.HEAD], act="number", number=NUMBER)
        sent(users[Role.HEAD], act="number", number="112-233-445 96")
    told = " ".join(
        f"{record.getMessage()} {record.__dict__}" for record in caplog.records if record.name != "django.db.backends"
    )
    assert "112-233" not in told
