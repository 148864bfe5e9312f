"""Events and who took part."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opora.indicators.dataset.tables.community import EVENT, PARTICIPATION
from opora.registry.about import about
from opora.registry.constraints import known_choices
from opora.registry.models import Row


class Event(Row):
    dataset = EVENT
    within = ("association",)

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, null=True, **about(EVENT, "organisation"))
    association = models.ForeignKey("community.Association", models.PROTECT, null=True, **about(EVENT, "association"))
    project = models.ForeignKey("community.Project", models.PROTECT, null=True, **about(EVENT, "project"))
    title = models.TextField(**about(EVENT, "title"))
    kind = models.TextField(**about(EVENT, "kind"))
    topic = models.TextField(null=True, **about(EVENT, "topic"))
    level = models.TextField(null=True, **about(EVENT, "level"))
    audience = models.TextField(null=True, **about(EVENT, "audience"))
    date = models.DateField(**about(EVENT, "date"))

    class Meta(Row.Meta):
        db_table = "event"
        verbose_name = EVENT.words.one
        verbose_name_plural = EVENT.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*Row.Meta.constraints, *known_choices(EVENT)]


class Participation(Row):
    dataset = PARTICIPATION
    one_at_a_time = ("event", "person", "role")

    event = models.ForeignKey("community.Event", models.PROTECT, **about(PARTICIPATION, "event"))
    person = models.ForeignKey("people.Person", models.PROTECT, **about(PARTICIPATION, "person"))
    role = models.TextField(null=True, **about(PARTICIPATION, "role"))
    date = models.DateField(**about(PARTICIPATION, "date"))

    class Meta(Row.Meta):
        db_table = "participation"
        verbose_name = PARTICIPATION.words.one
        verbose_name_plural = PARTICIPATION.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*Row.Meta.constraints, *known_choices(PARTICIPATION)]
