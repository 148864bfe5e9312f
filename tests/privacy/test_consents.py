"""Consents: given, withdrawn, and what follows from them for what may be published."""

from __future__ import annotations

import datetime as dt

import pytest

from opora.people.domain.merge import OnePerson, merge_people
from opora.privacy.consents import GivenConsent, WithdrawnConsent, give_consents, may_publish, withdraw_consents
from opora.privacy.models import Consent
from opora.privacy.models.consent import ConsentKind
from opora.registry.models import Trail
from opora.registry.scope import scope
from opora.registry.verbs import Refused
from tests.people.town import ALICE, AUTUMN, NEW_YEAR, SPRING, Town, counted, refusals, town

DAY = dt.timedelta(1)


def signed(city: Town, person: int, on: dt.date = AUTUMN, kind: str = ConsentKind.PUBLICATION) -> Consent:
    told = GivenConsent(person=person, kind=kind, text_version="распространение, 2021-08", on=on)
    return give_consents([told], **city.as_alice)[0]


def published(city: Town, on: dt.date) -> list[int]:
    """Places of the people who may be named."""
    with city.seen():
        allowed = may_publish(city.people, on)
    return [place for place, person in enumerate(city.people) if person in allowed]


def test_nobody_is_published_who_has_not_agreed(city: Town) -> None:
    assert published(city, SPRING) == []
    signed(city, city.people[0])
    signed(city, city.people[1], kind=ConsentKind.PROCESSING)
    assert published(city, SPRING) == [0]


def test_a_consent_holds_from_its_day_until_the_day_of_its_withdrawal(city: Town) -> None:
    consent = signed(city, city.people[0])
    withdraw_consents([WithdrawnConsent(consent=consent.pk, on=NEW_YEAR)], **city.as_alice)
    days = [AUTUMN - DAY, AUTUMN, NEW_YEAR - DAY, NEW_YEAR, SPRING]
    assert [published(city, on) for on in days] == [[], [0], [0], [], []]


def test_a_new_text_is_signed_after_the_old_consent_is_withdrawn(city: Town) -> None:
    consent = signed(city, city.people[0])
    with pytest.raises(Refused) as refused:
        signed(city, city.people[0], SPRING)
    assert refusals(refused) == [(0, "", "Такое согласие уже дано")]
    withdraw_consents([WithdrawnConsent(consent=consent.pk, on=NEW_YEAR)], **city.as_alice)
    with pytest.raises(Refused) as refused:
        signed(city, city.people[0], NEW_YEAR - DAY)
    assert refusals(refused) == [(0, "on", "До 01.01.2022 действовало прежнее согласие")]
    signed(city, city.people[0], SPRING)
    assert [published(city, on) for on in (NEW_YEAR, SPRING)] == [[], [0]]


def test_all_faults_of_a_batch_are_told_and_nothing_is_written(city: Town) -> None:
    person = city.people[0]
    batch = [
        GivenConsent(person=0, kind="publication", text_version="1", on=AUTUMN),
        GivenConsent(person=person, kind="everything", text_version=" ", on=AUTUMN),
        GivenConsent(person=person, kind="processing", text_version="1", on=AUTUMN),
        GivenConsent(person=person, kind="processing", text_version="1", on=AUTUMN),
    ]
    with pytest.raises(Refused) as refused:
        give_consents(batch, **city.as_alice)
    assert refusals(refused) == [
        (0, "person", "Такого человека нет, или его карточка в архиве"),
        (1, "kind", "Неизвестный вид согласия «everything»"),
        (1, "text_version", "Не указано, какой текст подписан"),
        (3, "", "Такое согласие уже дано"),
    ]
    with city.seen():
        assert not Consent.objects.exists()


def test_a_withdrawal_must_be_possible(city: Town) -> None:
    consent = signed(city, city.people[0])
    early = WithdrawnConsent(consent=consent.pk, on=AUTUMN - DAY)
    with pytest.raises(Refused) as refused:
        withdraw_consents([early, WithdrawnConsent(consent=0, on=SPRING)], **city.as_alice)
    assert refusals(refused) == [
        (0, "on", "Согласие дано позже: 01.09.2021"),
        (1, "consent", "Такого согласия нет, или оно дано другой территории"),
    ]
    done = WithdrawnConsent(consent=consent.pk, on=SPRING)
    withdraw_consents([done], **city.as_alice)
    with pytest.raises(Refused) as refused:
        withdraw_consents([done], **city.as_alice)
    assert refusals(refused) == [(0, "consent", "Согласие уже отозвано 01.03.2022")]


def test_what_was_agreed_with_one_town_is_not_agreed_with_another(city: Town) -> None:
    village = town("село")
    consent = signed(city, city.people[0])
    with scope([village.municipality], ALICE):
        assert may_publish(city.people, SPRING) == frozenset()
    with pytest.raises(Refused):
        withdraw_consents([WithdrawnConsent(consent=consent.pk, on=SPRING)], **village.as_alice)


def test_giving_and_withdrawing_are_in_the_trail(city: Town) -> None:
    consent = signed(city, city.people[0])
    withdraw_consents([WithdrawnConsent(consent=consent.pk, on=SPRING)], **city.as_alice)
    with city.seen():
        told = Trail.objects.filter(table_name="consent", row_id=consent.pk).order_by("pk")
        assert list(told.values_list("action", "changes")) == [
            ("insert", None),
            ("update", {"withdrawn_on": [None, "2022-03-01"]}),
        ]


def test_a_batch_costs_the_same_number_of_queries_however_big_it_is(city: Town) -> None:
    def cost(people: tuple[int, ...], kind: str) -> list[list[int]]:
        batch = [GivenConsent(person=person, kind=kind, text_version="1", on=AUTUMN) for person in people]
        with counted() as giving:
            given = give_consents(batch, **city.as_alice)
        with counted() as withdrawing:
            withdraw_consents([WithdrawnConsent(consent=row.pk, on=SPRING) for row in given], **city.as_alice)
        return [giving, withdrawing]

    assert cost(city.people[:1], "processing") == cost(city.people, "publication")


def test_a_consent_of_a_merged_card_is_hers(city: Town) -> None:
    kept, duplicate, _ = city.people
    signed(city, duplicate)
    merge_people([OnePerson(keep=kept, duplicates=(duplicate,))], **city.as_alice)
    assert published(city, SPRING) == [0]


def test_what_she_has_withdrawn_on_one_card_is_not_published_by_another(city: Town) -> None:
    kept, duplicate, _ = city.people
    signed(city, duplicate)
    consent = signed(city, kept, AUTUMN + DAY)
    withdraw_consents([WithdrawnConsent(consent=consent.pk, on=NEW_YEAR)], **city.as_alice)
    merge_people([OnePerson(keep=kept, duplicates=(duplicate,))], **city.as_alice)
    assert [published(city, on) for on in (NEW_YEAR - DAY, NEW_YEAR)] == [[0], []]
