"""Visits and audits of organisations; results of exams, without names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from opora.records.models import AssessmentResult, Visit
from opora.registry.batch import (
    Correction,
    changed_fields,
    correct,
    corrected,
    enter,
    prepared,
    refuse_above,
    rewrite,
    write,
)
from opora.registry.scope import Actor
from opora.registry.verbs import sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVisit:
    """A visit, an audit or a consultation of an organisation."""

    organisation: int
    kind: str
    date: dt.date
    topic: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What pupils of a school have shown in a subject: sums only."""

    organisation: int
    procedure: str
    subject: str
    date: dt.date
    participants: int | None = None
    below_threshold: int | None = None
    mean_score: float | None = None


def record_visits(visits: Sequence[NewVisit], *, municipality: int, by: Actor) -> list[Visit]:
    with sitting(municipality, by, "выезды и проверки") as s:
        return enter(s, Visit, visits)


def correct_visits(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Visit]:
    with sitting(municipality, by, "исправление выездов и проверок") as s:
        return correct(s, Visit, corrections)


def record_assessments(assessments: Sequence[Assessment], *, municipality: int, by: Actor) -> list[AssessmentResult]:
    with sitting(municipality, by, "итоги оценочных процедур") as s:
        rows = prepared(s, AssessmentResult, assessments)
        refuse_above(s, rows, "below_threshold", "participants")
        return write(s, rows)


def correct_assessments(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[AssessmentResult]:
    with sitting(municipality, by, "исправление итогов оценочных процедур") as s:
        rows = corrected(s, AssessmentResult, corrections)
        if changed_fields(corrections) & {"below_threshold", "participants"}:
            refuse_above(s, rows, "below_threshold", "participants")
        return rewrite(s, rows, changed_fields(corrections))
