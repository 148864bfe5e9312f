"""Whatever is changed, and by whatever way, the trail tells it; and what must not be written is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, transaction

from opora.people.models import Employment, Organisation, Person, Territory
from opora.registry.models import Trail
from opora.registry.scope import scope
from opora.site.home import Home
from tests.registry import town
from tests.registry.database import as_owner
from tests.registry.town import ALICE, BOB, municipality


@pytest.fixture(autouse=True)
def towns(empty_registry: None) -> None:
    town.both_towns()


@pytest.fixture
def city(towns: None) -> Iterator[None]:
    with scope([municipality("город")], ALICE):
        yield


def test_the_trail_tells_who_changed_what_from_what_to_what(city: None) -> None:
    organisation = Organisation.objects.get()
    with scope([organisation.municipality_id], BOB):
        Organisation.objects.update(title="Гимназия", kind="school")
    told = Trail.objects.filter(table_name="organisation", row_id=organisation.pk).order_by("pk")
    assert list(told.values_list("action", "actor", "changes")) == [
        ("insert", {"user": "alice", "address": "192.0.2.1"}, None),
        ("update", {"user": "bob", "address": "192.0.2.2"}, {"title": ["Школа (город)", "Гимназия"]}),
    ]


def test_no_way_past_the_models_escapes_the_trail(city: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE training SET document_number = '7'")
        cursor.execute("UPDATE training SET id = id + 1000 RETURNING id - 1000")
        before = cursor.fetchone()[0]
        cursor.execute("DELETE FROM training")
    told = Trail.objects.filter(table_name="training").order_by("pk").values_list("action", "row_id", "changes")
    kept = [(action, row, changes and changes.get("document_number")) for action, row, changes in told]
    assert kept == [
        ("insert", before, None),
        ("update", before, ["123", "7"]),
        ("delete", before, "7"),
        ("insert", before + 1000, "7"),
        ("delete", before + 1000, "7"),
    ]


def test_what_the_database_keeps_for_searching_is_not_told_again(city: None) -> None:
    person = Person.objects.order_by("pk").first()
    assert person is not None
    Person.objects.filter(pk=person.pk).update(last_name="Ёлкина")
    told = Trail.objects.filter(table_name="person", row_id=person.pk, action="update").latest("pk")
    assert told.changes == {"last_name": [person.last_name, "Ёлкина"]}


def test_a_change_that_changes_nothing_leaves_no_trace(city: None) -> None:
    before = Trail.objects.count()
    assert Organisation.objects.update(kind="school") == 1
    assert Trail.objects.count() == before


def test_a_town_reads_its_own_trail_only() -> None:
    with scope([municipality("село")], BOB):
        actors = {row.actor["user"] for row in Trail.objects.exclude(table_name="territory") if row.actor}
        assert actors == {"bob"}


def test_what_belongs_to_nobody_is_trailed_too() -> None:
    with scope([], BOB):
        Territory.objects.filter(key="село").update(title="Село Новое")
        told = Trail.objects.filter(table_name="territory", action="update").latest("pk")
    assert (told.changes, told.municipality_id) == ({"title": ["Село", "Село Новое"]}, None)


def test_every_table_of_ours_is_trailed(installation: Home) -> None:
    ours = {model._meta.db_table for model in apps.get_models() if model.__module__.startswith("opora.")}
    with as_owner(installation) as owner:
        found = owner.execute(
            "SELECT relname FROM pg_class c WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND "
            "(SELECT count(*) FROM pg_trigger t WHERE t.tgrelid = c.oid AND tgname LIKE 'trail_%') <> 3"
        ).fetchall()
    kept = {"kept_values", "kept_indicator", "kept_thing"}  # counted from facts, and no facts themselves
    drafts = {"intake_line"}  # what is planned; what was written is told of the rows themselves
    assert {name for (name,) in found} & ours == {"trail", "card_reading", "seal"} | kept | drafts


def test_the_tables_refuse_what_load_and_verbs_should_never_write(city: None) -> None:
    job = Employment.objects.get()
    for wrong in ("until = '2000-01-01'", "rate = -1", "rate = 'NaN'", "rate = 'Infinity'"):
        with pytest.raises(Exception, match="check constraint"), transaction.atomic():
            connection.cursor().execute(f"UPDATE employment SET {wrong}")
    with pytest.raises(Exception, match="employment_one_main_job_at_a_time"), transaction.atomic():
        Employment.objects.create(
            municipality_id=job.municipality_id, person=job.person, organisation=job.organisation,
            staff_group="educator", post="teacher", kind="main", since="2022-01-01",
        )  # fmt: skip
