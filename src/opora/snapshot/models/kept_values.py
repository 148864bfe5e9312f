"""What was counted once, and as of which moment."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from opora.registry.managers import ScopedManager


class _Kept(models.Model):
    municipality = models.ForeignKey("people.Territory", models.CASCADE, related_name="+")

    objects = ScopedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"


class KeptValues(_Kept):
    """The last answer to one question, or that it is being looked for."""

    question = models.TextField()
    """Digest of all that the answer depends on beside the facts."""
    about = models.JSONField(null=True)
    """What is true of the answer as a whole; empty as long as there is none."""
    tables = ArrayField(models.TextField(), default=list)
    """The answer holds as long as none of them has changed; of values each indicator has its own."""
    era = models.BigIntegerField(null=True)
    seen = models.TextField(default="")
    """With ``era``: the moment (``moments.Moment``) since which changes matter."""
    counted_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    """Since when a newer answer is waited for; empty when nobody waits."""
    failed_at = models.DateTimeField(null=True)
    failure = models.TextField(default="")
    """Why the last count came to nothing, in words for a page."""

    class Meta(_Kept.Meta):
        db_table = "kept_values"
        verbose_name = "посчитанные значения"
        verbose_name_plural = "посчитанные значения"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["municipality", "question"], name="kept_values_of_a_question")
        ]


class KeptIndicator(_Kept):
    """One indicator of kept values: each is counted anew only after a change of a table that it reads."""

    values = models.ForeignKey(KeptValues, models.CASCADE, related_name="indicators")
    place = models.PositiveIntegerField()
    """In the programme's order."""
    code = models.TextField()
    tables = ArrayField(models.TextField())
    counted_at = models.DateTimeField(db_default=Now())
    number = models.JSONField()
    """``IndicatorResult`` without its breakdowns."""
    breakdowns = models.JSONField("Разрезы")
    history = models.JSONField()

    class Meta(_Kept.Meta):
        db_table = "kept_indicator"
        ordering = ("place",)
        verbose_name = "посчитанный показатель"
        verbose_name_plural = "посчитанные показатели"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["values", "code"], name="kept_indicator_once")
        ]


class KeptThing(_Kept):
    """A thing behind an opened number: who is in, who is out, who is not known to be."""

    values = models.ForeignKey(KeptValues, models.CASCADE, related_name="things")
    list = models.PositiveIntegerField()
    """Which of the counts that the formula is made of."""
    place = models.PositiveIntegerField()
    """In the order in which it is shown."""
    code = models.SmallIntegerField()
    in_base = models.SmallIntegerField()
    key = models.TextField("Код")
    person = models.BigIntegerField("Номер карточки", null=True)
    """Whom it is about: the number of her card, that ``visible_to`` can be asked. No reference: what was counted is
    forgotten as a whole when a card is destroyed."""
    row = models.JSONField("Кто это и чего не хватает")
    """``OpenedRow``."""

    class Meta(_Kept.Meta):
        db_table = "kept_thing"
        ordering = ("list", "place")
        verbose_name = "кто за числом"
        verbose_name_plural = "кто за числами"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["values", "list", "place"], name="kept_thing_in_order")
        ]
