"""By what a program of a user's is known."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


class Purpose(models.TextChoices):
    """What a program may do; within that it sees what its user does."""

    NUMBERS = "numbers", "читать показатели"
    FACTS = "facts", "читать списки"
    INTAKE = "intake", "принимать файлы"


class Token(models.Model):
    """Good until it expires or is withdrawn. It is not kept itself, so nobody can take it from the database."""

    user = models.ForeignKey("access.User", models.CASCADE, related_name="+", verbose_name="Чей")
    title = models.TextField("Для какой программы")
    digest = models.TextField("Отпечаток ключа", unique=True)
    purposes = ArrayField(models.TextField(choices=Purpose), verbose_name="Что можно")
    made_at = models.DateTimeField("Когда сделан", db_default=Now())
    expires_on = models.DateField("Последний день")
    withdrawn_at = models.DateTimeField("Когда отозван", null=True, blank=True)
    used_on = models.DateField("Последний раз", null=True, blank=True)

    class Meta:
        verbose_name = "ключ для программы"
        verbose_name_plural = "ключи для программ"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(purposes__len__gt=0), name="access_token_has_a_purpose")
        ]
