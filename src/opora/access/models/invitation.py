"""How somebody becomes a user, or gets one more role: by a link that is known to her alone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower, Now

from opora.access.models.seat import Seat


class Invitation(Seat):
    """Good until it expires or is used. The link itself is not kept, so nobody can take it from the database."""

    email = models.EmailField("Электронная почта")
    full_name = models.TextField("Фамилия, имя, отчество")
    person = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="Человек в реестре"
    )
    digest = models.TextField("Отпечаток ссылки", unique=True)
    made_at = models.DateTimeField("Когда сделано", db_default=Now())
    expires_at = models.DateTimeField("Действует до")
    used_at = models.DateTimeField("Когда принято", null=True, blank=True)

    class Meta(Seat.Meta):
        verbose_name = "приглашение"
        verbose_name_plural = "приглашения"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Seat.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="access_invitation_email_in_lower_case"
            ),
        ]
