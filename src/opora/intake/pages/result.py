"""What was read from a page: every value with its place, the text it was read from, and how sure that is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

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


class Level(StrEnum):
    """Of education; the values are the dataset's."""

    HIGHER = "higher"
    VOCATIONAL = "vocational"
    SECONDARY = "secondary"


class Category(StrEnum):
    """Result of an attestation; the values are the dataset's."""

    HIGHEST = "highest"
    FIRST = "first"
    CONFORMITY = "conformity"


class TrainingKind(StrEnum):
    TRAINING = "training"
    RETRAINING = "retraining"


@dataclass(frozen=True, slots=True)
class Name:
    surname: str
    given: str
    patronymic: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.surname, self.given, self.patronymic) if part)


@dataclass(frozen=True, slots=True)
class Attested:
    category: Category
    year: int | None = None
    on: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Length of experience: whole years and the months beyond them."""

    years: int
    months: int = 0


@dataclass(frozen=True, slots=True)
class Period:
    """When a course was: the year in which its document was issued, and its days as far as they are stated."""

    year: int | None
    since: dt.date | None = None
    until: dt.date | None = None
    issued: dt.date | None = None
    """A single day is that of the document."""


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
