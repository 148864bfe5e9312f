"""Projects, and who takes part in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from opora.community.models import Project, ProjectParticipant
from opora.people.domain.ends import end_with
from opora.registry.batch import (
    Correction,
    Ending,
    changed_fields,
    corrected,
    end,
    ended,
    enter,
    prepared,
    rewrite,
    write,
)
from opora.registry.scope import Actor
from opora.registry.verbs import Sitting, sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProject:
    title: str
    organisation: int | None = None
    association: int | None = None
    form: str | None = None
    topic: str | None = None
    level: str | None = None
    innovative: bool | None = None
    document: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    observed_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewParticipant:
    """A person or an organisation, or a person of an organisation."""

    project: int
    person: int | None = None
    organisation: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    observed_on: dt.date | None = None


def begin_projects(projects: Sequence[NewProject], *, municipality: int, by: Actor) -> list[Project]:
    with sitting(municipality, by, "начало проектов") as s:
        return enter(s, Project, projects)


def end_projects(endings: Sequence[Ending], *, municipality: int, by: Actor) -> list[Project]:
    """With a project ends the participation in it."""
    with sitting(municipality, by, "завершение проектов") as s:
        rows = rewrite(s, ended(s, Project, endings), ["until"])
        end_with(s, rows, ProjectParticipant, "project")
        return rows


def correct_projects(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Project]:
    with sitting(municipality, by, "исправление проектов") as s:
        rows = rewrite(s, corrected(s, Project, corrections), changed_fields(corrections))
        if "until" in changed_fields(corrections):
            end_with(s, [row for row in rows if row.until is not None], ProjectParticipant, "project")
        return rows


def join_projects(participants: Sequence[NewParticipant], *, municipality: int, by: Actor) -> list[ProjectParticipant]:
    with sitting(municipality, by, "участие в проектах") as s:
        rows = prepared(s, ProjectParticipant, participants)
        _refuse_nobody(s, rows)
        return write(s, rows)


def leave_projects(endings: Sequence[Ending], *, municipality: int, by: Actor) -> list[ProjectParticipant]:
    with sitting(municipality, by, "выход из проектов") as s:
        return end(s, ProjectParticipant, endings)


def correct_participants(
    corrections: Sequence[Correction], *, municipality: int, by: Actor
) -> list[ProjectParticipant]:
    with sitting(municipality, by, "исправление участников проектов") as s:
        rows = corrected(s, ProjectParticipant, corrections)
        if changed_fields(corrections) & {"person", "organisation"}:
            _refuse_nobody(s, rows)
        return rewrite(s, rows, changed_fields(corrections))


def _refuse_nobody(sitting: Sitting, rows: Sequence[ProjectParticipant | None]) -> None:
    for place, row in sitting.sound(rows):
        if row.person_id is None and row.organisation_id is None:
            sitting.fault(place, "person", "Не указано, кто участвует", "Выберите человека или организацию")
