"""Calling ``opora`` as a user does: in this process, in another one, or on a terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from dataclasses import dataclass
from pathlib import Path

from opora.cli.russian import speak_russian

speak_russian()

from opora.cli.app import run  # noqa: E402 — click translates some words as soon as a command is declared

__all__ = ["HERE", "PROGRAMME", "TOWN", "Outcome", "on_terminal", "opora", "run", "script"]

HERE = Path(__file__).parent
TOWN = str(HERE / "town")
PROGRAMME = str(HERE / "town.yaml")


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


def opora(*args: str, **env: str) -> Outcome:
    return script(f"from opora.cli import main; main({list(args)!r})", **env)


def script(code: str, **env: str) -> Outcome:
    """Another process with these lines."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=_environment(env),
        timeout=120,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def on_terminal(*args: str, width: int) -> str:
    """What a terminal of this width gets, without its control sequences."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    code = f"from opora.cli import main; main({list(args)!r})"
    environment = _environment({"TERM": "xterm", "NO_COLOR": "1"})
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=theirs, stderr=subprocess.DEVNULL, stdin=theirs, env=environment
    ) as process:
        os.close(theirs)
        shown = b"".join(_chunks(ours))
        assert process.wait() == 0
    os.close(ours)
    text = shown.decode("utf-8").replace("\r\n", "\n").replace("\u00a0", " ")
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def _chunks(terminal: int) -> list[bytes]:
    """Until the other end is closed; Linux says so by an error."""
    found = []
    try:
        while chunk := os.read(terminal, 65536):
            found.append(chunk)
    except OSError:
        pass
    return found


def _environment(more: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "FORCE_COLOR", "LANGUAGE")}
    return kept | {"PYTHONIOENCODING": "utf-8"} | more
