"""Recommendations and circulars."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opora.indicators.dataset.tables.records import ACKNOWLEDGEMENT, CIRCULAR, RECOMMENDATION
from opora.registry.about import about
from opora.registry.constraints import known_choices
from opora.registry.models import Row


class Recommendation(Row):
    dataset = RECOMMENDATION

    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, null=True, **about(RECOMMENDATION, "organisation")
    )
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, **about(RECOMMENDATION, "person"))
    association = models.ForeignKey(
        "community.Association", models.PROTECT, null=True, **about(RECOMMENDATION, "association")
    )
    staff_category = models.TextField(null=True, **about(RECOMMENDATION, "staff_category"))
    basis = models.TextField(null=True, **about(RECOMMENDATION, "basis"))
    text = models.TextField(null=True, **about(RECOMMENDATION, "text"))
    document = models.ForeignKey("records.Document", models.PROTECT, null=True, **about(RECOMMENDATION, "document"))
    date = models.DateField(**about(RECOMMENDATION, "date"))

    class Meta(Row.Meta):
        db_table = "recommendation"
        verbose_name = RECOMMENDATION.words.one
        verbose_name_plural = RECOMMENDATION.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*Row.Meta.constraints, *known_choices(RECOMMENDATION)]


class Circular(Row):
    dataset = CIRCULAR

    title = models.TextField(**about(CIRCULAR, "title"))
    respond_by = models.DateField(null=True, **about(CIRCULAR, "respond_by"))
    date = models.DateField(**about(CIRCULAR, "date"))

    class Meta(Row.Meta):
        db_table = "circular"
        verbose_name = CIRCULAR.words.one
        verbose_name_plural = CIRCULAR.title


class Acknowledgement(Row):
    dataset = ACKNOWLEDGEMENT
    within = ("organisation",)

    circular = models.ForeignKey("records.Circular", models.PROTECT, **about(ACKNOWLEDGEMENT, "circular"))
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, **about(ACKNOWLEDGEMENT, "organisation"))
    date = models.DateField(**about(ACKNOWLEDGEMENT, "date"))

    class Meta(Row.Meta):
        db_table = "acknowledgement"
        verbose_name = ACKNOWLEDGEMENT.words.one
        verbose_name_plural = ACKNOWLEDGEMENT.title
