"""Snapshots and values are kept until a fact changes of which they were made; one process at a time counts."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from opora.indicators.dataset.store import Dataset
from opora.indicators.engine.backends import DuckDB
from opora.people.models import Organisation, Person
from opora.programmes.compute import Wish, compute_programme
from opora.programmes.load import load_programme
from opora.programmes.model import Programme
from opora.registry.scope import scope
from opora.site.home import Home
from opora.snapshot.kept import forget_kept, forget_snapshots, kept_snapshot
from opora.snapshot.moments import Moment, changed_since, moment
from opora.snapshot.take import take
from opora.snapshot.values import Question, forget_values, fresh_values, kept_values
from tests.cli.calls import PROGRAMME
from tests.registry.database import Keepsakes, as_superuser
from tests.registry.town import ALICE, BOB, both_towns, municipality

ON = dt.date(2022, 12, 31)


@pytest.fixture(autouse=True)
def towns(empty_registry: None) -> Iterator[None]:
    both_towns()
    yield
    forget_kept()


def changed(then: Moment, town: str = "город") -> set[str]:
    with scope([municipality(town)], BOB):
        return set(changed_since(then))


def now(town: str = "город") -> Moment:
    with scope([municipality(town)], BOB):
        return moment()


def rename(key: str, title: str, town: str = "город") -> None:
    with scope([municipality(town)], ALICE):
        assert Organisation.objects.filter(key=key).update(title=title) == 1


def test_only_the_tables_that_have_changed_in_the_own_scope_are_told() -> None:
    then = now()
    assert changed(then) == set()
    rename("школа", "Школа № 1", "село")
    assert changed(then) == set()
    rename("школа", "Школа № 1")
    assert changed(then) == {"organisation"}
    assert changed(now()) == set()


def test_a_change_begun_before_the_moment_and_committed_after_it_is_told(installation: Home) -> None:
    with as_superuser(installation) as early, as_superuser(installation) as late:
        for writer in (early, late):
            writer.autocommit = False
        # The first to begin is the last to end: by numbers alone its change would seem older than the moment.
        early.execute("UPDATE person SET patronymic = 'Ивановна' WHERE municipality_id = %s", [municipality("город")])
        late.execute("UPDATE organisation SET title = 'Лицей' WHERE municipality_id = %s", [municipality("город")])
        late.commit()
        then = now()
        assert changed(then) == set()
        early.commit()
    assert changed(then) == {"person"}


def test_a_person_entered_elsewhere_who_works_here_is_watched_too() -> None:
    with scope([municipality("город"), municipality("село")], ALICE):
        guest = Person.objects.get(municipality=municipality("село"))
        school = Organisation.objects.get(municipality=municipality("город"))
        school.employment_set.create(
            municipality_id=municipality("город"), person=guest, staff_group="educator", post="teacher", kind="external"
        )
    then = now()
    with scope([municipality("село")], BOB):
        Person.objects.filter(pk=guest.pk).update(patronymic="Ивановна")
    assert changed(then) == {"person"}


def test_what_a_region_changes_in_a_reference_table_is_told_to_its_towns() -> None:
    then = now()
    with connection.cursor() as cursor, scope([municipality("регион")], ALICE):
        cursor.execute(
            "INSERT INTO training_programme (key, municipality_id, title, kind) VALUES ('р', %s, 'Курс', 'pk')",
            [municipality("регион")],
        )
    assert changed(then) == {"training_programme"}


def test_a_database_moved_by_hand_trusts_nothing_that_was_kept(installation: Home) -> None:
    then = now()
    with as_superuser(installation) as owner:
        owner.execute("UPDATE seal_era SET system = 'moved ' || system")
        try:
            assert len(changed(then)) > 50
        finally:
            owner.execute("UPDATE seal_era SET system = replace(system, 'moved ', '')")
    assert changed(then) == set()


# ── snapshots ───────────────────────────────────────────────────────────────────────────────────────────────────────


def folder_of(dataset: Dataset) -> Path:
    return dataset.files["person"].parent


def test_a_snapshot_is_taken_again_only_if_a_fact_has_changed(tmp_path: Path) -> None:
    first, _ = kept_snapshot("город", ON, ALICE)
    rename("школа", "Школа № 1", "село")
    again, _ = kept_snapshot("город", ON, BOB)
    assert folder_of(again) == folder_of(first)
    rename("школа", "Школа № 1")
    third, _ = kept_snapshot("город", ON, BOB)
    assert folder_of(third) != folder_of(first)
    assert third.hash == take("город", ON, tmp_path / "now", BOB).hash != first.hash


def test_a_snapshot_of_another_history_of_the_database_is_not_used() -> None:
    """As after it was brought back to an earlier state: of what came later its trail tells nothing."""
    first, _ = kept_snapshot("город", ON, ALICE)
    (note,) = folder_of(first).parent.glob("*.json")
    note.write_text(json.dumps(json.loads(note.read_text("utf-8")) | {"database": "7/1/16384"}), "utf-8")
    assert folder_of(kept_snapshot("город", ON, ALICE)[0]) != folder_of(first)


def test_a_database_made_anew_from_a_copy_shows_nothing_that_it_has_not(keepsakes: Keepsakes) -> None:
    def titles() -> list[str]:
        return sorted(kept_snapshot("город", ON, ALICE)[0].table("organisation")["title"].to_pylist())

    keepsakes.bring("two towns", both_towns)
    before = titles()
    rename("школа", "Школа, которой больше нет")
    assert "Школа, которой больше нет" in titles()
    keepsakes.bring("two towns", both_towns)
    assert titles() == before


def test_the_day_in_the_title_is_that_which_was_asked_for() -> None:
    kept_snapshot("город", ON, ALICE)
    assert kept_snapshot("город", dt.date(2023, 5, 1), ALICE)[0].title == "Город, на 01.05.2023"


def test_no_more_than_two_are_kept_and_nobody_else_may_look_in() -> None:
    folders = []
    for number in range(4):
        rename("школа", f"Школа № {number}")
        folders.append(folder_of(kept_snapshot("город", ON, ALICE)[0]))
    assert [folder.exists() for folder in folders] == [False, False, True, True]
    assert folders[-1].parent.stat().st_mode & 0o077 == 0


def test_what_was_kept_long_ago_is_forgotten(question: Question) -> None:
    first = fresh_values(question, ALICE)
    folder = folder_of(kept_snapshot("город", ON, ALICE)[0]).parent
    forget_snapshots(first.counted_at - dt.timedelta(hours=1))
    forget_values(first.counted_at)
    assert (len(list(folder.iterdir())), kept_values(question, ALICE)) == (2, first)
    forget_snapshots(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=1))
    forget_values(dt.datetime.now(dt.UTC))
    assert (list(folder.iterdir()), kept_values(question, ALICE)) == ([], None)


# ── values ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def question() -> Question:
    return Question(load_programme(PROGRAMME), "город", ON)


def test_values_are_what_a_count_gives_and_are_not_counted_again(question: Question, tmp_path: Path) -> None:
    assert kept_values(question, ALICE) is None
    first = fresh_values(question, ALICE)
    again = fresh_values(question, BOB)
    assert (again.result, again.counted_at, again.stale) == (first.result, first.counted_at, False)
    dataset = take("город", ON, tmp_path / "now", ALICE)
    wish = Wish(by=question.by, lists=())
    assert first.result == compute_programme(question.programme, dataset, DuckDB(), ON, wish=wish)


def test_after_a_change_the_older_values_are_shown_with_their_time_until_new_ones_are_counted(
    question: Question,
) -> None:  # fmt: skip
    first = fresh_values(question, ALICE)
    rename("школа", "Школа № 1")
    meanwhile = kept_values(question, BOB)
    assert meanwhile is not None
    assert (meanwhile.counted_at, meanwhile.result, meanwhile.stale) == (first.counted_at, first.result, True)
    assert fresh_values(question, BOB).counted_at > first.counted_at


def test_a_change_of_what_no_formula_reads_leaves_the_values_as_they_are(question: Question) -> None:
    first = fresh_values(question, ALICE)
    with scope([municipality("город")], ALICE), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO methodical_theme (key, municipality_id, title) VALUES ('т', %s, 'Тема')",
            [municipality("город")],
        )
    kept = kept_values(question, BOB)
    assert kept is not None
    assert (kept.counted_at, kept.stale) == (first.counted_at, False)


def test_another_programme_date_or_town_is_another_question(question: Question) -> None:
    fresh_values(question, ALICE)
    other: Programme = question.programme.model_copy(update={"exclude": None, "reporting_dates": ()})
    for asked in (
        Question(question.programme, "город", dt.date(2021, 12, 31)),
        Question(question.programme, "село", ON),
        Question(other, "город", ON),
    ):
        assert kept_values(asked, ALICE) is None


_ASK = """
import datetime as dt, sys
from opora.site.setup import set_up_django
set_up_django()
from opora.programmes.load import load_programme
from opora.registry.scope import Actor
from opora.snapshot.values import Question, fresh_values
found = fresh_values(Question(load_programme(sys.argv[1]), "город", dt.date(2022, 12, 31)), Actor("process"))
print(found.counted_at.isoformat())
"""


def test_two_processes_that_ask_at_once_count_once(question: Question) -> None:
    lock = [f"opora values {question.digest}"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", lock)
        asking = [
            subprocess.Popen([sys.executable, "-c", _ASK, PROGRAMME], stdout=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        while waiting(cursor) < 2:
            time.sleep(0.1)
        cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", lock)
    answers = {process.communicate()[0] for process in asking}
    assert len(answers) == 1
    assert answers.pop().strip() == fresh_values(question, ALICE).counted_at.isoformat()


def waiting(cursor: object) -> int:
    cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")  # type: ignore[attr-defined]
    return int(cursor.fetchone()[0])  # type: ignore[attr-defined]
