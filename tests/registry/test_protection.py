"""What is out of the scope is not there, by whatever way one asks; and there is something that could leak."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from opora.people.models import Employment, Organisation
from opora.registry.models import Row, Source, Trail
from opora.registry.scope import NoScope, scope
from opora.site.home import Home
from tests.registry import town
from tests.registry.database import as_application, as_owner, forget_everything
from tests.registry.town import ALICE, BOB, municipality


@pytest.fixture(autouse=True, scope="module")
def towns(installation: Home) -> None:
    """Once for all: nothing here succeeds in writing."""
    forget_everything(installation)
    town.both_towns()


@pytest.fixture
def city() -> Iterator[None]:
    with scope([municipality("город")], ALICE):
        yield


def rows_by_copy(query: str) -> list[str]:
    with connection.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT") as stream:
        return b"".join(stream).decode().splitlines()


def rows_by_sql(query: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [row[0] for row in cursor.fetchall()]


READERS: dict[str, Callable[[], list[str]]] = {
    "manager": lambda: list(Organisation.objects.values_list("title", flat=True)),
    "base manager": lambda: list(Organisation._base_manager.values_list("title", flat=True)),
    "relation": lambda: [job.organisation.title for job in Employment.objects.all()],
    "raw query": lambda: [row.title for row in Organisation.objects.raw("SELECT * FROM organisation")],
    "raw SQL": lambda: rows_by_sql("SELECT title FROM organisation"),
    "COPY": lambda: rows_by_copy("SELECT title FROM organisation"),
    "join": lambda: rows_by_sql("SELECT o.title FROM territory t JOIN organisation o ON o.municipality_id = t.id"),
}


@pytest.mark.parametrize("way", READERS)
def test_one_town_sees_its_own_rows_only(way: str) -> None:
    for key in ("город", "село"):
        with scope([municipality(key)], ALICE):
            assert READERS[way]() == [f"Школа ({key})"]
    with scope([municipality("город"), municipality("село")], ALICE):
        assert sorted(READERS[way]()) == ["Школа (город)", "Школа (село)"]


@pytest.mark.parametrize("way", READERS)
def test_an_empty_scope_sees_nothing(way: str) -> None:
    with scope([], ALICE):
        assert READERS[way]() == []


@pytest.mark.parametrize("way", READERS)
def test_without_a_scope_there_is_an_error_and_no_answer(way: str) -> None:
    with pytest.raises((NoScope, ProgrammingError, psycopg.errors.InsufficientPrivilege)), transaction.atomic():
        READERS[way]()


def test_a_scope_ends_with_its_block_and_gives_way_to_the_outer_one(city: None) -> None:
    with scope([municipality("село")], BOB):
        assert READERS["raw SQL"]() == ["Школа (село)"]
    assert READERS["raw SQL"]() == ["Школа (город)"]


def test_a_scope_that_ends_with_an_error_gives_way_too(city: None) -> None:
    with pytest.raises(ZeroDivisionError), scope([municipality("село")], BOB):
        raise ZeroDivisionError
    assert READERS["raw SQL"]() == ["Школа (город)"]


def test_rows_of_another_town_can_be_neither_changed_nor_deleted_nor_made(city: None) -> None:
    other = municipality("село")
    assert Organisation.objects.filter(municipality=other).update(title="Чужая") == 0
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM training WHERE municipality_id = %s", [other])
        assert cursor.rowcount == 0
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Organisation.objects.create(municipality_id=other, title="Чужая", kind="school")
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Organisation.objects.update(municipality_id=other)


def test_every_table_with_a_municipality_is_protected_from_its_owner_too(installation: Home) -> None:
    with as_owner(installation) as owner:
        tables = {
            name: (enabled and forced, policies)
            for name, enabled, forced, policies in owner.execute(
                "SELECT c.relname, relrowsecurity, relforcerowsecurity, count(p.oid) FROM pg_class c "
                "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'municipality_id' "
                "LEFT JOIN pg_policy p ON p.polrelid = c.oid "
                "WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace GROUP BY 1, 2, 3"
            ).fetchall()
        }
        assert {name for name, (safe, policies) in tables.items() if not safe or not policies} == set()
        facts = {model._meta.db_table for model in apps.get_models() if issubclass(model, (Row, Source, Trail))}
        assert set(tables) >= facts
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="without a scope"):
            owner.execute("SELECT * FROM organisation")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE trail SET actor = NULL",
        "DELETE FROM trail",
        "TRUNCATE trail",
        "INSERT INTO trail (table_name, row_id, action, database_role) VALUES ('person', 1, 'update', 'x')",
        "ALTER TABLE person DISABLE TRIGGER ALL",
        "ALTER TABLE person DISABLE ROW LEVEL SECURITY",
        "TRUNCATE training",
        "DELETE FROM territory",
        "SET session_replication_role = replica",
    ],
)
def test_the_application_can_change_neither_the_trail_nor_its_own_bounds(installation: Home, change: str) -> None:
    with as_application(installation) as application:
        application.execute("SET opora.municipalities = '{1,2,3,4,5}'")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute(change.encode())
