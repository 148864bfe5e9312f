"""A dump into an empty database, all or nothing, whatever becomes of us meanwhile."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from threading import Thread
from typing import IO

import psycopg
from psycopg.conninfo import make_conninfo

from opora.site.embedded import client_program
from opora.site.trouble import SiteTrouble
from opora.upkeep.sight import address, environment

_KNOWS_ALL_SETTINGS = 170_000
_UNKNOWN_SETTING = b"SET transaction_timeout = 0;\n"
_PIECE = 1 << 20


@contextmanager
def restoring(words: dict[str, str]) -> Iterator[IO[bytes]]:
    """Takes a dump in the custom format. It is there once the context is left without an error, and else none of it.

    Policies are left out: they name roles, which may be called otherwise here.
    """
    with tempfile.TemporaryFile() as said, ExitStack() as ended:

        def run(program: str, *arguments: str, out: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
            process = subprocess.Popen(
                [str(client_program(program)), *arguments],
                stdin=subprocess.PIPE, stdout=out, stderr=said, env=environment(words),
            )  # fmt: skip
            ended.callback(_end, process)
            return process

        usual = ("--no-owner", "--no-privileges", "--no-policies")
        target = f"--dbname={address(words)}"
        if _knows_all_settings(words):
            done = _Direct(run("pg_restore", *usual, "--single-transaction", target))
        else:
            script = run("pg_restore", *usual, "--file=-", out=subprocess.PIPE)
            done = _Script(script, run("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", target))
        with suppress(BrokenPipeError):  # it has ended, and told why
            yield done.takes
        if not done.well():
            said.seek(0)
            raise SiteTrouble(f"База данных не восстанавливается: {said.read().decode(errors='replace').strip()}")


def _knows_all_settings(words: dict[str, str]) -> bool:
    with psycopg.connect(make_conninfo(**words)) as connection:
        return connection.info.server_version >= _KNOWS_ALL_SETTINGS


class _Direct:
    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process, self.takes = process, _input(process)

    def well(self) -> bool:
        """Closes the input and waits for the end."""
        with suppress(BrokenPipeError):
            self.takes.close()
        return self._process.wait() == 0


class _Script(_Direct):
    """pg_restore sets what servers before 17 do not know: they get its script without that line, in a transaction that
    ends only if the script was whole."""

    def __init__(self, process: subprocess.Popen[bytes], psql: subprocess.Popen[bytes]) -> None:
        super().__init__(process)
        self._psql, self._sink = psql, _input(psql)
        self._passing = Thread(target=self._pass_on, daemon=True)
        self._passing.start()

    def _pass_on(self) -> None:
        script = self._process.stdout
        assert script is not None
        with script, suppress(BrokenPipeError):  # psql has ended, and told why
            self._sink.write(b"BEGIN;\n")
            for line in script:
                if line == _UNKNOWN_SETTING:
                    break
                self._sink.write(line)
            shutil.copyfileobj(script, self._sink, _PIECE)

    def well(self) -> bool:
        whole = super().well()
        self._passing.join()
        with suppress(BrokenPipeError):
            if whole:
                self._sink.write(b"COMMIT;\n")
            self._sink.close()
        return self._psql.wait() == 0 and whole


def _input(process: subprocess.Popen[bytes]) -> IO[bytes]:
    assert process.stdin is not None
    return process.stdin


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
