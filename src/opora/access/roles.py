"""The roles, and within what each of them is held."""

from __future__ import annotations

from enum import Enum

from django.db.models import TextChoices


class Role(TextChoices):
    ADMINISTRATOR = "administrator", "администратор"
    HEAD = "head", "руководитель методической службы"
    METHODIST = "methodist", "методист"
    COORDINATOR = "organisation_coordinator", "ответственный от ОО"
    EDUCATOR = "educator", "педагогический работник"
    MENTOR = "mentor", "наставник, тьютор"
    ASSOCIATION_HEAD = "association_head", "руководитель МО"
    EXPERT = "expert", "эксперт"
    PSYCHOLOGIST = "psychologist", "психолог"
    OBSERVER = "observer", "региональный наблюдатель"


class Place(Enum):
    """Within what a role is held (in Russian: on what it is given). A role within a territory is held in all that lies
    below it too."""

    TERRITORY = "муниципалитет или регион"
    ORGANISATION = "организацию"
    ASSOCIATION = "объединение"


PLACE = {
    Role.ADMINISTRATOR: Place.TERRITORY,
    Role.HEAD: Place.TERRITORY,
    Role.METHODIST: Place.TERRITORY,
    Role.COORDINATOR: Place.ORGANISATION,
    Role.EDUCATOR: Place.ORGANISATION,
    # Mentors and tutors work across organisations; whose they are is told by pairs and routes.
    Role.MENTOR: Place.TERRITORY,
    Role.ASSOCIATION_HEAD: Place.ASSOCIATION,
    Role.EXPERT: Place.TERRITORY,
    Role.PSYCHOLOGIST: Place.TERRITORY,
    Role.OBSERVER: Place.TERRITORY,
}

SERVICE = (Role.ADMINISTRATOR, Role.HEAD, Role.METHODIST)
"""The municipal service itself: it sees everything of its municipalities."""


def roles_within(place: Place) -> list[Role]:
    return [role for role in Role if PLACE[role] is place]
