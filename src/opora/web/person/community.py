"""What she does among others, and what of it is shown to others, in words."""

from __future__ import annotations

from typing import Any

from opora.community.models import (
    Association,
    Attendance,
    ContestEntry,
    Material,
    Membership,
    Participation,
    Practice,
    Presentation,
    ProjectParticipant,
    Publication,
)
from opora.records.models import Recommendation
from opora.web.person.telling import Kind, Telling, Words, level, listed, quoted, shown

_PRIZES = {"winner": "good", "prize": "good", "laureate": "good"}


def _member(row: Membership, _: str) -> Words:
    return Words(f"В объединении {quoted(row.association.title)}", shown(row.association, "kind"))


def _head(row: Association, _: str) -> Words:
    return Words(f"Руководит объединением {quoted(row.title)}", shown(row, "kind"))


def _attended(row: Attendance, _: str) -> Words:
    came = "Заседание" if row.present is not False else "Не была на заседании"
    return Words(
        f"{came} объединения {quoted(row.meeting.association.title)}",
        listed(row.meeting.topic, shown(row.meeting, "subject_matter")),
    )


def _took_part(row: Participation, _: str) -> Words:
    return Words(
        f"{shown(row.event, 'kind').capitalize()}: {quoted(row.event.title)}",
        listed(shown(row, "role"), level(row.event)),
    )


def _entered(row: ContestEntry, _: str) -> Words:
    result = shown(row, "result")
    return Words(
        f"Конкурс: {quoted(row.contest.title)}", listed(result, level(row.contest)), _PRIZES.get(row.result or "", "")
    )


def _presented(row: Presentation, _: str) -> Words:
    title = quoted(row.title) or (quoted(row.event.title) if row.event else "")
    return Words(f"Представление опыта: {title}" if title else "Представление опыта", level(row))


def _published(row: Publication, _: str) -> Words:
    return Words(
        f"Публикация: {quoted(row.title)}" if row.title else "Публикация",
        listed(row.outlet, shown(row, "form"), level(row)),
    )


def _material(row: Material, _: str) -> Words:
    recommended = f"рекомендован {row.recommended_on:%d.%m.%Y}" if row.recommended_on else ""
    return Words(f"{shown(row, 'kind').capitalize()}: {quoted(row.title)}", listed(row.outlet, recommended))


def _practice(row: Practice, _: str) -> Words:
    return Words(f"Практика в банке: {quoted(row.title)}", listed(shown(row, "topic"), level(row)))


def _project(row: ProjectParticipant, _: str) -> Words:
    return Words(f"В проекте {quoted(row.project.title)}", level(row.project))


def _recommended(row: Recommendation, _: str) -> Words:
    basis = f"по итогам {shown(row, 'basis')}" if row.basis else ""
    return Words(f"Рекомендация: {row.text}" if row.text else "Рекомендация", basis)


COMMUNITY: tuple[Telling[Any], ...] = (
    Telling(Membership, Kind.ASSOCIATIONS, "since", _member, beside=("association",)),
    Telling(Association, Kind.ASSOCIATIONS, "since", _head, of=("head",)),
    Telling(Attendance, Kind.ASSOCIATIONS, "date", _attended, beside=("meeting__association",)),
    Telling(Participation, Kind.EVENTS, "date", _took_part, beside=("event",)),
    Telling(ContestEntry, Kind.CONTESTS, "date", _entered, beside=("contest",)),
    Telling(Presentation, Kind.EXPERIENCE, "date", _presented, beside=("event",)),
    Telling(Publication, Kind.EXPERIENCE, "date", _published),
    Telling(Material, Kind.EXPERIENCE, "date", _material),
    Telling(Practice, Kind.EXPERIENCE, "since", _practice),
    Telling(ProjectParticipant, Kind.EXPERIENCE, "since", _project, beside=("project",)),
    Telling(Recommendation, Kind.ROUTES, "date", _recommended),
)
