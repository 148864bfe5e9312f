"""Teams of organisations, and who is in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from opora.people.domain.ends import end_with
from opora.people.models import Team, TeamMember
from opora.registry.batch import Correction, Ending, changed_fields, correct, corrected, end, ended, enter, rewrite
from opora.registry.scope import Actor
from opora.registry.verbs import sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTeam:
    organisation: int
    kind: str
    title: str | None = None
    topic: str | None = None
    methodical_theme: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    observed_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    team: int
    person: int
    role: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    observed_on: dt.date | None = None


def form_teams(teams: Sequence[NewTeam], *, municipality: int, by: Actor) -> list[Team]:
    with sitting(municipality, by, "создание команд") as s:
        return enter(s, Team, teams)


def dissolve_teams(endings: Sequence[Ending], *, municipality: int, by: Actor) -> list[Team]:
    """With a team ends the membership in it."""
    with sitting(municipality, by, "роспуск команд") as s:
        teams = rewrite(s, ended(s, Team, endings), ["until"])
        end_with(s, teams, TeamMember, "team")
        return teams


def correct_teams(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Team]:
    with sitting(municipality, by, "исправление команд") as s:
        teams = rewrite(s, corrected(s, Team, corrections), changed_fields(corrections))
        end_with(s, teams, TeamMember, "team")
        return teams


def join_teams(members: Sequence[NewMember], *, municipality: int, by: Actor) -> list[TeamMember]:
    with sitting(municipality, by, "вход в состав команд") as s:
        return enter(s, TeamMember, members)


def leave_teams(endings: Sequence[Ending], *, municipality: int, by: Actor) -> list[TeamMember]:
    with sitting(municipality, by, "выход из состава команд") as s:
        return end(s, TeamMember, endings)


def correct_members(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[TeamMember]:
    with sitting(municipality, by, "исправление состава команд") as s:
        return correct(s, TeamMember, corrections)
