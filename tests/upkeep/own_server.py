"""One's own PostgreSQL, with the two roles that docs/deploy.md tells to make.

It is the one whose programs ``POSTGRES_PROGRAMS`` names, else the oldest that this system has, else that of the wheel.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from opora.site.embedded import Cluster
from opora.site.server_user import server_user

_SUPERUSER = "postgres"


@dataclass(frozen=True)
class OwnServer:
    sockets: Path
    major: int

    def make_database(self, name: str, encoding: str = "UTF8") -> None:
        with psycopg.connect(f"host={self.sockets} dbname=postgres user={_SUPERUSER}", autocommit=True) as connection:
            connection.execute(
                f"CREATE DATABASE {name} OWNER own_owner TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'".encode()
            )

    def addresses(self, database: str) -> dict[str, str]:
        where = f"/{database}?host={self.sockets}"
        return {
            "DATABASE_URL": f"postgresql://own_app:b@{where}",
            "DATABASE_OWNER_URL": f"postgresql://own_owner:a@{where}",
        }


@contextmanager
def running(folder: Path) -> Iterator[OwnServer]:
    folder.mkdir(mode=0o711)
    programs = _programs(folder)
    user = server_user()
    rights = user.popen() if user else {}
    if user:
        user.own(folder)
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C"}

    def run(program: str, *arguments: str) -> str:
        command = [str(programs / program), *arguments]
        done = subprocess.run(
            command, check=True, stdout=subprocess.PIPE, env=environment, cwd=folder, text=True, **rights
        )
        return str(done.stdout)

    data, log = folder / "data", folder / "log"
    run("initdb", f"--pgdata={data}", f"--username={_SUPERUSER}", "--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust")
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
    # Its output must not be a pipe: the server inherits it.
    start = [str(programs / "pg_ctl"), f"--pgdata={data}", f"--options={options}", f"--log={log}", "--wait", "start"]
    subprocess.run(start, check=True, stdout=subprocess.DEVNULL, env=environment, cwd=folder, **rights)
    try:
        found = re.search(r"\(PostgreSQL\) (\d+)", run("postgres", "--version"))
        assert found
        with psycopg.connect(f"host={folder} dbname=postgres user={_SUPERUSER}", autocommit=True) as connection:
            connection.execute("CREATE ROLE own_owner LOGIN PASSWORD 'a'")
            connection.execute("CREATE ROLE own_app LOGIN PASSWORD 'b'")
        yield OwnServer(folder, int(found[1]))
    finally:
        run("pg_ctl", f"--pgdata={data}", "--mode=immediate", "stop")
        shutil.rmtree(folder)


def _programs(folder: Path) -> Path:
    """Told, or where Debian and its like put them."""
    if told := os.environ.get("POSTGRES_PROGRAMS"):
        return Path(told)
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parent.parent.name))
    known = [path.parent for path in found if int(path.parent.parent.name) >= 15]
    return known[0] if known else Cluster(folder / "programs").program("initdb").parent
