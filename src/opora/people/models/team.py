"""Teams of an organisation."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opora.indicators.dataset.tables.people import TEAM, TEAM_MEMBER
from opora.registry.about import about
from opora.registry.constraints import known_choices
from opora.registry.models import State


class Team(State):
    dataset = TEAM
    within = ("organisation",)

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, **about(TEAM, "organisation"))
    title = models.TextField(null=True, **about(TEAM, "title"))
    kind = models.TextField(**about(TEAM, "kind"))
    topic = models.TextField(null=True, **about(TEAM, "topic"))
    methodical_theme = models.ForeignKey(
        "community.MethodicalTheme", models.PROTECT, null=True, **about(TEAM, "methodical_theme")
    )

    class Meta(State.Meta):
        db_table = "team"
        verbose_name = TEAM.words.one
        verbose_name_plural = TEAM.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*State.Meta.constraints, *known_choices(TEAM)]


class TeamMember(State):
    dataset = TEAM_MEMBER
    one_at_a_time = ("person", "team", "role")
    within = ("team",)

    team = models.ForeignKey("people.Team", models.PROTECT, **about(TEAM_MEMBER, "team"))
    person = models.ForeignKey("people.Person", models.PROTECT, **about(TEAM_MEMBER, "person"))
    role = models.TextField(null=True, **about(TEAM_MEMBER, "role"))

    class Meta(State.Meta):
        db_table = "team_member"
        verbose_name = TEAM_MEMBER.words.one
        verbose_name_plural = TEAM_MEMBER.title
