"""Contests, who enters them, and with what result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from opora.community.models import Contest, ContestEntry
from opora.registry.batch import (
    Correction,
    changed_fields,
    correct,
    corrected,
    dated_by,
    enter,
    prepared,
    rewrite,
    write,
)
from opora.registry.scope import Actor
from opora.registry.verbs import Sitting, sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContest:
    title: str
    kind: str
    date: dt.date
    held_by: int | None = None
    """The territory that holds it; empty for a contest from outside."""
    level: str | None = None
    status: bool | None = None
    award: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Of a person, of a team, or of an organisation: one of the three."""

    contest: int
    person: int | None = None
    team: int | None = None
    organisation: int | None = None
    result: str | None = None
    date: dt.date | None = None
    """Empty: the day of the contest."""


def announce_contests(contests: Sequence[NewContest], *, municipality: int, by: Actor) -> list[Contest]:
    """What a region announces its towns enter."""
    with sitting(municipality, by, "объявление конкурсов") as s:
        return enter(s, Contest, contests)


def correct_contests(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Contest]:
    """The days of the entries stay: each may have its own, and they may be of other towns."""
    with sitting(municipality, by, "исправление конкурсов") as s:
        return correct(s, Contest, corrections)


def enter_contests(entries: Sequence[Entry], *, municipality: int, by: Actor) -> list[ContestEntry]:
    with sitting(municipality, by, "участие в конкурсах") as s:
        rows = prepared(s, ContestEntry, dated_by(entries, "contest", Contest))
        _refuse_unless_one_enters(s, rows)
        return write(s, rows)


def tell_results(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[ContestEntry]:
    """Of ``result`` alone."""
    with sitting(municipality, by, "итоги конкурсов") as s:
        return correct(s, ContestEntry, corrections, ["result"])


def correct_entries(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[ContestEntry]:
    with sitting(municipality, by, "исправление участия в конкурсах") as s:
        rows = corrected(s, ContestEntry, corrections)
        if changed_fields(corrections) & {"person", "team", "organisation"}:
            _refuse_unless_one_enters(s, rows)
        return rewrite(s, rows, changed_fields(corrections))


def _refuse_unless_one_enters(sitting: Sitting, rows: Sequence[ContestEntry | None]) -> None:
    for place, row in sitting.sound(rows):
        told = [each for each in (row.person_id, row.team_id, row.organisation_id) if each is not None]
        if not told:
            sitting.fault(place, "person", "Не указано, кто участвует", "Выберите человека, команду или организацию")
        elif len(told) > 1:
            message = "Участвует кто-то один: человек, команда или организация"
            sitting.fault(place, "person", message, "Оставьте одно из трёх; остальных внесите отдельными строками")
