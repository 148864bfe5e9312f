"""The chain that proves that neither the trail nor the reading log was rewritten."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Seal(models.Model):
    """One link: all rows of both logs whose moments lie in [since, until), and the link before it.

    Written by a function of the database alone.
    """

    number = models.PositiveIntegerField("Звено", primary_key=True)
    since = models.BigIntegerField("С")
    until = models.BigIntegerField("До")
    trail_rows = models.BigIntegerField("Записей об изменениях")
    trail_digest = models.BinaryField("Отпечаток записей об изменениях")
    reading_rows = models.BigIntegerField("Записей о чтении")
    reading_digest = models.BinaryField("Отпечаток записей о чтении")
    sealed_at = models.DateTimeField("Когда", db_default=Now())
    previous = models.BinaryField("Отпечаток предыдущего звена")
    chain = models.BinaryField("Отпечаток звена")

    class Meta:
        db_table = "seal"
        verbose_name = "звено цепочки"
        verbose_name_plural = "цепочка журналов"
