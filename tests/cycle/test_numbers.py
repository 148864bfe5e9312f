"""Pages get numbers at once: fresh ones, or older ones with their time while newer ones are counted aside, once."""

from __future__ import annotations

import datetime as dt
import logging
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from copy import copy
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from opora.access.territories import below
from opora.cycle.domain.programme import put_in_force, take_in
from opora.cycle.models import ProgrammeVersion
from opora.cycle.numbers import USUAL, Freshness, Numbers, Opened, day_of, in_force, opened_for, values_for
from opora.cycle.queue import Asking, count, queue
from opora.cycle.tasks import count_for_the_morning
from opora.learning.models import Training
from opora.people.models import Employment, Organisation, Person, Territory
from opora.registry.scope import Outside, scope
from opora.site.home import Home
from opora.snapshot.kept import forget_kept
from opora.snapshot.values import forget_opened
from opora.web.tasks import TRIES, forget_old_jobs, retry_stalled_jobs
from tests.programmes.files import GOOD
from tests.registry.database import as_superuser
from tests.registry.town import ALICE, BOB

pytestmark = pytest.mark.usefixtures("towns")
ON = dt.date(2022, 12, 31)
TRAINED = """\
  - code: X-3
    title: Доля обученных
    unit: "%"
    share: has training in period
    of: educator
measures:
"""
TEXT = GOOD.replace("measures:\n", TRAINED)


def place(key: str) -> Territory:
    return Territory.objects.get(key=key)


@pytest.fixture(autouse=True)
def programme(towns: None) -> Iterator[ProgrammeVersion]:
    """Of the region: it holds in both towns."""
    region = place("регион").pk
    version = take_in(TEXT, municipality=region, by=ALICE)
    put_in_force(version.pk, since=dt.date(2021, 1, 1), municipality=region, by=ALICE)
    yield version
    forget_kept()


def ask(town: str = "город", *, within: tuple[str, ...] = ()) -> Numbers:
    """As a page does, of somebody whose scope are the towns ``within``."""
    with scope([place(key).pk for key in within or (town,)], ALICE):
        (version,) = in_force(place(town).pk, ON)
        return values_for(version, place(town), ON)


def open_it(code: str, town: str = "город") -> Opened:
    with scope([place(town).pk], ALICE):
        (version,) = in_force(place(town).pk, ON)
        return opened_for(version, place(town), code, ON)


def work() -> None:
    """What the worker of the queue does with all that waits there."""
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    assert isinstance(app.connector, DjangoConnector)
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.periodic_registry = copy(app.periodic_registry)
        working.periodic_registry.periodic_tasks = {}  # or a new minute would add jobs of its own
        working.run_worker(wait=False, install_signal_handlers=False, task_middleware=[_in_a_thread_that_ends])


def _in_a_thread_that_ends(job: Callable[[], Any], *_: object) -> Any:
    try:
        return job()
    finally:
        connections.close_all()


