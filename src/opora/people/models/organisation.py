"""Organisations: they open, close, and are declared leading or in need of help."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opora.indicators.dataset.tables.people import ORGANISATION, ORGANISATION_STATUS
from opora.registry.about import about
from opora.registry.constraints import known_choices
from opora.registry.models import State


class Organisation(State):
    dataset = ORGANISATION

    title = models.TextField(**about(ORGANISATION, "title"))
    kind = models.TextField(**about(ORGANISATION, "kind"))

    class Meta(State.Meta):
        db_table = "organisation"
        verbose_name = ORGANISATION.words.one
        verbose_name_plural = ORGANISATION.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*State.Meta.constraints, *known_choices(ORGANISATION)]


class OrganisationStatus(State):
    dataset = ORGANISATION_STATUS
    one_at_a_time = ("organisation", "status")
    within = ("organisation",)

    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, **about(ORGANISATION_STATUS, "organisation")
    )
    status = models.TextField(**about(ORGANISATION_STATUS, "status"))

    class Meta(State.Meta):
        db_table = "organisation_status"
        verbose_name = ORGANISATION_STATUS.words.one
        verbose_name_plural = ORGANISATION_STATUS.title
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *State.Meta.constraints,
            *known_choices(ORGANISATION_STATUS),
        ]
