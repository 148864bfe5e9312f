"""Programs read the rows that their user sees, page after page, and no name that is concealed from her."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from opora.access.models import Token, User
from opora.access.roles import Role
from opora.access.seeing import scope_of, visible_to
from opora.people.models import Person
from opora.privacy.reading import readings_of
from opora.registry.scope import scope
from opora.web.lists.listing import LISTS
from tests.access.world import SCHOOLS, TESTS, School, territory
from tests.web.api.conftest import Program

pytestmark = pytest.mark.usefixtures("world", "nobody")
HERE, NEIGHBOUR, VILLAGE, _ = SCHOOLS


def rows(ask: Program, table: str, limit: int = 2) -> list[dict[str, Any]]:
    """All of them, a few at a time."""
    found: list[dict[str, Any]] = []
    after: int | None = 0
    while after is not None:
        answer = ask(f"tables/{table}/rows", after=after, limit=limit).json()
        assert len(answer["rows"]) <= limit
        found += answer["rows"]
        after = answer["next"]
    return found


def a_person(school: School) -> int:
    with scope([territory(school.town)], TESTS):
        return Person.objects.get(key=school.key("person")).pk


@pytest.mark.parametrize("role", Role)
def test_each_role_gets_the_tables_and_rows_of_her_lists(role: Role, program: Callable[..., Program]) -> None:
    ask = program(role)
    told = {table["name"] for table in ask("tables").json()}
    with scope_of(User.objects.get(), "") as standing:
        seen = {name for name, listing in LISTS.items() if listing.seen_by(standing)}
        living = {
            name: visible_to(standing, LISTS[name].model).filter(archived_at=None).order_by("pk") for name in seen
        }
        ids = {name: list(found.values_list("pk", flat=True)) for name, found in living.items()}
    assert told == seen
    assert {name: [row["id"] for row in rows(ask, name)] for name in seen} == ids
    assert {ask(f"tables/{name}/rows").status_code for name in set(LISTS) - seen} <= {404}


def test_a_row_is_told_by_the_columns_of_its_table(program: Callable[..., Program]) -> None:
    ask = program(Role.METHODIST)
    (table,) = [table for table in ask("tables").json() if table["name"] == "employment"]
    columns = {column["name"]: column for column in table["columns"]}
    first = rows(ask, "employment")[0]
    assert set(first["values"]) == set(columns)
    assert columns["person"]["refers_to"] == "person"
    assert first["key"] == HERE.key("employment")
    assert first["values"]["person"] == a_person(HERE)
    assert first["values"]["since"] == "2015-09-01"


def test_whoever_sees_no_people_gets_no_numbers_of_them(program: Callable[..., Program]) -> None:
    ask = program(Role.EXPERT)
    people = {a_person(school) for school in (HERE, NEIGHBOUR)}
    for table in ask("tables").json():
        refs = [column["name"] for column in table["columns"] if column["refers_to"] == "person"]
        assert refs == []
        told = [value for row in rows(ask, table["name"]) for name, value in row["values"].items() if name == "person"]
        assert people.isdisjoint(told)


def test_that_cards_were_given_to_a_program_is_logged_with_its_key(program: Callable[..., Program]) -> None:
    person, ask = a_person(HERE), program(Role.METHODIST)
    rows(ask, "person", limit=100)
    with scope([territory(HERE.town)], TESTS):
        last = readings_of(person)[0]
    token = Token.objects.get()
    assert (last.what, last.address) == ("список «Люди» для программы", f"127.0.0.1, ключ {token.pk}")


@pytest.mark.parametrize(
    ("asked", "value"), [("limit", 0), ("limit", 1001), ("after", -1), ("after", 2**63), ("after", "x")]
)
def test_what_makes_no_sense_is_refused_by_name(asked: str, value: object, program: Callable[..., Program]) -> None:
    answer = program(Role.METHODIST)("tables/person/rows", **{asked: value})
    assert answer.status_code == 422
    assert [fault["loc"][-1] for fault in answer.json()["detail"]] == [asked]
