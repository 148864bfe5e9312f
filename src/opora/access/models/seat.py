"""A role in its place: what a grant gives and an invitation promises."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from opora.access.roles import PLACE, Place, Role, roles_within


def _right_place() -> models.CheckConstraint:
    """Each role within its own kind of place; the territory is always told, and is that of the organisation."""
    nowhere = Q(organisation__isnull=True, association__isnull=True)
    condition = (
        (Q(role__in=roles_within(Place.TERRITORY)) & nowhere)
        | Q(role__in=roles_within(Place.ORGANISATION), organisation__isnull=False, association__isnull=True)
        | Q(role__in=roles_within(Place.ASSOCIATION), organisation__isnull=True, association__isnull=False)
    )
    return models.CheckConstraint(condition=condition, name="%(app_label)s_%(class)s_role_in_its_place")


class Seat(models.Model):
    role = models.TextField("Роль", choices=Role)
    territory = models.ForeignKey(
        "people.Territory", models.PROTECT, related_name="+", verbose_name="Муниципалитет или регион"
    )
    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Организация"
    )
    association = models.ForeignKey(
        "community.Association", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Объединение"
    )

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [_right_place()]

    @property
    def kind_of_place(self) -> Place:
        return PLACE[Role(self.role)]
