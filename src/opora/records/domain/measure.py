"""Measures of a programme, and marks that they were carried out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from opora.records.models import Execution, Measure
from opora.registry.batch import Correction, correct, enter
from opora.registry.scope import Actor
from opora.registry.verbs import sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeasure:
    """On one term; what comes back every year is a measure of every year."""

    title: str
    due: dt.date
    programme: str | None = None
    code: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """How far a measure was carried out, and what shows it. Of one day there is one mark."""

    measure: int
    result: str
    date: dt.date
    document: int | None = None


def plan_measures(measures: Sequence[NewMeasure], *, municipality: int, by: Actor) -> list[Measure]:
    with sitting(municipality, by, "меры") as s:
        return enter(s, Measure, measures)


def correct_measures(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Measure]:
    with sitting(municipality, by, "исправление мер") as s:
        return correct(s, Measure, corrections)


def mark_executed(marks: Sequence[Done], *, municipality: int, by: Actor) -> list[Execution]:
    with sitting(municipality, by, "выполнение мер") as s:
        return enter(s, Execution, marks)


def correct_executions(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Execution]:
    with sitting(municipality, by, "исправление отметок о выполнении") as s:
        return correct(s, Execution, corrections)
