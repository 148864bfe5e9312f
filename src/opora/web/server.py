"""The server: granian's processes, and beside them the worker of the queue."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading

from granian import Granian
from granian.constants import Interfaces

from opora.site.embedded import Cluster
from opora.site.home import Home
from opora.site.trouble import SiteTrouble
from opora.web.logs import LOGGING

HOST = "127.0.0.1"
"""This machine alone: other machines come through a proxy that speaks https."""
PROCESSES, THREADS = 2, 4
PATIENCE = 30
"""Seconds that a job has to end when the server stops."""
BEAT = 3
"""Seconds between two looks at whether everything is alive."""
_log = logging.getLogger("opora.web.server")


def serve(home: Home, port: int) -> None:
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
    over = threading.Event()
    # Before granian forks: a child that is forked while we start a program keeps our pipe to it open, and we wait for
    # its end for ever.
    worker = _start_worker()
    keeper = threading.Thread(target=_keep_alive, args=(home, worker, over))
    keeper.start()
    try:
        server.serve()
    finally:
        over.set()
        keeper.join()


def _keep_alive(home: Home, worker: subprocess.Popen[bytes], over: threading.Event) -> None:
    """The worker and the embedded database, should one of them be killed."""
    while not over.wait(BEAT):
        if home.cluster and not home.cluster.running and _started(home.cluster):
            # What it did was cut off with the database; by itself it would look for it for up to a minute.
            worker.kill()
            worker.wait()
        if worker.poll() is not None:
            _log.error("the worker of the queue has ended: starting it again", extra={"code": worker.returncode})
            worker = _start_worker()
    worker.terminate()
    try:
        worker.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        worker.kill()


def _started(cluster: Cluster) -> bool:
    """Whether the database had to be started and has been."""
    _log.error("the database is down: starting it")
    try:
        return cluster.start()
    except (SiteTrouble, OSError) as trouble:
        _log.error("it does not start: %s", trouble)
        return False


def _start_worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "opora.web.worker"])
