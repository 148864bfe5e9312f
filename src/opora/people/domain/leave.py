"""Long absences: their beginning and their end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from opora.people.models import Leave
from opora.registry.batch import Correction, Ending, correct, end, enter
from opora.registry.scope import Actor
from opora.registry.verbs import sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    person: int
    kind: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    observed_on: dt.date | None = None


def go_on_leave(absences: Sequence[Absence], *, municipality: int, by: Actor) -> list[Leave]:
    with sitting(municipality, by, "уход в отпуск") as s:
        return enter(s, Leave, absences)


def return_from_leave(returns: Sequence[Ending], *, municipality: int, by: Actor) -> list[Leave]:
    with sitting(municipality, by, "выход из отпуска") as s:
        return end(s, Leave, returns)


def correct_leaves(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Leave]:
    with sitting(municipality, by, "исправление отпуска") as s:
        return correct(s, Leave, corrections)
