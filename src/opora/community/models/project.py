"""Projects and innovation sites."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opora.indicators.dataset.tables.experience import INNOVATION_SITE, PROJECT, PROJECT_PARTICIPANT
from opora.registry.about import about
from opora.registry.constraints import known_choices
from opora.registry.models import State


class Project(State):
    dataset = PROJECT

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, null=True, **about(PROJECT, "organisation"))
    association = models.ForeignKey("community.Association", models.PROTECT, null=True, **about(PROJECT, "association"))
    title = models.TextField(**about(PROJECT, "title"))
    form = models.TextField(null=True, **about(PROJECT, "form"))
    topic = models.TextField(null=True, **about(PROJECT, "topic"))
    level = models.TextField(null=True, **about(PROJECT, "level"))
    innovative = models.BooleanField(null=True, **about(PROJECT, "innovative"))
    document = models.ForeignKey("records.Document", models.PROTECT, null=True, **about(PROJECT, "document"))

    class Meta(State.Meta):
        db_table = "project"
        verbose_name = PROJECT.words.one
        verbose_name_plural = PROJECT.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*State.Meta.constraints, *known_choices(PROJECT)]


class ProjectParticipant(State):
    dataset = PROJECT_PARTICIPANT
    one_at_a_time = ("project", "person", "organisation")
    within = ("project",)

    project = models.ForeignKey("community.Project", models.PROTECT, **about(PROJECT_PARTICIPANT, "project"))
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, **about(PROJECT_PARTICIPANT, "person"))
    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, null=True, **about(PROJECT_PARTICIPANT, "organisation")
    )

    class Meta(State.Meta):
        db_table = "project_participant"
        verbose_name = PROJECT_PARTICIPANT.words.one
        verbose_name_plural = PROJECT_PARTICIPANT.title


class InnovationSite(State):
    dataset = INNOVATION_SITE
    one_at_a_time = ("organisation", "kind", "level", "title")
    within = ("organisation",)

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, **about(INNOVATION_SITE, "organisation"))
    kind = models.TextField(**about(INNOVATION_SITE, "kind"))
    level = models.TextField(null=True, **about(INNOVATION_SITE, "level"))
    topic = models.TextField(null=True, **about(INNOVATION_SITE, "topic"))
    title = models.TextField(null=True, **about(INNOVATION_SITE, "title"))
    document = models.ForeignKey("records.Document", models.PROTECT, null=True, **about(INNOVATION_SITE, "document"))

    class Meta(State.Meta):
        db_table = "innovation_site"
        verbose_name = INNOVATION_SITE.words.one
        verbose_name_plural = INNOVATION_SITE.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*State.Meta.constraints, *known_choices(INNOVATION_SITE)]