def jobs() -> list[str]:
    """Those that count, and how far they are; a worker finds periodic ones to be due as well."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [count.name])
        return [status for (status,) in cursor.fetchall()]


def trained_later(town: str = "город") -> None:
    with scope([place(town).pk], BOB):
        assert Training.objects.filter(municipality=place(town)).update(completed=dt.date(2021, 5, 20)) == 1


def trained(found: Numbers) -> float | None:
    one = found.of("X-3")
    return None if one is None else one.value.n


def test_what_was_never_counted_is_queued_once_and_is_there_when_the_worker_has_done_it() -> None:
    first, second = ask(), ask()
    assert [(one.result, one.readiness.state, one.waiting) for one in (first, second)] == [
        (None, Freshness.COUNTING, True)
    ] * 2
    assert first.readiness.since is not None
    assert second.notice == f"пересчитывается с {timezone.localtime(first.readiness.since):%H:%M}"
    assert jobs() == ["todo"]
    work()
    found = ask()
    assert (found.readiness.state, found.notice, found.waiting) == (Freshness.FRESH, "", False)
    assert found.result is not None
    assert [(one.code, one.value.n, one.value.value) for one in found.result.indicators] == [
        ("X-1", 0, 0.0),
        ("X-2", 1, 1.0),
        ("X-3", 1, 1.0),
    ]
    assert [day for day, _ in found.result.history["X-3"]] == [dt.date(2021, 12, 31)]
    one = found.of("X-3")
    assert one is not None
    assert [(each.by, [group.title for group in each.groups]) for each in one.breakdowns] == [
        ("organisation", ["Школа (город)"])
    ]
    assert jobs() == ["succeeded"]


def test_after_a_change_the_older_values_stand_with_their_time_and_only_what_reads_it_is_counted_anew() -> None:
    ask()
    work()
    before = ask()
    trained_later()
    meanwhile = ask()
    assert (meanwhile.readiness.state, meanwhile.waiting) == (Freshness.COUNTING, True)
    assert (meanwhile.result, meanwhile.counted) == (before.result, before.counted)
    assert [meanwhile.is_stale(code) for code in ("X-1", "X-2", "X-3")] == [False, False, True]
    work()
    after = ask()
    assert (after.readiness.state, trained(before), trained(after)) == (Freshness.FRESH, 1, 0)
    assert [after.counted[code] > before.counted[code] for code in ("X-1", "X-2", "X-3")] == [False, False, True]


def test_what_has_changed_under_most_of_them_is_counted_whole() -> None:
    ask()
    work()
    before = ask()
    with scope([place("город").pk], BOB):
        Employment.objects.filter(municipality=place("город")).update(until=dt.date(2022, 6, 1))
    assert ask().waiting
    work()
    after = ask()
    assert [after.counted[code] > before.counted[code] for code in ("X-1", "X-2", "X-3")] == [True] * 3
    assert [one.value.value for one in after.result.indicators] == [None, 0.0, None] if after.result else False


def test_a_change_in_another_town_makes_nothing_stale_even_for_who_sees_both() -> None:
    ask()
    work()
    trained_later("село")
    assert ask(within=("город", "село")).readiness.state is Freshness.FRESH


def test_a_change_that_came_while_it_was_counted_is_not_lost() -> None:
    """The job is queued again, though the first is still being done."""
    ask()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    with scope([place("город").pk], ALICE):
        (version,) = in_force(place("город").pk, ON)
        queue(Asking(version, place("город"), ON, by=USUAL))
    assert jobs() == ["doing", "todo"]


# ── two at once ─────────────────────────────────────────────────────────────────────────────────────────────────────


_ASK = """
import datetime as dt
from opora.site.setup import set_up_django
set_up_django()
from opora.cycle.numbers import in_force, values_for
from opora.people.models import Territory
from opora.registry.scope import Actor, scope
town, on = Territory.objects.get(key="город"), dt.date(2022, 12, 31)
with scope([town.pk], Actor("process")):
    (version,) = in_force(town.pk, on)
    print(values_for(version, town, on).readiness.state)
