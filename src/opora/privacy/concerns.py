"""Which rows concern a person, and what becomes of them when her data are destroyed."""

from __future__ import annotations

from enum import Enum
from functools import cache

from opora.people.models import Person, PersonMerge, PersonMergeMove
from opora.registry.batch.references import Reference, references_to


class Fate(Enum):
    """Of a row that names a person, when she is destroyed."""

    DELETED = "удаляется"
    """It is about her."""
    CLEARED = "остаётся без ссылки на человека"
    """It is about somebody or something else, and she acted in it."""
    NAMELESS = "остаётся, вместо человека — безымянная карточка"
    """It is about another person too, and has no sense without a second one."""
    CLOSED = "учётная запись закрывается и обезличивается"


FATES: dict[str, Fate] = {
    **dict.fromkeys(
        (
            "adaptation.person",
            "attendance.person",
            "attestation.person",
            "consent.person",
            "contest_entry.person",
            "deficit.person",
            "diagnostic_result.person",
            "education.person",
            "employment.person",
            "experience.person",
            "expert_role.person",
            "intake_line.person",
            "leave.person",
            "membership.person",
            "participation.person",
            "presentation.person",
            "project_participant.person",
            "proposal.person",
            "publication.person",
            "recommendation.person",
            "responsibility.person",
            "route.person",
            "snils.person",
            "support.person",
            "teaching.person",
            "team_member.person",
            "training.person",
            "training_request.person",
            "access_invitation.person",
        ),
        Fate.DELETED,
    ),
    **dict.fromkeys(
        ("association.head", "material.person", "practice.person", "route.tutor", "support.by"), Fate.CLEARED
    ),
    **dict.fromkeys(("mentorship.mentor", "mentorship.mentee"), Fate.NAMELESS),
    "access_user.person": Fate.CLOSED,
}
"""By table and field. A model that comes to name a person must be ruled here: a test asks for it."""

_MEMORY = (PersonMerge, PersonMergeMove)
"""What was merged says nothing of a person but her cards."""


@cache
def about_people() -> tuple[Reference, ...]:
    """Every field of every table that names a person."""
    return tuple(each for each in references_to(Person) if each.model not in _MEMORY)


@cache
def parts() -> tuple[tuple[Reference, Reference], ...]:
    """Rows that name nobody, and cannot be without a row that does: a route's steps. What they refer to it by, and how
    it names the person."""
    naming = {each.model for each in about_people()}
    return tuple(
        (part, whole)
        for whole in about_people()
        if fate_of(whole) is Fate.DELETED
        for part in references_to(whole.model)
        if part.model not in naming and not part.model._meta.get_field(part.field).null
    )


def fate_of(reference: Reference) -> Fate:
    return FATES[f"{reference.table}.{reference.field}"]


def person_columns(table: str) -> frozenset[str]:
    """Columns of the table that hold the id of a person."""
    return _person_columns().get(table, frozenset())


@cache
def _person_columns() -> dict[str, frozenset[str]]:
    columns: dict[str, set[str]] = {Person._meta.db_table: {"id"}}
    for each in about_people():
        columns.setdefault(each.table, set()).add(each.column)
    return {table: frozenset(names) for table, names in columns.items()}
