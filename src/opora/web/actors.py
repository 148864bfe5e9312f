"""Whoever acted, by name: the registry itself calls users by numbers."""

from __future__ import annotations

from collections.abc import Collection

from opora.access.models import User
from opora.access.models.user import ACTING


def names_of(acting: Collection[str]) -> dict[str, str]:
    """Names of the users among these actors, by what the trail calls them. Others are called what they are."""
    numbers = [number for each in acting if (number := each.removeprefix(f"{ACTING} ")).isdecimal()]
    users = User.objects.filter(pk__in=numbers)
    known = {user.acting: user.full_name for user in users}
    return {each: known.get(each, each) for each in acting}
