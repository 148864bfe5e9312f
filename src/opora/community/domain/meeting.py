"""Meetings of associations, and who came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from opora.community.models import Attendance, Meeting
from opora.registry.batch import (
    Correction,
    changed_fields,
    correct,
    corrected,
    dated_by,
    enter,
    follow_date,
    parts_of,
    prepared,
    rewrite,
    write,
    write_parts,
)
from opora.registry.scope import Actor
from opora.registry.verbs import sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Somebody at a meeting that is entered with it, or missing there."""

    person: int
    present: bool | None = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(Seat):
    """Of a meeting that is there."""

    meeting: int
    date: dt.date | None = None
    """Empty: the day of the meeting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeeting:
    association: int
    date: dt.date
    topic: str | None = None
    subject_matter: str | None = None
    protocol: str | None = None
    attendance: tuple[Seat, ...] = ()


def hold_meetings(meetings: Sequence[NewMeeting], *, municipality: int, by: Actor) -> list[Meeting]:
    """A fault in the attendance is told of the meeting, its field as «attendance.0.person»."""
    with sitting(municipality, by, "заседания объединений") as s:
        rows = prepared(s, Meeting, meetings, besides=["attendance"])
        told = [each.attendance for each in meetings]
        attendance = parts_of(s, Attendance, told, "attendance", apart_by=["person"])
        made = write(s, rows)
        write_parts(s, attendance, made, "meeting", inherited=["date"])
        return made


def mark_attendance(marks: Sequence[Mark], *, municipality: int, by: Actor) -> list[Attendance]:
    with sitting(municipality, by, "явка на заседания") as s:
        return enter(s, Attendance, dated_by(marks, "meeting", Meeting))


def correct_meetings(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Meeting]:
    """The attendance moves with the day of the meeting."""
    with sitting(municipality, by, "исправление заседаний") as s:
        rows = rewrite(s, corrected(s, Meeting, corrections), changed_fields(corrections))
        follow_date(s, corrections, Attendance, "meeting")
        return rows


def correct_attendance(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Attendance]:
    with sitting(municipality, by, "исправление явки") as s:
        return correct(s, Attendance, corrections)
