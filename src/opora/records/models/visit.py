"""Visits to organisations; results of exams, without names."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opora.indicators.dataset.tables.records import ASSESSMENT_RESULT, VISIT
from opora.registry.about import about
from opora.registry.constraints import at_least_zero, known_choices
from opora.registry.models import Row


class Visit(Row):
    dataset = VISIT
    within = ("organisation",)

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, **about(VISIT, "organisation"))
    kind = models.TextField(**about(VISIT, "kind"))
    topic = models.TextField(null=True, **about(VISIT, "topic"))
    date = models.DateField(**about(VISIT, "date"))

    class Meta(Row.Meta):
        db_table = "visit"
        verbose_name = VISIT.words.one
        verbose_name_plural = VISIT.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*Row.Meta.constraints, *known_choices(VISIT)]


class AssessmentResult(Row):
    dataset = ASSESSMENT_RESULT
    one_at_a_time = ("organisation", "procedure", "subject")
    within = ("organisation",)

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, **about(ASSESSMENT_RESULT, "organisation"))
    procedure = models.TextField(**about(ASSESSMENT_RESULT, "procedure"))
    subject = models.TextField(**about(ASSESSMENT_RESULT, "subject"))
    participants = models.PositiveBigIntegerField(null=True, **about(ASSESSMENT_RESULT, "participants"))
    below_threshold = models.PositiveBigIntegerField(null=True, **about(ASSESSMENT_RESULT, "below_threshold"))
    mean_score = models.FloatField(null=True, **about(ASSESSMENT_RESULT, "mean_score"))
    date = models.DateField(**about(ASSESSMENT_RESULT, "date"))

    class Meta(Row.Meta):
        db_table = "assessment_result"
        verbose_name = ASSESSMENT_RESULT.words.one
        verbose_name_plural = ASSESSMENT_RESULT.title
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Row.Meta.constraints,
            *known_choices(ASSESSMENT_RESULT),
            at_least_zero("mean_score"),
        ]
