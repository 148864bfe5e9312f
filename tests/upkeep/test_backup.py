"""A backup holds everything, lies there whole or not at all, and is read by nobody without the key."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from opora.site.embedded import client_program
from opora.site.home import Home
from opora.site.trouble import SiteTrouble
from opora.upkeep.backup import backup
from opora.upkeep.contents import contents
from opora.upkeep.journal import Backup, Journal
from opora.upkeep.key import Key
from opora.upkeep.sight import everything
from tests.cli.calls import run
from tests.registry.database import as_owner, as_superuser
from tests.upkeep.conftest import LETTER
from tests.upkeep.copies import made, manifest_of, names, opened, rows_of


def test_it_holds_the_database_the_files_the_secrets_and_tells_what_it_is(towns: Home, copy: Backup) -> None:
    inside = opened(copy.path, Key.of(towns))
    assert list(inside) == [
        "manifest.json",
        "secrets.json",
        "opora.toml",
        "database/000001",
        f"files/{LETTER}",
    ]
    manifest = manifest_of(copy.path, Key.of(towns))
    assert manifest.tables == rows_of(towns)
    assert (manifest.tables["person"].rows, manifest.tables["trail"].rows, manifest.rows) == (2, 16, copy.rows)
    assert manifest.postgres == 18
    assert manifest.values is not None
    assert (manifest.values.municipality, len(manifest.values.values)) == ("город", 68)


def test_its_dump_is_one_that_pg_restore_reads(towns: Home, copy: Backup) -> None:
    dump = opened(copy.path, Key.of(towns))["database/000001"]
    listed = subprocess.run([client_program("pg_restore"), "--list"], input=dump, capture_output=True, check=True)
    assert b"TABLE DATA public employment" in listed.stdout
    assert b"POLICY public employment own" in listed.stdout


def test_passwords_of_the_database_stay_where_they_are_of_use(towns: Home, copy: Backup) -> None:
    assert {"superuser", "owner", "application"} <= towns.secrets().keys()
    kept = opened(copy.path, Key.of(towns))["secrets.json"].decode()
    assert re.findall(r'"(\w+)":', kept) == [
        name for name in towns.secrets() if name not in ("superuser", "owner", "application")
    ]


def test_only_its_owner_may_even_open_the_file(copy: Backup) -> None:
    assert copy.path.stat().st_mode & 0o777 == 0o600
    assert "Иванова".encode() not in copy.path.read_bytes()


def test_so_many_of_this_installation_are_kept_and_nothing_else_is_touched(towns: Home, tmp_path: Path) -> None:
    key = Key.of(towns)
    ours = [f"opora-{key.name}-2026010{day}-033000.tar.age" for day in (1, 2, 3)]
    others = ["opora-00000000-20260101-033000.tar.age", "заметки.txt"]
    for name in [*ours, *others]:
        (tmp_path / name).write_bytes(b"")
    new = made(towns, tmp_path, keep=3).path.name
    assert names(tmp_path) == sorted([*ours[1:], *others, new])


def test_two_at_a_time_are_refused(towns: Home, tmp_path: Path) -> None:
    lock = str(towns.folder / "backup.lock")
    code = f"import fasteners\nwith fasteners.InterProcessLock({lock!r}): print(flush=True), input()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(SiteTrouble, match="ещё пишется"):
            made(towns, tmp_path)
        other.communicate(b"\n")
    assert names(tmp_path) == []


def test_a_killed_one_leaves_no_backup_and_the_next_clears_up(towns: Home, tmp_path: Path) -> None:
    code = f"from opora.cli import main; main(['backup', {str(tmp_path)!r}])"
    with as_superuser(towns) as blocker, as_superuser(towns) as watch, blocker.transaction():
        # Of all that is done for a backup only pg_dump asks for it, and by then the file is begun.
        blocker.execute("LOCK TABLE pg_largeobject_metadata IN ACCESS EXCLUSIVE MODE")
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL) as process:
            waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            while watch.execute(waiting).fetchone() == (0,):
                time.sleep(0.05)
                assert process.poll() is None
            process.send_signal(signal.SIGKILL)
    left = names(tmp_path)
    assert [name.startswith(".new-opora-") for name in left] == [True]
    time.sleep(1)  # the name of a backup tells the second
    new = made(towns, tmp_path).path.name
    assert names(tmp_path) == [new]
    assert left != [f".new-{new}"]


def test_a_full_disk_is_told_and_leaves_nothing_and_with_room_it_goes_on(
    towns: Home, small_disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filler = small_disk / "filler"
    with filler.open("wb") as file:
        file.write(bytes(os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize - 100_000))
    assert run(["backup", str(small_disk)]) == 3
    assert capsys.readouterr().err == f"Ошибка: На диске кончилось место: «{small_disk}»\n"
    assert names(small_disk) == ["filler"]
    filler.unlink()
    assert run(["backup", str(small_disk)]) == 0


def test_a_place_that_is_a_file_is_told(
    towns: Home, copy: Backup, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "занято").write_text("")
    assert run(["backup", str(tmp_path / "занято")]) == 3
    assert "Это файл, а нужна папка" in capsys.readouterr().err


def test_the_key_is_written_once_and_doctor_stops_asking(
    towns: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["backup-key", str(tmp_path / "ключ.txt")]) == 0
    assert Key.read(tmp_path / "ключ.txt") == Key.of(towns)
    assert run(["backup-key", str(tmp_path / "ключ.txt")]) == 3
    assert "уже есть" in capsys.readouterr().err
    assert Journal.of(towns).key_saved is not None


def test_an_owner_whom_row_security_holds_sees_every_row_too(towns: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on one's own server, where there is no superuser to ask."""
    whole = rows_of(towns)
    monkeypatch.setattr(Home, "superuser", Home.owner)
    with everything(towns) as sight:
        assert sight.filtered
        assert contents(sight.connection) == whole


def test_such_an_owner_sees_every_row_however_many_territories_there_have_been(
    towns: Home, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More of them than fit into the first packet of a connection, 10,000 bytes; pg_dump connects so, too."""
    whole = rows_of(towns)
    with as_superuser(towns) as superuser:
        (last,) = superuser.execute("SELECT last_value FROM territory_id_seq").fetchone() or (0,)
        superuser.execute("SELECT setval('territory_id_seq', %s)", [last + 5_000])
    monkeypatch.setattr(Home, "superuser", Home.owner)
    found = backup(towns, room, keep=5, step=lambda words: None)
    assert {name: manifest_of(found.path, Key.of(towns)).tables[name] for name in ("person", "organisation")} == {
        name: whole[name] for name in ("person", "organisation")
    }


def test_where_a_policy_could_hide_rows_from_the_owner_no_backup_is_made(
    towns: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Home, "superuser", Home.owner)
    with as_owner(towns) as owner:
        owner.execute("CREATE POLICY narrow ON leave AS RESTRICTIVE USING (id > 7)")
        try:
            with pytest.raises(SiteTrouble, match="не видит всех строк таблиц: leave"), everything(towns):
                pass
        finally:
            owner.execute("DROP POLICY narrow ON leave")
