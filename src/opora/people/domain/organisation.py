"""Organisations open, get another name, are declared leading or in need of help."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from opora.people.models import Organisation, OrganisationStatus
from opora.registry.batch import Correction, Ending, correct, end, enter
from opora.registry.scope import Actor
from opora.registry.verbs import sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrganisation:
    title: str
    kind: str
    since: dt.date | None = None
    until: dt.date | None = None
    observed_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStatus:
    organisation: int
    status: str
    since: dt.date | None = None
    until: dt.date | None = None
    observed_on: dt.date | None = None


def open_organisations(organisations: Sequence[NewOrganisation], *, municipality: int, by: Actor) -> list[Organisation]:
    with sitting(municipality, by, "открытие организаций") as s:
        return enter(s, Organisation, organisations)


def rename(renamings: Sequence[Correction], *, municipality: int, by: Actor) -> list[Organisation]:
    """Of ``title`` alone. A row has one name; what it was called before is in the trail."""
    with sitting(municipality, by, "переименование организаций") as s:
        return correct(s, Organisation, renamings, ["title"])


def correct_organisations(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Organisation]:
    """Also opens again what was closed, by an empty ``until``; closing is a verb of its own."""
    for each in corrections:
        if each.becomes.get("until") is not None:
            raise ValueError("an organisation is closed by close()")
    with sitting(municipality, by, "исправление организаций") as s:
        return correct(s, Organisation, corrections)


def declare_status(statuses: Sequence[NewStatus], *, municipality: int, by: Actor) -> list[OrganisationStatus]:
    with sitting(municipality, by, "присвоение статуса") as s:
        return enter(s, OrganisationStatus, statuses)


def lift_status(endings: Sequence[Ending], *, municipality: int, by: Actor) -> list[OrganisationStatus]:
    with sitting(municipality, by, "снятие статуса") as s:
        return end(s, OrganisationStatus, endings)


def correct_statuses(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[OrganisationStatus]:
    with sitting(municipality, by, "исправление статусов") as s:
        return correct(s, OrganisationStatus, corrections)
