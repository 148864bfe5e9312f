"""Length of service as it is stated on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from opora.people.models import Experience
from opora.registry.batch import Correction, correct, enter
from opora.registry.scope import Actor
from opora.registry.verbs import sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedExperience:
    person: int
    kind: str
    years: int | None
    date: dt.date


def state_experience(stated: Sequence[StatedExperience], *, municipality: int, by: Actor) -> list[Experience]:
    """Of one kind of experience only one is stated on a day."""
    with sitting(municipality, by, "сведения о стаже") as s:
        return enter(s, Experience, stated)


def correct_experience(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Experience]:
    with sitting(municipality, by, "исправление стажа") as s:
        return correct(s, Experience, corrections)
