"""Attestation by приказ Минпросвещения России от 24.03.2023 № 196."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from opora.people.domain.attestation import Award, attest, correct_attestations, end_attestations
from opora.people.models import Attestation
from opora.registry.batch import Correction, Ending
from opora.registry.verbs import Refused
from tests.people.town import Town, refusals

LAST_WITH_TERM, FIRST_WITHOUT = dt.date(2023, 8, 31), dt.date(2023, 9, 1)


def award(town: Town, category: str, since: dt.date, person: int = 0, **told: Any) -> Award:
    usual: dict[str, Any] = {"person": town.people[person], "category": category, "since": since, "post": "teacher"}
    return Award(**usual | told)


def held(town: Town) -> list[tuple[str, dt.date | None, dt.date | None]]:
    with town.seen():
        return list(Attestation.objects.order_by("since", "pk").values_list("category", "since", "until"))


@pytest.mark.parametrize(
    ("category", "since", "until"),
    [
        ("first", LAST_WITH_TERM, dt.date(2028, 8, 31)),
        ("first", FIRST_WITHOUT, None),
        ("highest", LAST_WITH_TERM, dt.date(2028, 8, 31)),
        ("highest", FIRST_WITHOUT, None),
        ("highest", dt.date(2020, 2, 29), dt.date(2025, 2, 28)),
        ("conformity", dt.date(2024, 1, 10), dt.date(2029, 1, 10)),
        ("conformity", dt.date(2019, 1, 10), dt.date(2024, 1, 10)),
        ("nonconformity", dt.date(2024, 1, 10), None),
    ],
)
def test_a_result_has_the_term_of_the_law(city: Town, category: str, since: dt.date, until: dt.date | None) -> None:
    attest([award(city, category, since)], **city.as_alice)
    assert held(city) == [(category, since, until)]


def test_a_term_that_is_told_is_kept_but_a_category_of_the_new_order_has_none(city: Town) -> None:
    """In 2020 terms were prolonged."""
    attest([award(city, "first", dt.date(2015, 5, 1), until=dt.date(2021, 1, 1))], **city.as_alice)
    assert held(city) == [("first", dt.date(2015, 5, 1), dt.date(2021, 1, 1))]
    with pytest.raises(Refused) as refused:
        attest([award(city, "highest", FIRST_WITHOUT, until=dt.date(2028, 9, 1))], **city.as_alice)
    assert refusals(refused) == [(0, "until", "Категория, присвоенная с 01.09.2023, бессрочна")]


def test_the_new_categories_are_for_who_has_the_highest_on_that_day_for_that_post(city: Town) -> None:
    attest(
        [
            award(city, "highest", dt.date(2017, 5, 1)),
            award(city, "highest", dt.date(2021, 5, 1), 1),
            award(city, "highest", dt.date(2021, 5, 1), 2, post="methodist"),
        ],
        **city.as_alice,
    )
    day = dt.date(2024, 5, 1)
    with pytest.raises(Refused) as refused:
        attest(
            [
                award(city, "methodist", day, 0),
                award(city, "mentor", day, 1),
                award(city, "methodist", day, 2),
                award(city, "mentor", LAST_WITH_TERM, 1),
            ],
            **city.as_alice,
        )
    no_highest = "На день присвоения нет высшей категории по этой должности"
    assert refusals(refused) == [
        (0, "category", no_highest),
        (2, "category", no_highest),
        (3, "since", "Такую категорию присваивают с 01.09.2023"),
    ]
    attest([award(city, "highest", day), award(city, "methodist", day), award(city, "mentor", day, 1)], **city.as_alice)
    attest([award(city, "mentor", day, 2, post=None)], **city.as_alice)


def test_a_new_result_ends_the_older_one_for_the_same_post(city: Town) -> None:
    first, again, highest = dt.date(2022, 5, 1), dt.date(2024, 5, 1), dt.date(2025, 5, 1)
    attest([award(city, "first", first), award(city, "first", first, post="methodist")], **city.as_alice)
    attest([award(city, "first", again)], **city.as_alice)
    attest([award(city, "highest", highest)], **city.as_alice)
    assert held(city) == [
        ("first", first, again),
        ("first", first, dt.date(2027, 5, 1)),
        ("first", again, highest),
        ("highest", highest, None),
    ]


def test_what_is_entered_late_stands_in_its_place(city: Town) -> None:
    """Also within a batch, in whatever order."""
    days = [dt.date(year, 5, 1) for year in (2018, 2020, 2022)]
    attest([award(city, "highest", days[2])], **city.as_alice)
    attest([award(city, "first", days[1]), award(city, "first", days[0])], **city.as_alice)
    assert held(city) == [
        ("first", days[0], days[1]),
        ("first", days[1], days[2]),
        ("highest", days[2], dt.date(2027, 5, 1)),
    ]


def test_a_first_category_does_not_take_the_highest_away(city: Town) -> None:
    attest([award(city, "highest", dt.date(2019, 5, 1)), award(city, "first", dt.date(2024, 4, 1))], **city.as_alice)
    assert held(city) == [
        ("highest", dt.date(2019, 5, 1), dt.date(2024, 5, 1)),
        ("first", dt.date(2024, 4, 1), None),
    ]


def test_two_results_of_one_day_are_a_fault(city: Town) -> None:
    attest([award(city, "conformity", FIRST_WITHOUT)], **city.as_alice)
    with pytest.raises(Refused) as refused:
        attest([award(city, "nonconformity", FIRST_WITHOUT)], **city.as_alice)
    assert refusals(refused) == [
        (
            0,
            "since",
            "На этот же день уже записано: учитель, соответствие занимаемой должности, с 01.09.2023 по 31.08.2028",
        )
    ]


def test_a_category_is_taken_away_and_a_wrong_one_corrected(city: Town) -> None:
    (highest,) = attest([award(city, "highest", FIRST_WITHOUT)], **city.as_alice)
    until = dt.date(2024, 9, 1)
    end_attestations([Ending(row=highest.pk, until=until)], **city.as_alice)
    assert held(city) == [("highest", FIRST_WITHOUT, until)]
    correct_attestations([Correction(row=highest.pk, seen={"until": until}, becomes={"until": None})], **city.as_alice)
    with pytest.raises(Refused) as refused:
        correct_attestations(
            [Correction(row=highest.pk, seen={"category": "highest"}, becomes={"category": "mentor"})], **city.as_alice
        )
    assert [message for _, _, message in refusals(refused)] == [
        "На день присвоения нет высшей категории по этой должности"
    ]
