"""Makes a backup: everything that an installation is, as it was at one moment, in one encrypted file."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from fasteners import InterProcessLock

from opora.site.embedded import client_program
from opora.site.home import DATABASE_SECRETS, Home
from opora.site.setup import require_fit_server
from opora.site.trouble import SiteTrouble
from opora.upkeep import manifest as m
from opora.upkeep.archive import Member, in_pieces, of_bytes, of_file, write_archive
from opora.upkeep.contents import contents, protection
from opora.upkeep.journal import Backup, Journal
from opora.upkeep.key import Key
from opora.upkeep.migrations import recorded
from opora.upkeep.sight import Sight, address, environment, everything
from opora.upkeep.values import ProgrammeValues, counted, programme_for

DATABASE = "database"
FILES = "files"
SECRETS = "secrets.json"
SETTINGS = "opora.toml"
SUFFIX = ".tar.age"
STEPS = 3

Step = Callable[[str], None]
"""Called with the name of the step that begins, in Russian."""


def backup(home: Home, folder: Path, *, keep: int, step: Step) -> Backup:
    """Writes an archive into the folder and then removes the oldest of this installation's there, so that ``keep`` are
    left. Django must be set up. An archive is there whole or not at all."""
    started, key = time.monotonic(), Key.of(home)
    Journal.of(home)  # a damaged one is told before the work, not after it
    require_fit_server(home)
    with alone(home, "backup.lock", "Другая копия этой установки ещё пишется: дождитесь её конца"):
        folder.mkdir(parents=True, exist_ok=True)
        with everything(home) as sight:
            made_at = dt.datetime.now(dt.UTC).replace(microsecond=0)
            step("считаю строки и показатели")
            manifest = _manifest(home, key, sight, made_at)
            path = folder / f"opora-{key.name}-{made_at:%Y%m%d-%H%M%S}{SUFFIX}"
            step("пишу копию")
            with _whole_file(path) as out:
                write_archive(out, key, _members(home, sight, manifest))
        step("убираю старые копии")
        _thin_out(folder, key, keep)
        done = Backup(
            path=path.absolute(), made_at=made_at, seconds=time.monotonic() - started,
            size=path.stat().st_size, rows=manifest.rows,
        )  # fmt: skip
        journal = Journal.of(home)
        journal.backup = done
        journal.keep(home)
    return done


@contextmanager
def alone(home: Home, name: str, otherwise: str) -> Iterator[None]:
    """Nobody else does this to the installation meanwhile; if somebody does already, that is told."""
    lock = InterProcessLock(home.folder / name)
    if not lock.acquire(blocking=False):
        lock.lockfile.close()
        raise SiteTrouble(otherwise)
    try:
        yield
    finally:
        lock.release()


# ── what is in it ───────────────────────────────────────────────────────────────────────────────────────────────────


def _manifest(home: Home, key: Key, sight: Sight, made_at: dt.datetime) -> m.Manifest:
    connection = sight.connection
    values, why_not = _values(sight, made_at.astimezone().date())
    row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    assert row is not None
    return m.Manifest(
        made_at=made_at,
        key=key.name,
        postgres=connection.info.server_version // 10_000,
        database_size=row[0],
        owner=home.owner()["user"],
        application=home.application()["user"],
        migrations=tuple(recorded(connection)),
        tables=contents(connection),
        protection=protection(connection),
        values=values,
        no_values=why_not,
    )  # fmt: skip


def _values(sight: Sight, today: dt.date) -> tuple[ProgrammeValues | None, str]:
    """Of the municipality with the most jobs; a count that fails must not cost the backup."""
    found = sight.connection.execute(
        "SELECT t.key FROM public.employment e JOIN public.territory t ON t.id = e.municipality_id "
        "GROUP BY t.key ORDER BY count(*) DESC, t.key LIMIT 1"
    ).fetchone()
    if found is None:
        return None, ""
    try:
        return counted(found[0], programme_for(found[0], today), today, as_seen=sight.exported()), ""
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"


def _members(home: Home, sight: Sight, manifest: m.Manifest) -> Iterator[Member]:
    yield of_bytes(m.NAME, manifest.model_dump_json(indent=1).encode())
    kept = {name: secret for name, secret in home.secrets().items() if name not in DATABASE_SECRETS}
    yield of_bytes(SECRETS, json.dumps(kept).encode())
    if home.settings_file.exists():
        yield of_file(SETTINGS, home.settings_file)
    with _dumping(sight) as dump:
        yield from in_pieces(DATABASE, dump)
    for path in sorted(home.files.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield of_file(f"{FILES}/{path.relative_to(home.files).as_posix()}", path)


@contextmanager
def _dumping(sight: Sight) -> Iterator[IO[bytes]]:
    """pg_dump's output. Compressed lightly: it is the longest part of a backup."""
    command = [
        str(client_program("pg_dump")), f"--dbname={address(sight.words)}", "--format=custom", "--compress=gzip:1",
        f"--snapshot={sight.exported()}", "--no-owner", "--no-privileges",
    ]  # fmt: skip
    if sight.filtered:
        command.append("--enable-row-security")
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=words, env=environment(sight.words)
        )
        assert process.stdout is not None
        try:
            yield process.stdout
            if process.wait():
                words.seek(0)
                told = words.read().decode(errors="replace").strip()
                raise SiteTrouble(f"Не удалось снять копию базы данных: {told}")
        finally:
            process.kill()
            process.stdout.close()
            process.wait()


# ── where it lies ───────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Under another name until all of it is on the disk. What a killed backup has left is removed."""
    prefix = ".new-" + path.name[: -len(f"20261231-235959{SUFFIX}")]
    for left in path.parent.glob(f"{prefix}*{SUFFIX}"):
        left.unlink()
    fresh = path.with_name(f".new-{path.name}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.replace(fresh, path)
    except BaseException as error:
        fresh.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno and not error.filename:
            error.filename = str(path.parent)
        raise


def archives(folder: Path, key: Key) -> list[Path]:
    """This installation's, the oldest first."""
    return sorted(folder.glob(f"opora-{key.name}-*{SUFFIX}"))


def _thin_out(folder: Path, key: Key, keep: int) -> None:
    for old in archives(folder, key)[:-keep]:
        old.unlink()
