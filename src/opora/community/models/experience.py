"""Experience that is shown to others: presentations, publications, materials, practices."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opora.indicators.dataset.tables.experience import MATERIAL, PRACTICE, PRESENTATION, PUBLICATION
from opora.registry.about import about
from opora.registry.constraints import known_choices
from opora.registry.models import Row, State


class Presentation(Row):
    dataset = PRESENTATION

    person = models.ForeignKey("people.Person", models.PROTECT, **about(PRESENTATION, "person"))
    event = models.ForeignKey("community.Event", models.PROTECT, null=True, **about(PRESENTATION, "event"))
    site = models.ForeignKey("community.InnovationSite", models.PROTECT, null=True, **about(PRESENTATION, "site"))
    topic = models.TextField(null=True, **about(PRESENTATION, "topic"))
    level = models.TextField(null=True, **about(PRESENTATION, "level"))
    title = models.TextField(null=True, **about(PRESENTATION, "title"))
    date = models.DateField(**about(PRESENTATION, "date"))

    class Meta(Row.Meta):
        db_table = "presentation"
        verbose_name = PRESENTATION.words.one
        verbose_name_plural = PRESENTATION.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*Row.Meta.constraints, *known_choices(PRESENTATION)]


class Publication(Row):
    dataset = PUBLICATION

    person = models.ForeignKey("people.Person", models.PROTECT, **about(PUBLICATION, "person"))
    title = models.TextField(null=True, **about(PUBLICATION, "title"))
    outlet = models.TextField(null=True, **about(PUBLICATION, "outlet"))
    form = models.TextField(null=True, **about(PUBLICATION, "form"))
    topic = models.TextField(null=True, **about(PUBLICATION, "topic"))
    level = models.TextField(null=True, **about(PUBLICATION, "level"))
    date = models.DateField(**about(PUBLICATION, "date"))

    class Meta(Row.Meta):
        db_table = "publication"
        verbose_name = PUBLICATION.words.one
        verbose_name_plural = PUBLICATION.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*Row.Meta.constraints, *known_choices(PUBLICATION)]


class Material(Row):
    dataset = MATERIAL

    person = models.ForeignKey("people.Person", models.PROTECT, null=True, **about(MATERIAL, "person"))
    association = models.ForeignKey(
        "community.Association", models.PROTECT, null=True, **about(MATERIAL, "association")
    )
    title = models.TextField(**about(MATERIAL, "title"))
    kind = models.TextField(**about(MATERIAL, "kind"))
    updated = models.BooleanField(null=True, **about(MATERIAL, "updated"))
    outlet = models.TextField(null=True, **about(MATERIAL, "outlet"))
    protocol = models.TextField(null=True, **about(MATERIAL, "protocol"))
    recommended_on = models.DateField(null=True, **about(MATERIAL, "recommended_on"))
    date = models.DateField(**about(MATERIAL, "date"))

    class Meta(Row.Meta):
        db_table = "material"
        verbose_name = MATERIAL.words.one
        verbose_name_plural = MATERIAL.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*Row.Meta.constraints, *known_choices(MATERIAL)]


class Practice(State):
    dataset = PRACTICE

    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, null=True, **about(PRACTICE, "organisation")
    )
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, **about(PRACTICE, "person"))
    title = models.TextField(**about(PRACTICE, "title"))
    topic = models.TextField(null=True, **about(PRACTICE, "topic"))
    level = models.TextField(null=True, **about(PRACTICE, "level"))
    url = models.TextField(null=True, **about(PRACTICE, "url"))

    class Meta(State.Meta):
        db_table = "practice"
        verbose_name = PRACTICE.words.one
        verbose_name_plural = PRACTICE.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*State.Meta.constraints, *known_choices(PRACTICE)]
