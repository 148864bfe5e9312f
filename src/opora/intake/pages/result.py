"""What was read from a page: every value with its place, the text it was read from, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from opora.intake.words.values import Attested, Level, Name, Period, Span, TrainingKind

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: the file, the person's row, the cell, and the characters of the cell's text."""

    file: str
    row: int
    """Persons of the file are counted from 1."""
    cell: str
    """The column's heading or the label, as the page words it; empty where it has none."""
    start: int
    end: int

    def __str__(self) -> str:
        cell = f", «{self.cell}»" if self.cell else ""
        return f"{self.file}, человек {self.row}{cell}"


@dataclass(frozen=True, slots=True)
class Read(Generic[T_co]):
    value: T_co
    text: str
    """The characters that it was read from."""
    place: Place
    doubt: str = ""
    """Why it is unsure, for the user; empty where it is sure."""

    @property
    def sure(self) -> bool:
        return not self.doubt


@dataclass(frozen=True, slots=True)
class Training:
    kind: Read[TrainingKind]
    title: Read[str] | None
    period: Read[Period] | None
    hours: Read[int] | None
    provider: Read[str] | None


@dataclass(frozen=True, slots=True)
class Person:
    name: Read[Name]
    posts: tuple[Read[str], ...] = ()
    subjects: tuple[Read[str], ...] = ()
    education: Read[Level] | None = None
    degree: Read[str] | None = None
    academic_title: Read[str] | None = None
    category: Read[Attested] | None = None
    experience: Read[Span | None] | None = None
    """None inside: something is stated, but no length («с 2015 года»)."""
    pedagogical_experience: Read[Span | None] | None = None
    experience_in_post: Read[Span | None] | None = None
    trainings: tuple[Training, ...] = ()


@dataclass(frozen=True, slots=True)
class PageRead:
    file: str
    persons: tuple[Person, ...]
    remarks: tuple[str, ...] = ()
    """What the user should know of the page as a whole, in Russian."""
