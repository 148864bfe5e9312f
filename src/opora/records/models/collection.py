"""Cards and surveys."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opora.indicators.dataset.tables.records import CARD_ANSWER, COLLECTION, SURVEY_RESULT
from opora.registry.about import about
from opora.registry.constraints import at_least_zero, known_choices
from opora.registry.models import Row


class Collection(Row):
    dataset = COLLECTION

    title = models.TextField(**about(COLLECTION, "title"))
    topic = models.TextField(null=True, **about(COLLECTION, "topic"))
    level = models.TextField(null=True, **about(COLLECTION, "level"))
    date = models.DateField(**about(COLLECTION, "date"))

    class Meta(Row.Meta):
        db_table = "collection"
        verbose_name = COLLECTION.words.one
        verbose_name_plural = COLLECTION.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*Row.Meta.constraints, *known_choices(COLLECTION)]


class CardAnswer(Row):
    dataset = CARD_ANSWER
    one_at_a_time = ("collection", "organisation", "question")

    collection = models.ForeignKey("records.Collection", models.PROTECT, **about(CARD_ANSWER, "collection"))
    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, null=True, **about(CARD_ANSWER, "organisation")
    )
    question = models.TextField(**about(CARD_ANSWER, "question"))
    value = models.FloatField(null=True, **about(CARD_ANSWER, "value"))
    base = models.FloatField(null=True, **about(CARD_ANSWER, "base"))
    comment = models.TextField(null=True, **about(CARD_ANSWER, "comment"))
    date = models.DateField(**about(CARD_ANSWER, "date"))

    class Meta(Row.Meta):
        db_table = "card_answer"
        verbose_name = CARD_ANSWER.words.one
        verbose_name_plural = CARD_ANSWER.title
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Row.Meta.constraints,
            at_least_zero("value"),
            at_least_zero("base"),
        ]


class SurveyResult(Row):
    dataset = SURVEY_RESULT
    one_at_a_time = ("topic", "organisation")

    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, null=True, **about(SURVEY_RESULT, "organisation")
    )
    topic = models.TextField(**about(SURVEY_RESULT, "topic"))
    respondents = models.PositiveBigIntegerField(null=True, **about(SURVEY_RESULT, "respondents"))
    positive = models.PositiveBigIntegerField(null=True, **about(SURVEY_RESULT, "positive"))
    date = models.DateField(**about(SURVEY_RESULT, "date"))

    class Meta(Row.Meta):
        db_table = "survey_result"
        verbose_name = SURVEY_RESULT.words.one
        verbose_name_plural = SURVEY_RESULT.title
