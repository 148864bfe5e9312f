"""Who answers for what and by which order; who acts as an expert."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from opora.people.models import ExpertRole, Responsibility
from opora.registry.batch import Correction, Ending, correct, end, enter
from opora.registry.scope import Actor
from opora.registry.verbs import sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """Of a curator or somebody responsible."""

    person: int
    area: str
    organisation: int | None = None
    document: int | None = None
    """The order."""
    since: dt.date | None = None
    until: dt.date | None = None
    observed_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expertise:
    """The role of an expert, for a time."""

    person: int
    role: str
    area: str | None = None
    level: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    observed_on: dt.date | None = None


def appoint(appointments: Sequence[Appointment], *, municipality: int, by: Actor) -> list[Responsibility]:
    with sitting(municipality, by, "назначение ответственных") as s:
        return enter(s, Responsibility, appointments)


def relieve(endings: Sequence[Ending], *, municipality: int, by: Actor) -> list[Responsibility]:
    with sitting(municipality, by, "снятие ответственности") as s:
        return end(s, Responsibility, endings)


def correct_responsibilities(
    corrections: Sequence[Correction], *, municipality: int, by: Actor
) -> list[Responsibility]:
    with sitting(municipality, by, "исправление назначений") as s:
        return correct(s, Responsibility, corrections)


def give_expert_roles(roles: Sequence[Expertise], *, municipality: int, by: Actor) -> list[ExpertRole]:
    with sitting(municipality, by, "назначение экспертов") as s:
        return enter(s, ExpertRole, roles)


def end_expert_roles(endings: Sequence[Ending], *, municipality: int, by: Actor) -> list[ExpertRole]:
    with sitting(municipality, by, "завершение экспертных ролей") as s:
        return end(s, ExpertRole, endings)


def correct_expert_roles(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[ExpertRole]:
    with sitting(municipality, by, "исправление экспертных ролей") as s:
        return correct(s, ExpertRole, corrections)
