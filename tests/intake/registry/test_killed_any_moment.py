"""Whatever is done with a batch, kill -9 at any moment of it leaves all of it or nothing, and it can be done again."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from opora.intake.domain.verbs import ask_commit, ask_undo, start
from opora.intake.models import IntakeBatch
from opora.site.home import Home
from tests.intake.registry.files import ASYA, ON, VERA, counts, done, facts, page
from tests.people.town import Town
from tests.registry.database import as_superuser

ROUNDS = 13
"""Of three kills each: with those of ``test_killed`` there are more than fifty."""
NAME = "opora killed"
WORKER = """
import os, signal, sys, time
from opora.site.setup import start
start()
from opora.intake.domain.work import carry_out
for line in sys.stdin:
    batch, town, moment = line.split()
    child = os.fork()
    if not child:
        carry_out(int(batch), int(town))
        os._exit(0)
    time.sleep(float(moment))
    os.kill(child, signal.SIGKILL)
    print(os.WTERMSIG(os.waitpid(child, 0)[1]), flush=True)
"""
"""Everything is imported before the work begins: the moments fall into the work."""


class Killer:
    def __init__(self, home: Home, city: Town) -> None:
        self.home, self.city, self.killed = home, city, 0
        self._chance = random.Random(5)
        self._process = subprocess.Popen(
            [sys.executable, "-c", WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PGAPPNAME": NAME},
        )  # fmt: skip

    def kill(self, batch: IntakeBatch, longest: float) -> IntakeBatch:
        """While the worker is at it; ``longest``: seconds that it may take."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        moment = self._chance.uniform(0, longest)
        self._process.stdin.write(f"{batch.pk} {self.city.municipality} {moment}\n")
        self._process.stdin.flush()
        self.killed += self._process.stdout.readline() == "9\n"
        with as_superuser(self.home) as watch:  # what the database was doing for it then
            while watch.execute("SELECT FROM pg_stat_activity WHERE application_name = %s", [NAME]).fetchone():
                time.sleep(0.01)
        with self.city.seen():
            return IntakeBatch.objects.get(pk=batch.pk)

    def stop(self) -> None:
        self._process.kill()
        self._process.communicate()


@contextmanager
def killer(home: Home, city: Town) -> Iterator[Killer]:
    found = Killer(home, city)
    try:
        yield found
    finally:
        found.stop()


def sizes() -> dict[str, int]:
    return {table: len(rows) for table, rows in facts().items()}


def timed(city: Town, batch: IntakeBatch) -> tuple[IntakeBatch, float]:
    began = time.monotonic()
    after = done(city, batch)
    return after, time.monotonic() - began


def test_a_batch_killed_at_any_moment_is_there_as_a_whole_or_not_at_all(installation: Home, city: Town) -> None:
    empty, file = sizes(), page(VERA, ASYA)
    batch, reading = timed(city, start([file], on=ON, **city.as_alice))
    shown = counts(batch)
    ask_commit(batch.pk, **city.as_alice)
    batch, committing = timed(city, batch)
    whole = sizes()
    assert whole != empty
    ask_undo(batch.pk, **city.as_alice)
    _, undoing = timed(city, batch)
    assert sizes() == empty
    with killer(installation, city) as worker:
        for _ in range(ROUNDS):
            batch = worker.kill(start([file], on=ON, **city.as_alice), reading)
            assert sizes() == empty
            batch = done(city, batch)
            assert (batch.state, counts(batch)) == ("planned", shown)
            ask_commit(batch.pk, **city.as_alice)
            batch = worker.kill(batch, committing)
            assert sizes() == (whole if batch.state == "committed" else empty)
            batch = done(city, batch)
            assert (batch.state, sizes()) == ("committed", whole)
            ask_undo(batch.pk, **city.as_alice)
            batch = worker.kill(batch, undoing)
            assert sizes() == (empty if batch.state == "undone" else whole)
            assert (done(city, batch).state, sizes()) == ("undone", empty)
        assert worker.killed > ROUNDS * 2
