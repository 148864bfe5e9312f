"""Seminars, conferences and other events, and who took part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from opora.community.models import Event, Participation
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
class Part:
    """What somebody was at an event that is entered with it."""

    person: int
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPart(Part):
    """Of an event that is there."""

    event: int
    date: dt.date | None = None
    """Empty: the day of the event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    title: str
    kind: str
    date: dt.date
    organisation: int | None = None
    """Where it was held."""
    association: int | None = None
    """Who held it."""
    project: int | None = None
    topic: str | None = None
    level: str | None = None
    audience: str | None = None
    participants: tuple[Part, ...] = ()


def hold_events(events: Sequence[NewEvent], *, municipality: int, by: Actor) -> list[Event]:
    """A fault in a participant is told of the event, its field as «participants.0.person»."""
    with sitting(municipality, by, "мероприятия") as s:
        rows = prepared(s, Event, events, besides=["participants"])
        told = [each.participants for each in events]
        participants = parts_of(s, Participation, told, "participants", apart_by=["person", "role"])
        made = write(s, rows)
        write_parts(s, participants, made, "event", inherited=["date"])
        return made


def take_part(parts: Sequence[NewPart], *, municipality: int, by: Actor) -> list[Participation]:
    with sitting(municipality, by, "участие в мероприятиях") as s:
        return enter(s, Participation, dated_by(parts, "event", Event))


def correct_events(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Event]:
    """Who took part on the day of the event moves with it."""
    with sitting(municipality, by, "исправление мероприятий") as s:
        rows = rewrite(s, corrected(s, Event, corrections), changed_fields(corrections))
        follow_date(s, corrections, Participation, "event")
        return rows


def correct_participation(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Participation]:
    with sitting(municipality, by, "исправление участия в мероприятиях") as s:
        return correct(s, Participation, corrections)
