"""Consents are given and withdrawn; what is undecided is not published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from opora.people.models import Person
from opora.privacy.models import Consent
from opora.privacy.models.consent import ConsentKind
from opora.registry.batch.references import living
from opora.registry.scope import Actor
from opora.registry.verbs import Sitting, sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenConsent:
    person: int
    kind: str
    """One of ``ConsentKind``."""
    text_version: str
    """Which text was signed: «распространение, 2025-09»."""
    on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnConsent:
    consent: int
    """Id."""
    on: dt.date
    """The first day on which it no longer holds."""


def give_consents(consents: Sequence[GivenConsent], *, municipality: int, by: Actor) -> list[Consent]:
    """Consents that are already given to the municipality are refused: a new text is signed after the old one is
    withdrawn."""
    with sitting(municipality, by, "согласия") as s:
        _refuse_unknown(s, consents)
        _refuse_given(s, consents)
        s.refuse_faults()
        return Consent.objects.bulk_create(
            Consent(
                municipality_id=municipality,
                person_id=each.person,
                kind=each.kind,
                text_version=each.text_version.strip(),
                given_on=each.on,
            )
            for each in consents
        )


def withdraw_consents(withdrawn: Sequence[WithdrawnConsent], *, municipality: int, by: Actor) -> list[Consent]:
    with sitting(municipality, by, "отзыв согласий") as s:
        rows = _own(municipality, [each.consent for each in withdrawn])
        for place, each in enumerate(withdrawn):
            row = rows.get(each.consent)
            _refuse_impossible(s, place, row, each)
            if row is not None:
                row.withdrawn_on = each.on
        s.refuse_faults()
        Consent.objects.bulk_update(rows.values(), ["withdrawn_on"])
        return [rows[each.consent] for each in withdrawn]


def may_publish(persons: Iterable[int], on: dt.date) -> frozenset[int]:
    """Those of the persons whose consent to publication holds on the day: was given by then, and is not withdrawn.

    Asked in the scope of whoever publishes: a consent is given to one operator. A withdrawal silences all that she had
    given before it, also on a card that was merged.
    """
    given = Consent.objects.filter(kind=ConsentKind.PUBLICATION)
    silenced = given.filter(
        person=OuterRef("person"),
        municipality=OuterRef("municipality"),
        withdrawn_on__gt=OuterRef("given_on"),
        withdrawn_on__lte=on,
    )
    holding = given.filter(~Exists(silenced), person__in=[*persons], given_on__lte=on)
    return frozenset(holding.values_list("person_id", flat=True))


def _refuse_unknown(sitting: Sitting, consents: Sequence[GivenConsent]) -> None:
    there = living(Person, (each.person for each in consents))
    for place, each in enumerate(consents):
        if each.person not in there:
            sitting.fault(place, "person", "Такого человека нет, или его карточка в архиве", "Выберите другого")
        if each.kind not in ConsentKind.values:
            sitting.fault(place, "kind", f"Неизвестный вид согласия «{each.kind}»", "Выберите из списка")
        if not each.text_version.strip():
            sitting.fault(place, "text_version", "Не указано, какой текст подписан", "Впишите редакцию текста")


def _refuse_given(sitting: Sitting, consents: Sequence[GivenConsent]) -> None:
    own = Consent.objects.filter(municipality=sitting.municipality, person__in=[each.person for each in consents])
    held = {(row.person_id, row.kind) for row in own.filter(withdrawn_on__isnull=True)}
    ended = {(row.person_id, row.kind): row.withdrawn_on for row in own.order_by("withdrawn_on") if row.withdrawn_on}
    for place, each in enumerate(consents):
        what, last = (each.person, each.kind), ended.get((each.person, each.kind))
        if what in held:
            sitting.fault(place, "", "Такое согласие уже дано", "Если подписан новый текст, сначала отзовите прежнее")
        elif last is not None and each.on < last:
            sitting.fault(place, "on", f"До {last:%d.%m.%Y} действовало прежнее согласие", "Исправьте дату")
        held.add(what)


def _own(municipality: int, ids: Sequence[int]) -> dict[int, Consent]:
    """Held for this transaction."""
    rows = Consent.objects.filter(pk__in=ids, municipality=municipality).order_by("pk").select_for_update(no_key=True)
    return {row.pk: row for row in rows}


def _refuse_impossible(sitting: Sitting, place: int, row: Consent | None, told: WithdrawnConsent) -> None:
    if row is None:
        sitting.fault(place, "consent", "Такого согласия нет, или оно дано другой территории", "Обновите страницу")
    elif row.withdrawn_on is not None:
        sitting.fault(place, "consent", f"Согласие уже отозвано {row.withdrawn_on:%d.%m.%Y}", "Обновите страницу")
    elif told.on < row.given_on:
        sitting.fault(place, "on", f"Согласие дано позже: {row.given_on:%d.%m.%Y}", "Исправьте дату отзыва")
