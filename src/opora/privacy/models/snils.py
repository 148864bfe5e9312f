"""Insurance numbers: kept encrypted, found by a keyed digest, never shown whole."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opora.registry.managers import ScopedManager


class Snils(models.Model):
    """Of a person whom the municipality knows by it. Read and written by ``opora.privacy.snils`` alone."""

    municipality = models.ForeignKey(
        "people.Territory", models.PROTECT, verbose_name="Муниципалитет", related_name="+", db_constraint=False
    )
    person = models.ForeignKey("people.Person", models.PROTECT, verbose_name="Человек", related_name="+")
    ciphertext = models.BinaryField("Номер, зашифрован")
    digest = models.BinaryField("Отпечаток с ключом")

    objects = ScopedManager()

    class Meta:
        db_table = "snils"
        base_manager_name = "objects"
        verbose_name = "СНИЛС"
        verbose_name_plural = "СНИЛС"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["digest"], name="snils_digest")]
