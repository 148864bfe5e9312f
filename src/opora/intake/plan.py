"""What becomes of each line of what was read: the plan that a person looks at before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from opora.intake.reading import Line, Value


class Fate(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    UNSURE = "unsure"
    """A person decides: which row it is, or whether a doubtful cell is right."""
    WAITING = "waiting"
    """It refers to a line that is unsure."""
    WRONG = "wrong"
    LEFT_OUT = "left_out"
    """Somebody has decided so."""


class Say(StrEnum):
    """What a person says of a line that is unsure."""

    ROW = "row"
    """It speaks of this row; what is doubtful stays there as it is."""
    RENAMED = "renamed"
    """It speaks of this row, and what stands there becomes what was read."""
    NEW = "new"
    """It speaks of none that is there."""
    RIGHT = "right"
    """It is as it was read."""
    SURE = "sure"
    """What is doubtful of it is not taken, the rest is."""
    LEAVE = "leave"
    """None of it is taken."""


@dataclass(frozen=True, slots=True)
class Answer:
    say: Say
    row: str = ""
    """Of ``Say.ROW`` and ``Say.RENAMED``: its key."""


@dataclass(frozen=True, slots=True)
class Change:
    column: str
    was: Value | None
    becomes: Value | None
    """Of a reference the key of the row, as `Planned.row` has it."""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    reading: int
    """Place of its reading among those that are planned together."""
    line: Line
    fate: Fate
    row: str
    """Key of the row that it speaks of; of a new one that of the plan (`new_key`). Empty where it is not settled."""
    changes: tuple[Change, ...] = ()
    """Of a new row all that is stated."""
    reason: str = ""
    """In Russian: why it is unsure or wrong, or by what the row was found."""
    choices: tuple[str, ...] = ()
    """Keys of the rows that it may speak of, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Plan:
    lines: tuple[Planned, ...] = ()


def new_key(reading: int, line: str) -> str:
    """Of a row that is not there yet; no key of the registry has a tab."""
    return f"\t{reading}\t{line}"


def is_new(key: str) -> bool:
    return key.startswith("\t")
