"""Instruments, what they showed of a person, and the deficits that follow."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opora.indicators.dataset.tables.learning import DEFICIT, DIAGNOSTIC_RESULT, INSTRUMENT
from opora.registry.about import about
from opora.registry.constraints import at_least_zero, ends_after, known_choices
from opora.registry.models import Row


class Instrument(Row):
    dataset = INSTRUMENT

    title = models.TextField(**about(INSTRUMENT, "title"))
    origin = models.TextField(null=True, **about(INSTRUMENT, "origin"))
    level = models.TextField(null=True, **about(INSTRUMENT, "level"))
    independent = models.BooleanField(null=True, **about(INSTRUMENT, "independent"))
    thresholds = models.TextField(null=True, **about(INSTRUMENT, "thresholds"))

    class Meta(Row.Meta):
        db_table = "instrument"
        verbose_name = INSTRUMENT.words.one
        verbose_name_plural = INSTRUMENT.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*Row.Meta.constraints, *known_choices(INSTRUMENT)]


class DiagnosticResult(Row):
    dataset = DIAGNOSTIC_RESULT

    person = models.ForeignKey("people.Person", models.PROTECT, **about(DIAGNOSTIC_RESULT, "person"))
    instrument = models.ForeignKey(
        "learning.Instrument", models.PROTECT, null=True, **about(DIAGNOSTIC_RESULT, "instrument")
    )
    measures = models.TextField(null=True, **about(DIAGNOSTIC_RESULT, "measures"))
    subject = models.TextField(null=True, **about(DIAGNOSTIC_RESULT, "subject"))
    score = models.FloatField(null=True, **about(DIAGNOSTIC_RESULT, "score"))
    level = models.TextField(null=True, **about(DIAGNOSTIC_RESULT, "level"))
    date = models.DateField(**about(DIAGNOSTIC_RESULT, "date"))

    class Meta(Row.Meta):
        db_table = "diagnostic_result"
        verbose_name = DIAGNOSTIC_RESULT.words.one
        verbose_name_plural = DIAGNOSTIC_RESULT.title
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Row.Meta.constraints,
            *known_choices(DIAGNOSTIC_RESULT),
            at_least_zero("score"),
        ]


class Deficit(Row):
    dataset = DEFICIT
    one_at_a_time = ("person", "area", "subject", "topic")

    person = models.ForeignKey("people.Person", models.PROTECT, **about(DEFICIT, "person"))
    diagnostic_result = models.ForeignKey(
        "learning.DiagnosticResult", models.PROTECT, null=True, **about(DEFICIT, "diagnostic_result")
    )
    area = models.TextField(null=True, **about(DEFICIT, "area"))
    subject = models.TextField(null=True, **about(DEFICIT, "subject"))
    topic = models.TextField(null=True, **about(DEFICIT, "topic"))
    found_on = models.DateField(null=True, **about(DEFICIT, "found_on"))
    closed_on = models.DateField(null=True, **about(DEFICIT, "closed_on"))

    class Meta(Row.Meta):
        db_table = "deficit"
        verbose_name = DEFICIT.words.one
        verbose_name_plural = DEFICIT.title
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Row.Meta.constraints,
            *known_choices(DEFICIT),
            ends_after("found_on", "closed_on"),
        ]
