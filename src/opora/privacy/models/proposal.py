"""What a person proposes to mend or to add in what is held on her (152-ФЗ, ст. 14, ч. 1), and what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from opora.registry.managers import ScopedManager


class Verdict(models.TextChoices):
    CONFIRMED = "confirmed", "подтверждено"
    DECLINED = "declined", "отклонено"


class Proposal(models.Model):
    """Changes nothing by itself: what is confirmed is written into its table by that table's own verb."""

    municipality = models.ForeignKey(
        "people.Territory", models.PROTECT, verbose_name="Муниципалитет", related_name="+", db_constraint=False
    )
    person = models.ForeignKey("people.Person", models.PROTECT, verbose_name="Кто предлагает", related_name="+")
    table_name = models.TextField("Таблица")
    row_id = models.BigIntegerField("Строка", null=True)
    """What is to be corrected; after a new fact was confirmed, the row that it became."""
    seen = models.JSONField("Было", null=True, encoder=DjangoJSONEncoder)
    """What stood there; empty: it is a new fact."""
    becomes = models.JSONField("Предложено", encoder=DjangoJSONEncoder)
    words = models.TextField("Пояснение", blank=True)
    proposed_at = models.DateTimeField("Когда предложено", db_default=Now())
    verdict = models.TextField("Решение", choices=Verdict, null=True)
    answer = models.TextField("Ответ", blank=True)
    decided_at = models.DateTimeField("Когда решено", null=True)
    decided_by = models.TextField("Кто решил", blank=True)

    objects = ScopedManager()

    class Meta:
        db_table = "proposal"
        base_manager_name = "objects"
        verbose_name = "предложение педагога"
        verbose_name_plural = "предложения педагогов"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="proposal_verdict_is_known"),
            models.CheckConstraint(
                condition=Q(verdict__isnull=True, decided_at__isnull=True)
                | Q(verdict__isnull=False, decided_at__isnull=False),
                name="proposal_decided_with_its_day",
            ),
        ]

    @property
    def is_new(self) -> bool:
        """A new fact, and not a correction."""
        return self.seen is None


class ProposalFile(models.Model):
    """A copy of the paper that proves it, encrypted. Read and written by ``opora.privacy.proposals`` alone."""

    municipality = models.ForeignKey(
        "people.Territory", models.PROTECT, verbose_name="Муниципалитет", related_name="+", db_constraint=False
    )
    proposal = models.OneToOneField(Proposal, models.PROTECT, verbose_name="Предложение", related_name="+")
    name = models.TextField("Имя файла")
    kind = models.TextField("Вид файла")
    size = models.PositiveIntegerField("Размер")
    ciphertext = models.BinaryField("Содержание, зашифровано")
    digest = models.BinaryField("Отпечаток с ключом")

    objects = ScopedManager()

    class Meta:
        db_table = "proposal_file"
        base_manager_name = "objects"
        verbose_name = "файл к предложению"
        verbose_name_plural = "файлы к предложениям"
