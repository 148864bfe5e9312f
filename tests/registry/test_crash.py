"""A load cut off by kill -9 leaves nothing, and what was there stays: thirty times, from first write to last."""

from __future__ import annotations

import datetime as dt
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from django.db.utils import InterfaceError, OperationalError

from opora.indicators.dataset.store import write_parquet
from opora.site.home import Home
from opora.snapshot.load import Loaded, load
from tests.registry import town
from tests.registry.database import as_superuser, forget_everything
from tests.registry.loading import taken, told
from tests.registry.town import ALICE
from tests.upkeep.copies import rows_of

TABLES = (
    "organisation",
    "person",
    "employment",
    "leave",
    "teaching",
    "education",
    "attestation",
    "training_programme",
    "training",
    "source",
)
"""In the order in which a load writes them, after the territory."""
BOUNDS = {"since": dt.date(2021, 9, 1), "until": dt.date(2022, 6, 1)}
VILLAGE = town.of(
    "село",
    leave=[{"id": "отпуск", "person": "иванова", "kind": "long"} | BOUNDS],
    teaching=[{"id": "уроки", "person": "иванова", "organisation": "школа", "subject": "математика"} | BOUNDS],
    education=[{"id": "диплом", "person": "иванова", "level": "higher"}],
    attestation=[{"id": "категория", "person": "иванова", "post": "teacher", "category": "first"} | BOUNDS],
)
IN_ANOTHER_PROCESS = "import sys; from opora.cli import main; main(['load', sys.argv[1], '--municipality', 'село'])"


@pytest.fixture(scope="module")
def village(installation: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The dataset as a folder; the registry holds another town, and the server's log tells every write."""
    forget_everything(installation)
    load(town.of("город"), "город", ALICE)
    configure(installation, "SET log_statement = 'mod'")
    folder = tmp_path_factory.mktemp("dataset") / "село"
    write_parquet(VILLAGE, folder)
    yield folder
    configure(installation, "RESET log_statement")
    forget_everything(installation)


def configure(home: Home, change: str) -> None:
    with as_superuser(home) as connection:
        connection.execute(f"ALTER SYSTEM {change}".encode())
        connection.execute("SELECT pg_reload_conf()")


# ── a load that waits before one of its writes ──────────────────────────────────────────────────────────────────────


def load_here() -> Loaded:
    try:
        return load(VILLAGE, "село", ALICE)
    finally:
        connections.close_all()


@contextmanager
def held_up_at(table: str, home: Home) -> Iterator[Callable[[Callable[[], bool]], int]]:
    """Nobody can write into the table meanwhile. Gives what waits for the load to come to it and tells its backend."""
    with as_superuser(home) as watch, as_superuser(home) as blocker:
        blocker.execute("BEGIN")
        blocker.execute(f'LOCK TABLE "{table}" IN EXCLUSIVE MODE'.encode())

        def waiting(ended: Callable[[], bool]) -> int:
            query = "SELECT pid FROM pg_stat_activity WHERE usename = 'opora_app' AND wait_event_type = 'Lock'"
            while not (found := watch.execute(query).fetchone()):
                assert not ended(), "the load was not held up"
                time.sleep(0.02)
            return int(found[0])

        yield waiting
        with suppress(psycopg.OperationalError):  # the server may be gone
            blocker.execute("ROLLBACK")


def written_by(backend: int, home: Home) -> list[str]:
    """The tables of the registry into which it began to write, as the server's log shows."""
    log = home.cluster.log.read_text("utf-8", errors="replace") if home.cluster else ""
    return re.findall(rf'\[{backend}\] opora_app LOG: .*?: INSERT INTO "?(\w+)"?', log)


# ── who is killed ───────────────────────────────────────────────────────────────────────────────────────────────────


def kill_the_loading_process(home: Home, village: Path, table: str) -> int:
    with held_up_at(table, home) as waiting:
        process = subprocess.Popen([sys.executable, "-c", IN_ANOTHER_PROCESS, str(village)], stderr=subprocess.DEVNULL)
        backend = waiting(lambda: process.poll() is not None)
        process.send_signal(signal.SIGKILL)
        process.wait()
    with as_superuser(home) as watch:
        while watch.execute("SELECT FROM pg_stat_activity WHERE pid = %s", [backend]).fetchone():
            time.sleep(0.02)
    return backend


def kill_its_backend(home: Home, village: Path, table: str) -> int:
    """The server then ends all the others too, and recovers by itself."""
    with as_superuser(home) as bystander:
        backend = cut_off(home, table, lambda backend: backend)
        # Before it has noticed, it takes new connections, only to end them with the others.
        with suppress(psycopg.OperationalError):
            while True:
                bystander.execute("SELECT")
                time.sleep(0.02)
    deadline = time.monotonic() + 120
    while True:
        with suppress(psycopg.OperationalError):
            as_superuser(home).close()
            return backend
        assert time.monotonic() < deadline
        time.sleep(0.05)


def kill_the_server(home: Home, village: Path, table: str) -> int:
    assert home.cluster is not None
    postmaster = int((home.cluster.data / "postmaster.pid").read_text().split()[0])
    backend = cut_off(home, table, lambda backend: postmaster)
    while home.cluster.running:
        time.sleep(0.05)
    home.cluster.start()
    return backend


def cut_off(home: Home, table: str, victim: Callable[[int], int]) -> int:
    with ThreadPoolExecutor(1) as pool, held_up_at(table, home) as waiting:
        running: Future[Loaded] = pool.submit(load_here)
        backend = waiting(running.done)
        os.kill(victim(backend), signal.SIGKILL)
        with pytest.raises((OperationalError, InterfaceError)):
            running.result()
    connections.close_all()
    return backend


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("kill", [kill_the_loading_process, kill_its_backend, kill_the_server])
def test_a_load_killed_in_the_middle_leaves_nothing(
    kill: Callable[[Home, Path, str], int], table: str, installation: Home, village: Path
) -> None:
    before = rows_of(installation)
    backend = kill(installation, village, table)
    begun = ["territory", *TABLES[: TABLES.index(table) + 1]]
    assert written_by(backend, installation) == begun
    assert rows_of(installation) == before


def test_what_was_loaded_stays_when_the_server_is_killed_and_after_all_the_load_is_whole(
    installation: Home, village: Path
) -> None:
    load_here()
    whole = rows_of(installation)
    assert installation.cluster is not None
    os.kill(int((installation.cluster.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    while installation.cluster.running:
        time.sleep(0.05)
    installation.cluster.start()
    assert rows_of(installation) == whole
    assert told(taken("село")) == told(VILLAGE)
    assert load_here() == Loaded()
