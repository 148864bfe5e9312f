"""Whoever signs in."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower, Now

ACTING = "пользователь"
"""What the trail calls users; their numbers follow."""


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """Made by an invitation or on the command line only. What she may see follows from her grants alone."""

    email = models.EmailField("Электронная почта", unique=True)
    full_name = models.TextField("Фамилия, имя, отчество")
    person = models.OneToOneField(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="Человек в реестре"
    )
    """Who she is in the registry; empty for those on whom it holds nothing."""
    is_active = models.BooleanField("Может входить", default=True)
    second_factor_since = models.DateTimeField("Второй фактор с", null=True, blank=True)
    """Kept by a trigger on the keys of second factors: so the trail tells of it, however it was set up or forgotten."""
    made_at = models.DateTimeField("Когда заведена", db_default=Now())

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects = UserManager()

    class Meta:
        verbose_name = "пользователь"
        verbose_name_plural = "пользователи"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="access_user_email_in_lower_case")
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name

    @property
    def acting(self) -> str:
        """As the trail calls her: by a number, so that a trail that must not change holds nobody's name."""
        return f"{ACTING} {self.pk}"
