"""СНИЛС: never in clear in the database, never whole on a page, and still two cards of one person are found."""

from __future__ import annotations

import subprocess

import pytest

from opora.people.domain.merge import OnePerson, merge_people
from opora.people.models import Person
from opora.privacy.models import Snils
from opora.privacy.snils import StatedSnils, forget_snils, masked, people_with_one_number, record_snils
from opora.privacy.vault import decrypted, encrypted, keyed_digest
from opora.registry.models import Trail
from opora.registry.verbs import Refused
from opora.site.embedded import client_program
from opora.site.home import Home
from opora.site.trouble import SiteTrouble
from opora.upkeep.sight import address, environment
from tests.people.town import Town, counted, refusals, town

NUMBER, ANOTHER, THIRD = "112-233-445 95", "087-654-303 00", "123-456-789 64"


def recorded(city: Town, *stated: tuple[int, str]) -> None:
    told = [StatedSnils(person=city.people[place], number=number) for place, number in stated]
    record_snils(told, **city.as_alice)


def shown(city: Town) -> list[str | None]:
    with city.seen():
        known = masked(city.people)
    return [known.get(person) for person in city.people]


def test_only_the_last_digits_are_shown(city: Town) -> None:
    recorded(city, (0, NUMBER), (2, "08765430300"))
    assert shown(city) == ["•••-•••-445 95", None, "•••-•••-303 00"]


def test_the_number_is_nowhere_in_the_database(city: Town, installation: Home) -> None:
    recorded(city, (0, NUMBER))
    recorded(city, (0, ANOTHER))
    forget_snils([city.people[0]], **city.as_alice)
    recorded(city, (1, THIRD))
    words = installation.superuser()
    dump = subprocess.run(
        [str(client_program("pg_dump")), f"--dbname={address(words)}"],
        env=environment(words),
        check=True,
        capture_output=True,
    ).stdout.decode()
    assert "Иванова-0" in dump
    for number in (NUMBER, ANOTHER, THIRD):
        digits = number.replace("-", "").replace(" ", "")
        assert digits not in dump
        assert digits.encode().hex() not in dump


def test_the_trail_tells_that_a_number_was_changed_and_not_which_it_is(city: Town) -> None:
    recorded(city, (0, NUMBER))
    recorded(city, (0, ANOTHER))
    with city.seen():
        told = list(Trail.objects.filter(table_name="snils").order_by("pk").values_list("action", "changes"))
    assert [action for action, _ in told] == ["insert", "delete", "insert"]
    deleted = told[1][1]
    assert deleted is not None
    assert sorted(deleted) == ["id", "mark", "municipality_id", "person_id"]
    assert len(deleted["mark"]) == 8


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("112-233-445 96", "Контрольное число СНИЛС не сходится"),
        ("001-001-998 00", "Контрольное число СНИЛС не сходится"),
        ("112-233-445", "В СНИЛС должно быть 11 цифр: 123-456-789 01"),
        ("112-233-445-9х", "В СНИЛС должно быть 11 цифр: 123-456-789 01"),
        ("", "В СНИЛС должно быть 11 цифр: 123-456-789 01"),
    ],
)
def test_a_number_with_a_slip_is_refused_and_not_repeated_in_the_message(city: Town, number: str, message: str) -> None:
    with pytest.raises(Refused) as refused:
        recorded(city, (0, number))
    assert refusals(refused) == [(0, "number", message)]


def test_the_number_of_another_card_is_refused_and_the_card_is_not_named(city: Town) -> None:
    recorded(city, (0, NUMBER))
    with pytest.raises(Refused) as refused:
        recorded(city, (1, NUMBER), (2, ANOTHER), (2, THIRD))
    assert refusals(refused) == [
        (0, "number", "Этот СНИЛС уже у другой карточки"),
        (2, "person", "Этот человек назван дважды"),
    ]
    with pytest.raises(Refused) as refused:
        recorded(city, (1, THIRD), (2, THIRD))
    assert refusals(refused) == [(1, "number", "Этот СНИЛС назван дважды")]
    assert shown(city) == ["•••-•••-445 95", None, None]


def test_cards_with_one_number_are_found(city: Town) -> None:
    """However they came to it: by a merge that was taken apart, or a card that came back from the archive."""
    recorded(city, (0, NUMBER), (1, ANOTHER))
    with city.seen():
        first = Snils.objects.get(person=city.people[0])
        Snils.objects.filter(person=city.people[1]).update(ciphertext=first.ciphertext, digest=first.digest)
        assert people_with_one_number() == [city.people[:2]]


def test_two_cards_with_their_numbers_can_be_merged(city: Town) -> None:
    kept, duplicate, _ = city.people
    with city.seen():
        Person.objects.filter(pk=duplicate).update(last_name="Иванова-0")
    recorded(city, (0, NUMBER), (1, ANOTHER))
    merge_people([OnePerson(keep=kept, duplicates=(duplicate,))], **city.as_alice)
    with city.seen():
        assert set(Snils.objects.values_list("person_id", flat=True)) == {kept}


def test_another_town_sees_neither_the_number_nor_that_there_is_one(city: Town) -> None:
    recorded(city, (0, NUMBER))
    village = town("село")
    recorded(village, (0, NUMBER))
    with village.seen():
        assert masked(city.people) == {}
        assert people_with_one_number() == []


def test_a_batch_costs_the_same_number_of_queries_however_big_it_is(city: Town) -> None:
    with counted() as one:
        recorded(city, (0, NUMBER))
    with counted() as three:
        recorded(city, (0, NUMBER), (1, ANOTHER), (2, THIRD))
    assert one == three


def test_what_was_moved_to_another_row_or_encrypted_elsewhere_does_not_open(installation: Home) -> None:
    digest = keyed_digest(b"11223344595")
    assert decrypted(encrypted(b"11223344595", digest), digest) == b"11223344595"
    for wrong in (keyed_digest(b"08765430300"), b""):
        with pytest.raises(SiteTrouble, match="не открывается"):
            decrypted(encrypted(b"11223344595", digest), wrong)


def test_equal_numbers_are_encrypted_differently_and_have_one_digest(installation: Home) -> None:
    digest = keyed_digest(b"11223344595")
    assert digest == keyed_digest(b"11223344595")
    assert encrypted(b"11223344595", digest) != encrypted(b"11223344595", digest)
