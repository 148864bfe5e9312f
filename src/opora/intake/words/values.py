"""What words of the trade mean: typed values, whatever they were read from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


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
