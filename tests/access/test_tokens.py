"""Keys for programs: told once, good for a time and until they are withdrawn, and the trail knows of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import connection
from django.utils import timezone

from opora.access.domain.tokens import LONGEST, MOST, good_tokens, issue, token_of, withdraw_token
from opora.access.domain.users import make_user
from opora.access.models import Purpose, Token, User
from opora.registry.models import Trail
from opora.registry.scope import scope
from opora.registry.verbs import Refused
from tests.access.world import PASSWORD, TESTS

pytestmark = pytest.mark.usefixtures("world")
BOTH = [Purpose.FACTS, Purpose.NUMBERS]


@pytest.fixture
def user(world: None) -> Iterator[User]:
    yield make_user("petrova@example.org", "Петрова Анна", password=PASSWORD, by=TESTS)
    User.objects.all().delete()


def in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days)


def test_a_key_is_known_by_itself_alone_and_stands_nowhere(user: User) -> None:
    issued = issue(user, "  выгрузка   из 1С ", BOTH, in_days(30), by=TESTS)
    found = token_of(issued.secret)
    assert found == issued.token
    assert (found.user, found.title, found.purposes) == (user, "выгрузка из 1С", ["numbers", "facts"])
    assert token_of(issued.secret[:-1]) is token_of("") is token_of(found.digest) is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_token t WHERE to_jsonb(t)::text LIKE %s", [f"%{issued.secret}%"])
        assert cursor.fetchone() == (0,)


def test_a_key_is_good_on_its_last_day_and_not_after_it(user: User) -> None:
    issued = issue(user, "сайт", BOTH, in_days(0), by=TESTS)
    assert token_of(issued.secret) == issued.token
    Token.objects.update(expires_on=in_days(-1))
    assert token_of(issued.secret) is None


def test_a_withdrawn_key_and_one_of_a_closed_account_open_nothing(user: User) -> None:
    first, second = (issue(user, title, BOTH, in_days(1), by=TESTS) for title in ("первый", "второй"))
    withdraw_token(first.token, by=TESTS)
    assert token_of(first.secret) is None
    assert list(good_tokens()) == [second.token]
    User.objects.update(is_active=False)
    assert token_of(second.secret) is None


def test_all_that_is_wrong_with_a_key_is_told_at_once(user: User) -> None:
    with pytest.raises(Refused) as refused:
        issue(user, " ", [], in_days(LONGEST.days + 1), by=TESTS)
    assert [(fault.field, fault.message) for fault in refused.value.faults] == [
        ("title", "Не сказано, для какой программы ключ"),
        ("purposes", "Ключ ничего не позволяет"),
        ("expires_on", "Ключ даётся не больше чем на год"),
    ]
    assert not Token.objects.exists()


def test_one_program_has_one_key_and_a_user_not_more_than_she_can_look_after(user: User) -> None:
    issue(user, "сайт", BOTH, in_days(1), by=TESTS)
    with pytest.raises(Refused, match="Ключ «сайт» уже есть"):
        issue(user, "сайт", BOTH, in_days(1), by=TESTS)
    for number in range(MOST - 1):
        issue(user, f"программа {number}", BOTH, in_days(1), by=TESTS)
    with pytest.raises(Refused, match=f"Ключей уже {MOST}"):
        issue(user, "ещё одна", BOTH, in_days(1), by=TESTS)


def test_the_trail_tells_that_a_key_was_given_and_withdrawn_but_not_how_it_looks(user: User) -> None:
    issued = issue(user, "сайт", BOTH, in_days(1), by=TESTS)
    token_of(issued.secret)
    withdraw_token(issued.token, by=TESTS)
    with scope([], TESTS):
        told = list(Trail.objects.filter(table_name="access_token", row_id=issued.token.pk).order_by("pk"))
    assert [(one.action, sorted(one.changes or {})) for one in told] == [("insert", []), ("update", ["withdrawn_at"])]
    assert issued.token.digest not in str([one.changes for one in told])


def test_the_day_on_which_a_key_was_used_is_kept_and_written_once(user: User) -> None:
    issued = issue(user, "сайт", BOTH, in_days(1), by=TESTS)
    assert Token.objects.get().used_on is None
    token_of(issued.secret)
    assert Token.objects.get().used_on == in_days(0)
