"""Diplomas, and which speciality fits which subject."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opora.indicators.dataset.tables.people import EDUCATION, PROFILE_MATCH
from opora.registry.about import about
from opora.registry.constraints import known_choices, unique_while_kept
from opora.registry.models import Row


class Education(Row):
    dataset = EDUCATION

    person = models.ForeignKey("people.Person", models.PROTECT, **about(EDUCATION, "person"))
    level = models.TextField(null=True, **about(EDUCATION, "level"))
    speciality = models.TextField(null=True, **about(EDUCATION, "speciality"))
    qualification = models.TextField(null=True, **about(EDUCATION, "qualification"))
    pedagogical = models.BooleanField(null=True, **about(EDUCATION, "pedagogical"))
    institution = models.TextField(null=True, **about(EDUCATION, "institution"))
    date = models.DateField(null=True, **about(EDUCATION, "date"))
    observed_on = models.DateField(null=True, **about(EDUCATION, "observed_on"))

    class Meta(Row.Meta):
        db_table = "education"
        verbose_name = EDUCATION.words.one
        verbose_name_plural = EDUCATION.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*Row.Meta.constraints, *known_choices(EDUCATION)]


class ProfileMatch(Row):
    dataset = PROFILE_MATCH

    speciality = models.TextField(**about(PROFILE_MATCH, "speciality"))
    subject = models.TextField(**about(PROFILE_MATCH, "subject"))
    fits = models.BooleanField(null=True, **about(PROFILE_MATCH, "fits"))
    ruled_by = models.TextField(null=True, **about(PROFILE_MATCH, "ruled_by"))

    class Meta(Row.Meta):
        db_table = "profile_match"
        verbose_name = PROFILE_MATCH.words.one
        verbose_name_plural = PROFILE_MATCH.title
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Row.Meta.constraints,
            unique_while_kept("speciality", "subject"),
        ]
