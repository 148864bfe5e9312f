"""A load that is cut off in the middle leaves nothing, and what was there stays."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import Future, ThreadPoolExecutor

import psycopg
import pytest
from django.db import connections
from django.db.utils import OperationalError

from opora.registry.models import Trail
from opora.registry.scope import scope
from opora.site.home import Home
from opora.snapshot.load import Loaded, load
from tests.registry import town
from tests.registry.database import as_superuser
from tests.registry.loading import taken, told
from tests.registry.town import ALICE, job, municipality

pytestmark = pytest.mark.usefixtures("empty_registry")

CHANGED = town.of("город", employment=[job("работа", rate=0.5)])


def load_changed() -> Loaded:
    try:
        return load(CHANGED, "город", ALICE)
    finally:
        connections.close_all()


def halted_in_the_middle(home: Home, running: Future[Loaded]) -> int:
    """Process of the server that has written the employment and waits for the next table."""
    with as_superuser(home) as watch:
        while not running.done():
            found = watch.execute(
                "SELECT pid FROM pg_stat_activity WHERE usename = 'opora_app' AND wait_event_type = 'Lock'"
            ).fetchone()
            if found:
                return int(found[0])
            time.sleep(0.02)
    raise AssertionError("the load was not held up")


def wait_for(home: Home) -> None:
    """A server one of whose processes was killed starts all of them anew."""
    deadline = time.monotonic() + 30
    while True:
        try:
            as_superuser(home).close()
            return
        except psycopg.OperationalError:
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_a_server_killed_between_two_writes_of_a_load_keeps_what_was_there_before(installation: Home) -> None:
    load(town.of("город"), "город", ALICE)
    with scope([municipality("город")], ALICE):
        before = Trail.objects.count()
    blocker = as_superuser(installation)
    blocker.execute("BEGIN")
    blocker.execute("LOCK TABLE training IN EXCLUSIVE MODE")
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(load_changed)
        os.kill(halted_in_the_middle(installation, running), signal.SIGKILL)
        with pytest.raises(OperationalError):
            running.result()
    blocker.close()
    connections.close_all()
    wait_for(installation)
    assert told(taken()) == told(town.of("город"))
    with scope([municipality("город")], ALICE):
        assert Trail.objects.count() == before
    assert load_changed().changed == {"employment": 1}
