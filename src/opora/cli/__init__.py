"""The command line, ``opora …``: one file per command, and what they share.

What a command has done is told by its exit code: see ``codes``.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

from opora.cli.russian import speak_russian


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Carries out a command and ends the process with its exit code."""
    speak_russian()
    # Whoever stops the work from outside gets the same cleaning up as who presses Ctrl+C.
    signal.signal(signal.SIGTERM, _interrupted)
    # Only now: click translates some words as soon as a command is declared.
    from opora.cli.app import run

    sys.exit(run(args))


def _interrupted(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
