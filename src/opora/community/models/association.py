"""Associations, who is in them, when they met, and what about."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opora.indicators.dataset.tables.community import ASSOCIATION, ATTENDANCE, MEETING, MEMBERSHIP
from opora.indicators.dataset.tables.experience import METHODICAL_THEME
from opora.registry.about import about
from opora.registry.constraints import known_choices
from opora.registry.models import Row, State


class Association(State):
    dataset = ASSOCIATION
    one_at_a_time = ("title", "organisation", "level")
    within = ("organisation",)

    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, null=True, **about(ASSOCIATION, "organisation")
    )
    title = models.TextField(**about(ASSOCIATION, "title"))
    kind = models.TextField(**about(ASSOCIATION, "kind"))
    level = models.TextField(**about(ASSOCIATION, "level"))
    network = models.BooleanField(null=True, **about(ASSOCIATION, "network"))
    online = models.BooleanField(null=True, **about(ASSOCIATION, "online"))
    head = models.ForeignKey("people.Person", models.PROTECT, null=True, **about(ASSOCIATION, "head"))
    theme = models.TextField(null=True, **about(ASSOCIATION, "theme"))

    class Meta(State.Meta):
        db_table = "association"
        verbose_name = ASSOCIATION.words.one
        verbose_name_plural = ASSOCIATION.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*State.Meta.constraints, *known_choices(ASSOCIATION)]


class Membership(State):
    dataset = MEMBERSHIP
    one_at_a_time = ("person", "association")
    within = ("association",)

    association = models.ForeignKey("community.Association", models.PROTECT, **about(MEMBERSHIP, "association"))
    person = models.ForeignKey("people.Person", models.PROTECT, **about(MEMBERSHIP, "person"))

    class Meta(State.Meta):
        db_table = "membership"
        verbose_name = MEMBERSHIP.words.one
        verbose_name_plural = MEMBERSHIP.title


class Meeting(Row):
    dataset = MEETING
    within = ("association",)

    association = models.ForeignKey("community.Association", models.PROTECT, **about(MEETING, "association"))
    topic = models.TextField(null=True, **about(MEETING, "topic"))
    subject_matter = models.TextField(null=True, **about(MEETING, "subject_matter"))
    protocol = models.TextField(null=True, **about(MEETING, "protocol"))
    date = models.DateField(**about(MEETING, "date"))

    class Meta(Row.Meta):
        db_table = "meeting"
        verbose_name = MEETING.words.one
        verbose_name_plural = MEETING.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*Row.Meta.constraints, *known_choices(MEETING)]


class Attendance(Row):
    dataset = ATTENDANCE
    one_at_a_time = ("meeting", "person")

    meeting = models.ForeignKey("community.Meeting", models.PROTECT, **about(ATTENDANCE, "meeting"))
    person = models.ForeignKey("people.Person", models.PROTECT, **about(ATTENDANCE, "person"))
    present = models.BooleanField(null=True, **about(ATTENDANCE, "present"))
    date = models.DateField(**about(ATTENDANCE, "date"))

    class Meta(Row.Meta):
        db_table = "attendance"
        verbose_name = ATTENDANCE.words.one
        verbose_name_plural = ATTENDANCE.title


class MethodicalTheme(State):
    dataset = METHODICAL_THEME
    within = ("organisation", "association")

    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, null=True, **about(METHODICAL_THEME, "organisation")
    )
    association = models.ForeignKey(
        "community.Association", models.PROTECT, null=True, **about(METHODICAL_THEME, "association")
    )
    title = models.TextField(**about(METHODICAL_THEME, "title"))

    class Meta(State.Meta):
        db_table = "methodical_theme"
        verbose_name = METHODICAL_THEME.words.one
        verbose_name_plural = METHODICAL_THEME.title
