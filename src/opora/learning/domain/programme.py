"""Programmes of courses. What a region has entered its towns use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from opora.learning.models import TrainingProgramme
from opora.registry.batch import Correction, changed_fields, corrected, prepared, rewrite, write
from opora.registry.scope import Actor
from opora.registry.verbs import Sitting, sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProgramme:
    title: str
    kind: str
    hours: float | None = None
    topic: str | None = None
    provider: str | None = None
    provider_kind: str | None = None
    addressed: bool | None = None
    register: str | None = None
    register_since: dt.date | None = None
    register_until: dt.date | None = None
    federal_project: str | None = None
    federal_priority: bool | None = None


def enter_programmes(programmes: Sequence[NewProgramme], *, municipality: int, by: Actor) -> list[TrainingProgramme]:
    with sitting(municipality, by, "новые программы ДПО") as s:
        rows = prepared(s, TrainingProgramme, programmes)
        _refuse_dates_without_register(s, rows)
        return write(s, rows)


def correct_programmes(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[TrainingProgramme]:
    """Courses that were taken before are judged by the dates of the register, not by the day of the correction."""
    with sitting(municipality, by, "исправление программ ДПО") as s:
        rows = corrected(s, TrainingProgramme, corrections)
        if changed_fields(corrections) & {"register", "register_since", "register_until"}:
            _refuse_dates_without_register(s, rows)
        return rewrite(s, rows, changed_fields(corrections))


def _refuse_dates_without_register(sitting: Sitting, rows: Sequence[TrainingProgramme | None]) -> None:
    for place, row in sitting.sound(rows):
        if row.register == "none" and (row.register_since or row.register_until):
            message = "Программа не входит в реестр, а срок в реестре указан"
            sitting.fault(place, "register", message, "Выберите реестр или уберите даты")
