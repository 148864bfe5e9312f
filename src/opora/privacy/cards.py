"""One person may have several cards: those that turned out to be hers were merged into one."""

from __future__ import annotations

from opora.people.models import PersonMerge


def cards_of(person: int) -> list[int]:
    """Her card and all that were merged into it, as far as they are seen."""
    cards, found = [person], [person]
    while found:
        merges = PersonMerge.objects.filter(kept__in=found, undone_at__isnull=True)
        found = [pk for pk in merges.values_list("duplicate_id", flat=True) if pk not in cards]
        cards += found
    return cards
