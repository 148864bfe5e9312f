"""СНИЛС: optional, checked, kept encrypted, compared by a keyed digest, shown by its last digits only."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from opora.people.models import Person
from opora.privacy.models import Snils
from opora.privacy.vault import decrypted, encrypted, keyed_digest
from opora.registry.batch.references import living
from opora.registry.scope import Actor
from opora.registry.verbs import Sitting, sitting

_WRITTEN = re.compile(r"\d{3}[- ]?\d{3}[- ]?\d{3}[- ]?\d{2}")
_FIRST_CHECKED = 1_001_998
"""Up to this number there were no control digits; such numbers are not in use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedSnils:
    person: int
    number: str
    """As people write it: «112-233-445 95», «11223344595»."""


def record_snils(stated: Sequence[StatedSnils], *, municipality: int, by: Actor) -> None:
    """In place of what was recorded before. Refuses a number that another card has: it may be the same person."""
    with sitting(municipality, by, "СНИЛС") as s:
        numbers = [_checked(s, place, each.number) for place, each in enumerate(stated)]
        _refuse_unknown(s, stated)
        digests = [keyed_digest(number.encode()) if number else None for number in numbers]
        _refuse_others(s, stated, digests)
        s.refuse_faults()
        _own(municipality, [each.person for each in stated]).delete()
        Snils.objects.bulk_create(
            Snils(
                municipality_id=municipality,
                person_id=each.person,
                digest=digest,
                ciphertext=encrypted(number.encode(), digest),
            )
            for each, number, digest in zip(stated, numbers, digests, strict=True)
            if number and digest
        )


def forget_snils(persons: Iterable[int], *, municipality: int, by: Actor) -> None:
    with sitting(municipality, by, "удаление СНИЛС"):
        _own(municipality, persons).delete()


def masked(persons: Iterable[int]) -> dict[int, str]:
    """«•••-•••-445 95», of those whose number is known in the scope."""
    rows = Snils.objects.filter(person__in=[*persons]).order_by("pk")
    return {row.person_id: _masked(decrypted(bytes(row.ciphertext), bytes(row.digest)).decode()) for row in rows}


def people_with_one_number() -> list[tuple[int, ...]]:
    """Cards that have the same number, in the scope: they should be merged."""
    cards: defaultdict[bytes, set[int]] = defaultdict(set)
    for digest, person in Snils.objects.values_list("digest", "person_id"):
        cards[bytes(digest)].add(person)
    return sorted(tuple(sorted(found)) for found in cards.values() if len(found) > 1)


def _masked(number: str) -> str:
    return f"•••-•••-{number[6:9]} {number[9:]}"


def _checked(sitting: Sitting, place: int, written: str) -> str | None:
    """Its eleven digits."""
    written = written.strip()
    if not _WRITTEN.fullmatch(written):
        sitting.fault(place, "number", "В СНИЛС должно быть 11 цифр: 123-456-789 01", "Впишите номер заново")
        return None
    number = re.sub(r"\D", "", written)
    if int(number[:9]) <= _FIRST_CHECKED or number[9:] != _control(number[:9]):
        sitting.fault(place, "number", "Контрольное число СНИЛС не сходится", "Сверьте номер с документом")
        return None
    return number


def _control(digits: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(9, 0, -1), strict=True))
    return f"{total % 101 % 100:02}"


def _refuse_unknown(sitting: Sitting, stated: Sequence[StatedSnils]) -> None:
    there = living(Person, (each.person for each in stated))
    named: set[int] = set()
    for place, each in enumerate(stated):
        if each.person not in there:
            sitting.fault(place, "person", "Такого человека нет, или его карточка в архиве", "Выберите другого")
        elif each.person in named:
            sitting.fault(place, "person", "Этот человек назван дважды", "Оставьте один номер")
        named.add(each.person)


def _refuse_others(sitting: Sitting, stated: Sequence[StatedSnils], digests: Sequence[bytes | None]) -> None:
    owners = _owners([digest for digest in digests if digest])
    for place, (each, digest) in enumerate(zip(stated, digests, strict=True)):
        if digest is None:
            continue
        other = owners.get(digest)
        if other is not None and other.pk != each.person:
            # Whose it is stays untold: not everybody who enters numbers may see that card.
            message = "Этот СНИЛС уже у другой карточки"
            sitting.fault(place, "number", message, "Сверьте номер; если это один человек, объедините карточки")
        elif digest in digests[:place]:
            sitting.fault(place, "number", "Этот СНИЛС назван дважды", "Сверьте номера")


def _owners(digests: Sequence[bytes]) -> Mapping[bytes, Person]:
    """Of living cards that are seen."""
    rows = Snils.objects.filter(digest__in=digests, person__archived_at__isnull=True).select_related("person")
    return {bytes(row.digest): row.person for row in rows}


def _own(municipality: int, persons: Iterable[int]) -> QuerySet[Snils]:
    return Snils.objects.filter(municipality=municipality, person__in=[*persons])
