"""People are looked for by name."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from opora.people.models import Person


def named(people: QuerySet[Person], sought: str) -> QuerySet[Person]:
    """Those in whose name every one of the words begins a part."""
    for word in sought.split():
        starts = Q(last_name__istartswith=word) | Q(first_name__istartswith=word) | Q(patronymic__istartswith=word)
        people = people.filter(starts)
    return people.order_by("last_name", "first_name", "pk")
