"""Whoever acted, by name: the registry itself calls users by numbers."""

from __future__ import annotations

from collections.abc import Iterable

from opora.access.models import User


def names_of(acting: Iterable[str]) -> dict[str, str]:
    """Names of the users among these actors, by what the trail calls them. Others are called what they are."""
    numbers = [last for each in set(acting) if (last := each.rpartition(" ")[2]).isdecimal()]
    users = User.objects.filter(pk__in=numbers)
    known = {user.acting: user.full_name for user in users}
    return {each: known.get(each, each) for each in acting}
