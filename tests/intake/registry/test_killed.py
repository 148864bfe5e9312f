"""A commit and an undo that are cut off by kill -9 leave nothing, and are done as a whole when they are begun again."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from opora.intake.domain.verbs import ask_commit, ask_undo
from opora.site.home import Home
from tests.intake.registry.files import ASYA, VERA, committed, done, facts, page, taken_in
from tests.people.town import Town
from tests.registry.database import as_superuser
from tests.registry.test_crash import held_up_at

WRITTEN = (
    "person",
    "employment",
    "teaching",
    "experience",
    "education",
    "attestation",
    "training_programme",
    "training",
    "intake_batch",
)
IN_ANOTHER_PROCESS = """
import sys
from opora.site.setup import start
start()
from opora.intake.domain.work import carry_out
carry_out(int(sys.argv[1]), int(sys.argv[2]))
"""


def killed(home: Home, city: Town, batch: int, table: str) -> None:
    """At its first write into the table."""
    with held_up_at(table, home) as waiting:
        arguments = [sys.executable, "-c", IN_ANOTHER_PROCESS, str(batch), str(city.municipality)]
        process = subprocess.Popen(arguments, stderr=subprocess.DEVNULL)
        backend = waiting(lambda: process.poll() is not None)
        process.send_signal(signal.SIGKILL)
        process.wait()
    with as_superuser(home) as watch:
        while watch.execute("SELECT FROM pg_stat_activity WHERE pid = %s", [backend]).fetchone():
            pass


@pytest.mark.parametrize("table", WRITTEN)
def test_a_killed_commit_has_written_nothing_and_is_done_by_the_next_worker(
    installation: Home, city: Town, table: str
) -> None:
    batch = taken_in(city, page(VERA, ASYA))
    before = facts()
    ask_commit(batch.pk, **city.as_alice)
    killed(installation, city, batch.pk, table)
    assert facts() == before
    after = done(city, batch)
    assert (after.state, after.busy, after.refused) == ("committed", "", [])
    assert {row["last_name"] for row in facts()["person"]} == {"Лужина", "Осокина"}


@pytest.mark.parametrize("table", ["training", "employment", "person", "intake_batch"])
def test_a_killed_undo_has_taken_nothing_back_and_is_done_by_the_next_worker(
    installation: Home, city: Town, table: str
) -> None:
    empty = facts()
    batch = committed(city, taken_in(city, page(VERA, ASYA)))
    whole = facts()
    ask_undo(batch.pk, **city.as_alice)
    killed(installation, city, batch.pk, table)
    assert facts() == whole
    assert done(city, batch).state == "undone"
    assert facts() == empty
