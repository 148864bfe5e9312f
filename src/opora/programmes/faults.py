"""Faults of a programme's file: where, what, and what was probably meant, in Russian."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
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


_MARGIN = 60
"""So much of a long line is shown before the place and after it."""


def pointed_out(text: str, faults: Iterable[ProgrammeFault]) -> Iterator[tuple[ProgrammeFault, tuple[str, str] | None]]:
    """Each fault with its line of the text and a caret under its place; None where the text has no such line."""
    lines = text.splitlines()
    for fault in faults:
        yield fault, pointed_at(lines[fault.line - 1], fault.column) if fault.line <= len(lines) else None


def pointed_at(line: str, column: int) -> tuple[str, str]:
    """The line, or the part of a long one around the column, and a caret under the column."""
    place = min(column - 1, len(line))
    start, end = max(place - _MARGIN, 0), place + _MARGIN
    before = "…" if start else ""
    after = "…" if end < len(line) else ""
    shown = line[start:end].replace("\t", " ")
    return f"{before}{shown}{after}", f"{' ' * (len(before) + place - start)}^"


_LONGEST_QUOTE = 60


def short(text: str) -> str:
    """The text as a message may quote it."""
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"


def perhaps(word: str, known: Iterable[str]) -> str:
    """The end of a message: the known word that ``word`` is probably meant to be; empty if none is near."""
    by_look = {look(each).lower(): each for each in known}
    near = difflib.get_close_matches(look(word).lower(), by_look, n=1, cutoff=0.6)
    return f"; возможно, вы имели в виду «{by_look[near[0]]}»" if near else ""
