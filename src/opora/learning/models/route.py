"""Individual routes (ИОМ), their steps, and the support on the way."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opora.indicators.dataset.tables.learning import ROUTE, ROUTE_STEP, SUPPORT
from opora.registry.about import about
from opora.registry.constraints import known_choices
from opora.registry.models import Row, State


class Route(State):
    dataset = ROUTE
    one_at_a_time = ("person", "basis")

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="route_as_person", **about(ROUTE, "person")
    )
    basis = models.TextField(null=True, **about(ROUTE, "basis"))
    tutor = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="route_as_tutor", **about(ROUTE, "tutor")
    )
    approved_on = models.DateField(null=True, **about(ROUTE, "approved_on"))

    class Meta(State.Meta):
        db_table = "route"
        verbose_name = ROUTE.words.one
        verbose_name_plural = ROUTE.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*State.Meta.constraints, *known_choices(ROUTE)]


class RouteStep(Row):
    dataset = ROUTE_STEP
    within = ("route",)

    route = models.ForeignKey("learning.Route", models.PROTECT, **about(ROUTE_STEP, "route"))
    deficit = models.ForeignKey("learning.Deficit", models.PROTECT, null=True, **about(ROUTE_STEP, "deficit"))
    title = models.TextField(null=True, **about(ROUTE_STEP, "title"))
    due = models.DateField(**about(ROUTE_STEP, "due"))
    done_on = models.DateField(null=True, **about(ROUTE_STEP, "done_on"))

    class Meta(Row.Meta):
        db_table = "route_step"
        verbose_name = ROUTE_STEP.words.one
        verbose_name_plural = ROUTE_STEP.title


class Support(Row):
    dataset = SUPPORT
    within = ("route",)

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="support_as_person", **about(SUPPORT, "person")
    )
    route = models.ForeignKey("learning.Route", models.PROTECT, null=True, **about(SUPPORT, "route"))
    by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="support_as_by", **about(SUPPORT, "by")
    )
    kind = models.TextField(**about(SUPPORT, "kind"))
    topic = models.TextField(null=True, **about(SUPPORT, "topic"))
    date = models.DateField(**about(SUPPORT, "date"))

    class Meta(Row.Meta):
        db_table = "support"
        verbose_name = SUPPORT.words.one
        verbose_name_plural = SUPPORT.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*Row.Meta.constraints, *known_choices(SUPPORT)]
