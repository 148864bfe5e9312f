"""Normative documents."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opora.indicators.dataset.tables.records import DOCUMENT
from opora.registry.about import about
from opora.registry.constraints import known_choices
from opora.registry.models import State


class Document(State):
    dataset = DOCUMENT

    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, null=True, **about(DOCUMENT, "organisation")
    )
    association = models.ForeignKey(
        "community.Association", models.PROTECT, null=True, **about(DOCUMENT, "association")
    )
    kind = models.TextField(**about(DOCUMENT, "kind"))
    topic = models.TextField(null=True, **about(DOCUMENT, "topic"))
    title = models.TextField(null=True, **about(DOCUMENT, "title"))
    number = models.TextField(null=True, **about(DOCUMENT, "number"))
    dated = models.DateField(null=True, **about(DOCUMENT, "dated"))
    published_on = models.DateField(null=True, **about(DOCUMENT, "published_on"))
    url = models.TextField(null=True, **about(DOCUMENT, "url"))
    addressees = models.TextField(null=True, **about(DOCUMENT, "addressees"))

    class Meta(State.Meta):
        db_table = "document"
        verbose_name = DOCUMENT.words.one
        verbose_name_plural = DOCUMENT.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*State.Meta.constraints, *known_choices(DOCUMENT)]
