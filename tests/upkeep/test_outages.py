"""No room on the disk, no database: a clear message, nothing half-written, and then it goes on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from opora.site.embedded import NO_ROOM
from opora.site.home import Home
from opora.upkeep.journal import Backup
from opora.upkeep.key import Key
from tests.cli.calls import TOWN, opora
from tests.registry.database import as_superuser
from tests.upkeep.copies import restored, rows_of


@pytest.fixture
def cramped(towns: Home, copy: Backup, small_disk: Path) -> Iterator[Home]:
    """An installation on a disk of its own."""
    home = Home(small_disk / "home")
    restored(copy.path, Key.of(towns), home.folder)
    yield home
    assert home.cluster is not None
    home.cluster.stop()


def fill(disk: Path, *, but: int) -> Path:
    filler = disk / "filler"
    filler.write_bytes(bytes(os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize - but))
    return filler


def no_room_for_a_table(home: Home) -> Path:
    return fill(home.folder.parent, but=100_000)


def no_room_for_the_log(home: Home) -> Path:
    """The server stops by itself when it cannot begin the next file of its own log."""
    filler = fill(home.folder.parent, but=0)
    with pytest.raises(psycopg.OperationalError):
        write_to_the_log_for_ever(home)
    return filler


def write_to_the_log_for_ever(home: Home) -> None:
    with as_superuser(home) as connection:
        while True:
            connection.execute("SELECT pg_logical_emit_message(false, '', repeat('x', 1000000))")


@pytest.mark.parametrize("no_room", [no_room_for_a_table, no_room_for_the_log])
def test_a_full_disk_is_told_and_with_room_it_goes_on(no_room: Callable[[Home], Path], cramped: Home) -> None:
    before = rows_of(cramped)
    filler = no_room(cramped)
    load = ("load", TOWN, "--municipality", "town")
    full = opora(*load, OPORA_HOME=str(cramped.folder))
    assert (full.code, full.err) == (3, f"Ошибка: {NO_ROOM}\n")
    filler.unlink()
    assert cramped.cluster is not None
    cramped.cluster.start()
    assert rows_of(cramped) == before
    assert opora(*load, OPORA_HOME=str(cramped.folder)).out == "Добавлено: 38 строк; изменено: 0 строк\n"


def test_a_database_that_was_stopped_is_started_by_whoever_needs_it(cramped: Home) -> None:
    assert cramped.cluster is not None
    cramped.cluster.stop()
    assert opora("load", TOWN, "--municipality", "town", OPORA_HOME=str(cramped.folder)).code == 0
