"""Readers over HTTP: one after another, and thirty at once who think between two pages."""

from __future__ import annotations

import gzip
import http.client
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

THINKS = (3.0, 5.0)
_PATIENCE = 90
_ENOUGH = 5.0
_LONGEST = 180
"""Seconds that a reader waits for an answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    path: str
    status: int
    seconds: float
    body: bytes
    html: bool

    @property
    def compressed(self) -> int:
        """Bytes as a proxy sends them; Opora itself does not compress pages that hold secrets."""
        return len(gzip.compress(self.body, 6))


class Reader:
    """A browser with one connection that stays open, signed in."""

    def __init__(self, address: str, session: str) -> None:
        parts = urlsplit(address)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=_LONGEST)
        self._headers = {"Cookie": f"sessionid={session}", "Accept-Encoding": "gzip"}

    def get(self, path: str) -> Answer:
        started = time.perf_counter()
        try:
            self._connection.request("GET", path, headers=self._headers)
            answer = self._connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            return Answer(path, 0, time.perf_counter() - started, b"", False)
        taken = time.perf_counter() - started
        if answer.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        return Answer(path, answer.status, taken, body, "html" in (answer.headers.get("Content-Type") or ""))


def p95(answers: Sequence[Answer]) -> float:
    taken = sorted(answer.seconds for answer in answers)
    return taken[min(len(taken) - 1, int(0.95 * len(taken)))]


def some(reader: Reader, path: str, repeats: int) -> list[Answer]:
    """One after another; of a page that is slow, so many as a few seconds allow."""
    over, found = time.monotonic() + _ENOUGH, list[Answer]()
    while len(found) < repeats and (len(found) < 5 or time.monotonic() < over):
        found.append(reader.get(path))
    return found


def at_once(address: str, sessions: Sequence[str], paths: Sequence[str], seconds: float) -> list[Answer]:
    """Every reader on a thread: a page, three to five seconds of thought, another page."""
    found: list[Answer] = []
    over = time.monotonic() + seconds

    def read(place: int, session: str) -> None:
        chance, reader = random.Random(place), Reader(address, session)
        time.sleep(chance.uniform(0, THINKS[1]))  # they do not come on one stroke of the clock
        while time.monotonic() < over:
            found.append(reader.get(chance.choice(paths)))
            time.sleep(chance.uniform(*THINKS))

    threads = [threading.Thread(target=read, args=pair) for pair in enumerate(sessions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@contextmanager
def one_write_a_second(write: Callable[[], None]) -> Iterator[list[float]]:
    """Meanwhile; gives how long each took."""
    over, taken = threading.Event(), list[float]()

    def run() -> None:
        from django.db import connections

        while not over.wait(1.0):
            started = time.perf_counter()
            write()
            taken.append(time.perf_counter() - started)
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield taken
    finally:
        over.set()
        thread.join()


@contextmanager
def serving(log: Path) -> Iterator[str]:
    """``opora serve`` on the home in use."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with log.open("wb") as told:
        command = [sys.executable, "-m", "opora", "serve", "--port", str(port)]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=told, stderr=subprocess.STDOUT)
        try:
            _wait(f"http://127.0.0.1:{port}", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(_PATIENCE)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    over = time.monotonic() + _PATIENCE
    while Reader(address, "").get("/health").status != 200:
        if process.poll() is not None or time.monotonic() > over:
            raise RuntimeError("the server does not start: see its log")
        time.sleep(0.2)


def once(address: str, session: str) -> int:
    """Bytes of all styles, scripts and fonts of a page, as they travel; fonts whether the page uses them or not."""
    page = Reader(address, session).get("/").body.decode()
    waiting = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    seen: set[str] = set()
    total = 0
    while waiting:
        path = waiting.pop()
        seen.add(path)
        size, text = _fetched(address, path)
        total += size
        if path.endswith(".css"):
            near = re.findall(r'url\(["\']?([^"\')]+)', text)
            waiting |= {urljoin(path, found) for found in near if not found.startswith("data:")} - seen
    return total


def _fetched(address: str, path: str) -> tuple[int, str]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip, br"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    size = len(body)
    if answer.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    elif path.endswith((".css", ".js")):
        size = len(gzip.compress(body, 6))
    connection.close()
    return size, body.decode("utf-8", "ignore")
