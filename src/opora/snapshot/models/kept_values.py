"""Values that were counted once, and as of which moment."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from opora.registry.managers import ScopedManager


class KeptValues(models.Model):
    """The last answer to one question. It holds as long as none of ``tables`` has changed since it was counted."""

    municipality = models.ForeignKey("people.Territory", models.CASCADE, related_name="+")
    question = models.TextField()
    """Digest of all that the answer depends on beside the facts."""
    result = models.JSONField()
    tables = ArrayField(models.TextField())
    era = models.BigIntegerField()
    seen = models.TextField()
    """With ``era``: the moment (``moments.Moment``) at which the facts were read."""
    counted_at = models.DateTimeField(db_default=Now())

    objects = ScopedManager()

    class Meta:
        db_table = "kept_values"
        base_manager_name = "objects"
        verbose_name = "посчитанные значения"
        verbose_name_plural = "посчитанные значения"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["municipality", "question"], name="kept_values_of_a_question")
        ]
