"""The server: granian's processes, and beside them the worker of the queue."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from granian import Granian
from granian.constants import Interfaces

from opora.web.logs import LOGGING

HOST = "127.0.0.1"
"""This machine alone: other machines come through a proxy that speaks https."""
PROCESSES, THREADS = 2, 4
PATIENCE = 30
"""Seconds that a job has to end when the server stops."""
_log = logging.getLogger("opora.web.server")


def serve(port: int) -> None:
    """Until SIGTERM or Ctrl+C; requests and jobs that have begun are brought to their end."""
    server = Granian(
        "opora.web.wsgi:application",
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        workers=PROCESSES,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=PATIENCE,
        log_dictconfig=LOGGING,
    )
    with _worker():
        server.serve()


@contextmanager
def _worker() -> Iterator[None]:
    """A worker that is started again whenever it dies."""
    over = threading.Event()
    running: list[subprocess.Popen[bytes]] = []

    def keep() -> None:
        while not over.is_set():
            running[:] = [subprocess.Popen([sys.executable, "-m", "opora.web.worker"])]
            code = running[0].wait()
            if not over.wait(5):
                _log.error("the worker of the queue has died and is started again", extra={"code": code})

    keeper = threading.Thread(target=keep)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        for process in running:
            _stop(process)
        keeper.join()


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
