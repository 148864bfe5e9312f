"""Faults of a programme's file: where, what, and what was probably meant, in Russian."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from opora.indicators.dataset.letters import look


@dataclass(frozen=True, slots=True, order=True)
class ProgrammeFault:
    """``line`` and ``column`` count from 1, as editors do."""

    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"строка {self.line}, столбец {self.column}: {self.message}"


class ProgrammeFaults(Exception):
    """All the faults of one file, in the order of their places."""

    def __init__(self, faults: Iterable[ProgrammeFault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


_LONGEST_QUOTE = 60


def short(text: str) -> str:
    """The text as a message may quote it."""
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"


def perhaps(word: str, known: Iterable[str]) -> str:
    """The end of a message: the known word that ``word`` is probably meant to be; empty if none is near."""
    by_look = {look(each).lower(): each for each in known}
    near = difflib.get_close_matches(look(word).lower(), by_look, n=1, cutoff=0.6)
    return f"; возможно, вы имели в виду «{by_look[near[0]]}»" if near else ""
