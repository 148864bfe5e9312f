"""Documents enter into force, replace others and end; of every day the registry says what a plain list says."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.records.domain.document import NewDocument, correct_documents, enact, end_documents
from opora.records.models import Document
from opora.registry.batch import Correction, Ending
from opora.registry.verbs import Refused
from tests.people.town import AUTUMN, BOB, NEW_YEAR, SPRING, Town, refusals, town


def test_a_document_that_replaces_another_ends_it_on_its_first_day(city: Town) -> None:
    (old,) = enact([NewDocument(kind="regulation", topic="наставничество", since=AUTUMN)], **city.as_alice)
    with pytest.raises(Refused) as refused:
        enact(
            [
                NewDocument(kind="regulation", topic="наставничество", replaces=old.pk),
                NewDocument(kind="regulation", topic="советы", since=SPRING, replaces=10**12),
            ],
            **city.as_alice,
        )
    assert refusals(refused) == [
        (0, "since", "Не заполнено: «С»"),
        (1, "replaces", "Такой строки нет, или её ведёт другая территория"),
    ]
    with pytest.raises(Refused) as refused:
        enact([NewDocument(kind="regulation", since=AUTUMN, replaces=old.pk)], **city.as_alice)
    assert refusals(refused) == [(0, "replaces", "Этот документ действует только с 01.09.2021")]
    enact([NewDocument(kind="regulation", topic="наставничество", since=SPRING, replaces=old.pk)], **city.as_alice)
    with city.seen():
        told = Document.objects.order_by("since").values_list("since", "until")
        assert list(told) == [(AUTUMN, SPRING), (SPRING, None)]


def test_what_had_ended_before_it_was_replaced_keeps_its_end(city: Town) -> None:
    (old,) = enact([NewDocument(kind="plan", since=AUTUMN, until=NEW_YEAR)], **city.as_alice)
    enact([NewDocument(kind="plan", since=SPRING, replaces=old.pk)], **city.as_alice)
    with city.seen():
        assert Document.objects.get(pk=old.pk).until == NEW_YEAR


def test_a_number_is_given_once_on_a_day_by_whom_to_documents_of_a_kind(city: Town) -> None:
    usual: dict[str, Any] = {"kind": "order", "number": "12-од", "dated": AUTUMN}
    (made,) = enact([NewDocument(**usual, title="О наставниках")], **city.as_alice)
    enact(
        [
            NewDocument(**usual, organisation=city.school),
            NewDocument(**usual | {"dated": SPRING}),
            NewDocument(**usual | {"kind": "protocol"}),
        ],
        **city.as_alice,
    )
    with pytest.raises(Refused) as refused:
        enact([NewDocument(**usual, title="О совете")], **city.as_alice)
    taken = "Документ с этим номером и датой уже есть: приказ, О наставниках"
    assert refusals(refused) == [(0, "number", taken)]
    (other,) = enact([NewDocument(**usual | {"number": "13-од"})], **city.as_alice)
    with pytest.raises(Refused) as refused:
        correct_documents(
            [Correction(row=other.pk, seen={"number": "13-од"}, becomes={"number": " 12-од "})], **city.as_alice
        )
    assert refusals(refused) == [(0, "number", taken)]
    correct_documents(
        [Correction(row=made.pk, seen={"title": "О наставниках"}, becomes={"title": "О советах"})], **city.as_alice
    )


def test_another_town_replaces_and_ends_only_its_own_documents(city: Town) -> None:
    (ours,) = enact([NewDocument(kind="plan", since=AUTUMN)], **city.as_alice)
    village = town("село")
    as_bob: dict[str, Any] = {"municipality": village.municipality, "by": BOB}
    foreign = "Такой строки нет, или её ведёт другая территория"
    with pytest.raises(Refused) as refused:
        enact([NewDocument(kind="plan", since=SPRING, replaces=ours.pk)], **as_bob)
    assert refusals(refused) == [(0, "replaces", foreign)]
    with pytest.raises(Refused) as refused:
        end_documents([Ending(row=ours.pk, until=SPRING)], **as_bob)
    assert refusals(refused) == [(0, "row", foreign)]
    with city.seen():
        assert Document.objects.get().until is None


@dataclass(frozen=True)
class Held:
    since: dt.date
    until: dt.date | None = None


DAYS = [AUTUMN + dt.timedelta(number) for number in range(8)]
DAY = st.sampled_from(DAYS)
ENACT = st.tuples(st.just("enact"), DAY, st.none() | st.integers(0, 9))
END = st.tuples(st.just("end"), DAY, st.integers(0, 9))


@pytest.fixture(scope="module")
def archive(installation: Any) -> Town:
    from tests.registry.database import forget_everything

    forget_everything(installation)
    village = town("село", people=0)
    enact([NewDocument(kind="order", since=DAYS[0])], **village.as_alice)
    return town(people=0)


@given(steps=st.lists(ENACT | END, min_size=3, max_size=9))
@settings(max_examples=25)
def test_any_sequence_of_documents_is_in_force_on_every_day_as_the_plain_model_has_it(
    archive: Town, steps: list[tuple[Any, ...]]
) -> None:
    with archive.seen():
        Document.objects.all().delete()
    held: dict[int, Held] = {}
    for number, (verb, day, which) in enumerate(steps):
        known = sorted(held)
        row = known[which % len(known)] if known and which is not None else None
        old = held[row] if row is not None else None
        try:
            if verb == "enact":
                (made,) = enact(
                    [NewDocument(kind="order", number=f"{number}", since=day, replaces=row)], **archive.as_alice
                )
                assert old is None or old.since < day
                held[made.pk] = Held(day)
                if old is not None and row is not None and (old.until is None or old.until > day):
                    held[row] = replace(old, until=day)
            elif old is not None and row is not None:
                end_documents([Ending(row=row, until=day)], **archive.as_alice)
                assert old.until is None
                assert day >= old.since
                held[row] = replace(old, until=day)
        except Refused:
            assert old is not None
            assert old.since >= day if verb == "enact" else (old.until is not None or day < old.since)
        with archive.seen():
            for each in DAYS:
                in_force = Document.objects.filter(since__lte=each).exclude(until__lte=each)
                assert set(in_force.values_list("pk", flat=True)) == {
                    pk for pk, state in held.items() if state.since <= each and (not state.until or each < state.until)
                }
