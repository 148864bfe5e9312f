"""What docs/access.md says of a role is what it sees, in a registry where there is everything to leak."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from opora.access.models import Grant, User
from opora.access.roles import Role
from opora.access.seeing import Standing, scope_of, standing_of, visible_to
from opora.access.seeing.concerns import CONCERNS
from opora.access.seeing.described import page
from opora.people.models import Person, Territory
from opora.registry.models import Row
from opora.registry.scope import scope
from tests.access.world import LONG_AGO, MENTOR, SCHOOLS, TESTS, School, territory, user_of

pytestmark = pytest.mark.usefixtures("world")
PAGE = Path(__file__).parents[2] / "docs" / "access.md"
MODELS = {str(model._meta.verbose_name_plural): model for model in CONCERNS}


@pytest.fixture(scope="module")
def users(world: None) -> dict[tuple[Role, School], User]:
    return {(role, school): user_of(role, school) for role in Role for school in SCHOOLS}


def promised() -> dict[tuple[str, Role], str]:
    """The cells of the page's last table: «все», «свои» or «—»."""
    lines = PAGE.read_text("utf-8").partition("## По таблицам")[2].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    roles = {role.label: role for role in Role}
    return {(row[0], roles[title]): cell for row in rows[1:] for title, cell in zip(rows[0][1:], row[1:], strict=True)}


PROMISED = promised()


def keys(table: str, cell: str, school: School) -> set[str]:
    """What the cell promises to somebody of that school."""
    if cell == "все":
        found = {other.key(table) for other in SCHOOLS if other.town == school.town}
        return found | {other.key(MENTOR) for other in SCHOOLS if other.town == school.town and table == "person"}
    return {school.key(table)} if cell == "свои" else set()


def seen(standing: Standing) -> dict[str, set[str]]:
    return {title: set(visible_to(standing, model).values_list("key", flat=True)) for title, model in MODELS.items()}


@pytest.mark.parametrize("school", SCHOOLS, ids=lambda school: school.name)
@pytest.mark.parametrize("role", Role)
def test_each_role_sees_what_the_page_says(
    role: Role, school: School, users: dict[tuple[Role, School], User]
) -> None:  # fmt: skip
    expected = {title: keys(model._meta.db_table, PROMISED[title, role], school) for title, model in MODELS.items()}
    with scope_of(users[role, school], "192.0.2.7") as standing:
        assert seen(standing) == expected
    # The rules hold by themselves too, where the database would show everything.
    with scope(Territory.objects.values_list("pk", flat=True), TESTS):
        assert seen(standing) == expected


def test_the_page_is_what_the_rules_say() -> None:
    assert PAGE.read_text("utf-8") == page()


def test_every_table_of_facts_has_its_rules() -> None:
    assert set(CONCERNS) == {model for model in apps.get_models() if issubclass(model, Row)}


def test_what_is_no_table_of_facts_is_refused(users: dict[tuple[Role, School], User]) -> None:
    with pytest.raises(LookupError):
        visible_to(users[Role.ADMINISTRATOR, SCHOOLS[0]], User)


@pytest.fixture
def granted(users: dict[tuple[Role, School], User]) -> Iterator[Grant]:
    """A methodist's grant that the test may spoil."""
    grant = Grant.objects.get(user=users[Role.METHODIST, SCHOOLS[0]])
    yield grant
    Grant.objects.filter(pk=grant.pk).update(since=grant.since, until=grant.until)


def test_a_role_is_held_from_its_first_day_until_the_day_on_which_it_is_taken(granted: Grant) -> None:
    end = dt.date(2020, 9, 1)
    Grant.objects.filter(pk=granted.pk).update(until=end)
    held = {day: bool(standing_of(granted.user, day).grants) for day in (
        LONG_AGO - dt.timedelta(1), LONG_AGO, end - dt.timedelta(1), end
    )}  # fmt: skip
    assert list(held.values()) == [False, True, True, False]


def test_who_holds_nothing_sees_nothing(granted: Grant) -> None:
    Grant.objects.filter(pk=granted.pk).update(until=LONG_AGO + dt.timedelta(1))
    with scope_of(granted.user, "") as standing:
        assert set().union(*seen(standing).values()) == set()


def test_who_is_closed_holds_nothing(users: dict[tuple[Role, School], User]) -> None:
    user = users[Role.EXPERT, SCHOOLS[0]]
    assert standing_of(user).roles == {Role.EXPERT}
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert standing_of(user).roles == set()
    User.objects.filter(pk=user.pk).update(is_active=True)


def test_a_role_in_a_region_is_held_in_all_its_towns(users: dict[tuple[Role, School], User]) -> None:
    user = users[Role.METHODIST, SCHOOLS[0]]
    region = Grant.objects.create(user=user, role=Role.HEAD, territory_id=territory("регион"), since=LONG_AGO)
    with scope_of(user, "") as standing:
        assert visible_to(standing, Person).count() == 2 * len(SCHOOLS)
    region.delete()


def test_the_trail_tells_who_acted_by_a_number_and_not_by_a_name(users: dict[tuple[Role, School], User]) -> None:
    from opora.people.models import Organisation
    from opora.registry.models import Trail

    user = users[Role.METHODIST, SCHOOLS[0]]
    with scope_of(user, "192.0.2.7"):
        Organisation.objects.filter(key=SCHOOLS[0].key("organisation")).update(kind="preschool")
        told = Trail.objects.filter(table_name="organisation", action="update").latest("pk")
        assert told.actor == {"user": f"пользователь {user.pk}", "address": "192.0.2.7"}
