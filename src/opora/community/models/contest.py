"""Contests and who entered them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from opora.indicators.dataset.tables.community import CONTEST, CONTEST_ENTRY
from opora.registry.about import about
from opora.registry.constraints import known_choices
from opora.registry.models import Row


class Contest(Row):
    dataset = CONTEST
    named_otherwise: ClassVar[Mapping[str, str]] = {"municipality": "held_by"}

    held_by = models.ForeignKey(
        "people.Territory", models.PROTECT, null=True, related_name="+", **about(CONTEST, "municipality")
    )
    """The dataset's ``municipality``: empty for contests from outside, which a municipality enters all the same."""
    title = models.TextField(**about(CONTEST, "title"))
    kind = models.TextField(**about(CONTEST, "kind"))
    level = models.TextField(null=True, **about(CONTEST, "level"))
    status = models.BooleanField(null=True, **about(CONTEST, "status"))
    award = models.TextField(null=True, **about(CONTEST, "award"))
    date = models.DateField(**about(CONTEST, "date"))

    class Meta(Row.Meta):
        db_table = "contest"
        verbose_name = CONTEST.words.one
        verbose_name_plural = CONTEST.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*Row.Meta.constraints, *known_choices(CONTEST)]


class ContestEntry(Row):
    dataset = CONTEST_ENTRY
    one_at_a_time = ("contest", "person", "team", "organisation")

    contest = models.ForeignKey("community.Contest", models.PROTECT, **about(CONTEST_ENTRY, "contest"))
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, **about(CONTEST_ENTRY, "person"))
    team = models.ForeignKey("people.Team", models.PROTECT, null=True, **about(CONTEST_ENTRY, "team"))
    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, null=True, **about(CONTEST_ENTRY, "organisation")
    )
    result = models.TextField(null=True, **about(CONTEST_ENTRY, "result"))
    date = models.DateField(**about(CONTEST_ENTRY, "date"))

    class Meta(Row.Meta):
        db_table = "contest_entry"
        verbose_name = CONTEST_ENTRY.words.one
        verbose_name_plural = CONTEST_ENTRY.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*Row.Meta.constraints, *known_choices(CONTEST_ENTRY)]
