"""Her work, education and attestation, in words."""

from __future__ import annotations

from typing import Any

from opora.papers.words import number
from opora.people.models import (
    Attestation,
    Education,
    Employment,
    Experience,
    ExpertRole,
    Leave,
    Responsibility,
    Teaching,
    TeamMember,
)
from opora.web.person.telling import Kind, Telling, Words, level, listed, quoted, shown


def _job(row: Employment, _: str) -> Words:
    post = row.position or shown(row, "post")
    rate = f"{number(row.rate)} ставки" if row.rate else ""
    return Words(f"{post.capitalize()}, {row.organisation.title}", listed(shown(row, "kind"), rate))


def _leave(row: Leave, _: str) -> Words:
    return Words(
        f"Отпуск {shown(row, 'kind')}".strip() if row.kind == "childcare" else (shown(row, "kind") or "Отпуск")
    )


def _teaching(row: Teaching, _: str) -> Words:
    hours = f"{number(row.hours)} ч в неделю" if row.hours else ""
    classes = f"классы: {row.classes}" if row.classes else ""
    return Words(f"Ведёт: {row.subject}", listed(row.organisation.title, classes, hours))


def _experience(row: Experience, _: str) -> Words:
    years = "не известен" if row.years is None else number(row.years)
    return Words(f"Стаж ({shown(row, 'kind')}), лет: {years}")


def _education(row: Education, _: str) -> Words:
    level = shown(row, "level")
    return Words(
        f"Образование: {level}" if level else "Образование", listed(row.speciality, row.qualification, row.institution)
    )


def _attestation(row: Attestation, _: str) -> Words:
    return Words(f"Аттестация: {shown(row, 'category')}", shown(row, "post"))


def _responsibility(row: Responsibility, _: str) -> Words:
    return Words(f"Отвечает: {shown(row, 'area')}", row.organisation.title if row.organisation else "")


def _expert(row: ExpertRole, _: str) -> Words:
    return Words(shown(row, "role").capitalize(), listed(shown(row, "area"), level(row)))


def _team(row: TeamMember, _: str) -> Words:
    return Words(
        f"В команде {quoted(row.team.title) or shown(row.team, 'kind')}", listed(row.role, row.team.organisation.title)
    )


WORK: tuple[Telling[Any], ...] = (
    Telling(Employment, Kind.WORK, "since", _job, beside=("organisation",)),
    Telling(Leave, Kind.WORK, "since", _leave),
    Telling(Teaching, Kind.WORK, "since", _teaching, beside=("organisation",)),
    Telling(Experience, Kind.WORK, "date", _experience),
    Telling(Responsibility, Kind.WORK, "since", _responsibility, beside=("organisation",)),
    Telling(TeamMember, Kind.WORK, "since", _team, beside=("team__organisation",)),
    Telling(Education, Kind.EDUCATION, "date", _education),
    Telling(Attestation, Kind.EDUCATION, "since", _attestation),
    Telling(ExpertRole, Kind.EXPERIENCE, "since", _expert),
)