"""


def test_two_processes_that_ask_at_once_queue_one_count(installation: Home) -> None:
    with as_superuser(installation) as gate:
        gate.autocommit = False
        gate.execute("LOCK TABLE procrastinate_jobs IN ACCESS EXCLUSIVE MODE")
        asking = [subprocess.Popen([sys.executable, "-c", _ASK], stdout=subprocess.PIPE, text=True) for _ in range(2)]
        while waiting(gate) < 2:
            time.sleep(0.1)
        gate.commit()
    assert [process.communicate()[0].strip() for process in asking] == ["counting", "counting"]
    assert jobs() == ["todo"]


def waiting(gate: object) -> int:
    found = gate.execute("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted").fetchone()  # type: ignore[attr-defined]
    return int(found[0])


# ── whose it is ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_kept_of_one_town_is_not_there_for_another(programme: ProgrammeVersion) -> None:
    for town in ("город", "село"):
        ask(town), open_it("X-3", town)
    work()
    for town in ("город", "село"):
        found = ask(town).of("X-3")
        assert found is not None
        assert [group.title for group in found.breakdowns[0].groups] == [f"Школа ({town})"]
    with scope([place("село").pk], BOB):
        for ours in (
            lambda: values_for(programme, place("город"), ON),
            lambda: opened_for(programme, place("город"), "X-3", ON),
        ):
            with pytest.raises(Outside):
                ours()
        with connection.cursor() as cursor:
            for table, rows in (("kept_values", 2), ("kept_indicator", 3), ("kept_thing", 1)):
                cursor.execute(f"SELECT DISTINCT municipality_id, count(*) OVER () FROM {table}")
                assert set(cursor.fetchall()) == {(place("село").pk, rows)}


def test_things_are_read_in_the_scope_of_their_town_alone() -> None:
    open_it("X-3")
    work()
    found = open_it("X-3")
    assert found.things is not None
    with scope([place("село").pk], BOB):
        assert list(found.things.all()) == []


def test_a_region_is_counted_over_its_towns_and_only_for_who_sees_all_of_them(programme: ProgrammeVersion) -> None:
    region = place("регион")
    with scope([region.pk, place("город").pk], ALICE), pytest.raises(Outside):
        values_for(programme, region, ON)
    with scope(below([region.pk])[region.pk], ALICE):
        assert values_for(programme, region, ON).result is None
    work()
    with scope(below([region.pk])[region.pk], ALICE):
        assert trained(values_for(programme, region, ON)) == 2


# ── opened numbers ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_opened_number_names_who_is_in_and_who_is_out_with_the_failing_part() -> None:
    assert (open_it("X-1").waiting, open_it("X-1").things) == (True, None)
    work()
    found = open_it("X-1")
    assert (found.readiness.state, [one.table for one in found.lists]) == (Freshness.FRESH, ["person"])
    with scope([place("город").pk], ALICE):
        assert found.things is not None
        (ivanova,) = found.rows(found.things.filter(list=0, code=0, in_base=2))
        assert [one.person for one in found.things.all()] == [Person.objects.get(municipality=place("город")).pk]
    assert (ivanova.title, ivanova.organisation) == ("Иванова", "Школа (город)")
    assert [(part.words, part.near) for part in ivanova.failed] == [
        ("является молодым (возраст меньше 35 лет)", "42 при норме меньше 35")
    ]


def test_an_opened_number_is_shown_with_its_time_until_it_is_opened_anew() -> None:
    open_it("X-1")
    work()
    before = open_it("X-1")
    trained_later()
    assert open_it("X-1").readiness.state is Freshness.FRESH
    with scope([place("город").pk], BOB):
        Organisation.objects.filter(municipality=place("город")).update(title="Лицей")
    meanwhile = open_it("X-1")
    assert (meanwhile.readiness.state, meanwhile.counted_at) == (Freshness.COUNTING, before.counted_at)
    assert organisations(meanwhile) == ["Школа (город)"]
    work()
    assert organisations(open_it("X-1")) == ["Лицей"]


def organisations(opened: Opened) -> list[str]:
    assert opened.things is not None
    with scope([place("город").pk], ALICE):
        return [row.organisation for row in opened.rows(opened.things.all())]


def test_names_are_forgotten_before_the_numbers() -> None:
    ask(), open_it("X-1")
    work()
    forget_opened(timezone.now())
    assert (ask().readiness.state, open_it("X-1").counted_at) == (Freshness.FRESH, None)


# ── failures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_count_that_the_data_forbid_is_told_and_not_tried_again(installation: Home) -> None:
    ask()
    work()
    before = ask()
    with as_superuser(installation) as owner:
        owner.execute("UPDATE person SET archived_at = now() WHERE municipality_id = %s", [place("город").pk])
    assert ask().waiting
    work()
    found = ask()
    assert (found.readiness.state, found.result, found.waiting) == (Freshness.FAILED, before.result, False)
    assert found.notice == (
        "Посчитать не удалось. В таблице «Работа» строк, которые ссылаются на невидимые или архивные строки "
        "таблицы «Люди»: 1; первая — с кодом «работа»"
    )
    assert jobs() == ["succeeded", "failed"]


def test_another_failure_is_logged_tried_again_and_then_told_without_its_words(
    caplog: pytest.LogCaptureFixture, installation: Home
) -> None:
    folder = installation.folder / "snapshots"
    assert not folder.exists() or not any(folder.iterdir())
    folder.rmdir() if folder.exists() else None
    folder.write_text("no folder")
    try:
        ask()
        for last in (False, False, True):
            assert ask().readiness.state is Freshness.COUNTING
            caplog.clear()
            work()
            errors = [one for one in caplog.records if one.name == "opora.cycle.queue" and one.levelno == logging.ERROR]
            assert [(one.last, one.exc_info[0]) for one in errors] == [(last, FileExistsError)]  # type: ignore[attr-defined, index]
            hurry(installation)
    finally:
        Path(folder).unlink()
        folder.mkdir(mode=0o700)
    found = ask()
    assert (found.readiness.state, found.result) == (Freshness.FAILED, None)
    assert found.notice == ("Посчитать не удалось. Что помешало, записано в журнале сервера; Опора попробует снова")
    later(installation)
    assert ask().waiting
    work()
    assert ask().readiness.state is Freshness.FRESH


def hurry(home: Home) -> None:
    """What waits for a while need not."""
    with as_superuser(home) as owner:
        owner.execute("UPDATE procrastinate_jobs SET scheduled_at = now()")


def later(home: Home) -> None:
    with as_superuser(home) as owner:
        owner.execute("UPDATE kept_values SET failed_at = failed_at - interval '1 hour'")
        owner.execute("UPDATE kept_values SET asked_at = asked_at - interval '1 hour'")


def test_a_count_whose_worker_was_killed_is_asked_for_once_more(installation: Home) -> None:
    ask()
    with as_superuser(installation) as owner:
        owner.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    assert (ask().waiting, jobs()) == (True, ["doing"])
    later(installation)
    assert (ask().waiting, jobs()) == (True, ["doing", "todo"])


def test_a_text_that_this_version_refuses_is_told(installation: Home) -> None:
    with as_superuser(installation) as owner:
        owner.execute("UPDATE programme_version SET text = text || 'unknown: 1'")
    found = ask()
    assert (found.readiness.state, found.notice) == (
        Freshness.FAILED,
        "Посчитать не удалось: в тексте программы есть ошибки, их покажет страница программы",
    )
    assert open_it("X-1").readiness == found.readiness
    assert jobs() == []


# ── every night ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_in_the_morning_what_is_in_force_is_there(programme: ProgrammeVersion) -> None:
    count_for_the_morning(0)
    count_for_the_morning(0)
    assert jobs() == ["todo"] * 3  # of the region and of its towns
    work()
    day = day_of(programme, timezone.localdate())
    assert day == min(timezone.localdate(), dt.date(2025, 12, 31))
    for town in ("город", "село"):
        with scope([place(town).pk], ALICE):
            assert values_for(programme, place(town), day).readiness.state is Freshness.FRESH


def test_jobs_that_ended_long_ago_are_forgotten(installation: Home) -> None:
    ask()
    work()
    open_it("X-1")
    work()
    assert jobs() == ["succeeded", "succeeded"]
    with as_superuser(installation) as owner:
        owner.execute(
            "UPDATE procrastinate_events SET at = at - interval '31 days' "
            "WHERE job_id = (SELECT min(id) FROM procrastinate_jobs WHERE task_name = %s)",
            [count.name],
        )
    forget_old_jobs.configure().defer(timestamp=0)
    work()
    assert jobs() == ["succeeded"]


def killed(home: Home, *, attempts: int = 0) -> None:
    """All jobs are as a worker leaves them that was killed in the middle and is known no more."""
    with as_superuser(home) as owner:
        owner.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL, attempts = %s", [attempts])


def test_a_job_whose_worker_has_died_is_done_anew(installation: Home) -> None:
    ask()
    killed(installation)
    work()
    assert jobs() == ["doing"]
    retry_stalled_jobs.configure().defer(timestamp=0)
    work()
    assert jobs() == ["succeeded"]
    assert ask().readiness.state is Freshness.FRESH


def test_a_job_that_kills_every_worker_is_given_up(installation: Home) -> None:
    ask()
    killed(installation, attempts=TRIES)
    retry_stalled_jobs.configure().defer(timestamp=0)
    work()
    assert jobs() == ["failed"]


def test_a_job_of_which_the_same_waits_already_is_not_done_twice(installation: Home) -> None:
    ask()
    killed(installation)
    later(installation)
    assert ask().waiting
    assert jobs() == ["doing", "todo"]
    retry_stalled_jobs.configure(priority=100).defer(timestamp=0)
    work()
    assert jobs() == ["failed", "succeeded"]
