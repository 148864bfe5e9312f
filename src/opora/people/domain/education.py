"""Diplomas, and rulings on which speciality fits which subject."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from opora.people.models import Education, ProfileMatch
from opora.registry.batch import Correction, correct, enter
from opora.registry.scope import Actor
from opora.registry.verbs import sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class Diploma:
    person: int
    level: str | None = None
    speciality: str | None = None
    qualification: str | None = None
    pedagogical: bool | None = None
    institution: str | None = None
    date: dt.date | None = None
    observed_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """Whether a speciality fits a subject, by whose decision."""

    speciality: str
    subject: str
    fits: bool | None
    ruled_by: str | None = None


def record_education(diplomas: Sequence[Diploma], *, municipality: int, by: Actor) -> list[Education]:
    with sitting(municipality, by, "сведения об образовании") as s:
        return enter(s, Education, diplomas)


def correct_education(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Education]:
    with sitting(municipality, by, "исправление образования") as s:
        return correct(s, Education, corrections)


def rule_on_profile(rulings: Sequence[Ruling], *, municipality: int, by: Actor) -> list[ProfileMatch]:
    """A municipality rules on a speciality and a subject once; what it has ruled it may correct."""
    with sitting(municipality, by, "решение о профиле") as s:
        return enter(s, ProfileMatch, rulings)


def correct_rulings(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[ProfileMatch]:
    with sitting(municipality, by, "исправление решения о профиле") as s:
        return correct(s, ProfileMatch, corrections)
