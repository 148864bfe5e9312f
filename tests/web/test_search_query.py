"""What somebody types, and what may have been meant by it."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from opora.registry.folding import folded, folded_sql
from opora.web.search.query import LONGEST, MOST_WORDS, initials_of, look_alike, parse, slips_of

RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
LAYOUT = dict(zip("йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`", strict=True))
words = st.text(RUSSIAN, min_size=4, max_size=12)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Иванова", ("иванова",)),
        ("  Семёнов-Тян   ПЁТР ", ("семенов", "тян", "петр")),
        ("bdfyjdf", ("иванова",)),
        ("[hbcnjajhjdf", ("христофорова",)),
        ("Ивaнова", ("иванова",)),
        ("Иванова М.П.", ("иванова", "м", "п")),
        ("школа № 5", ("школа", "5")),
        ("S-3.5", ("s", "3", "5")),
    ],
)
def test_a_query_is_read_as_it_may_have_been_meant(typed: str, meant: tuple[str, ...]) -> None:
    query = parse(typed)
    assert query
    assert meant in query.readings


@pytest.mark.parametrize("nothing", ["", "   ", "—", "%_'\"\\", "\x00"])
def test_without_a_word_there_is_nothing_to_look_for(nothing: str) -> None:
    assert parse(nothing) is None


def test_initials_are_letters_beside_a_name() -> None:
    assert initials_of(("иванова", "м", "п")) == initials_of(("м", "п", "иванова")) == ("м", "п")
    assert initials_of(("м", "п")) == initials_of(("школа", "5")) == initials_of(("иванова",)) == ()


@given(st.text(max_size=300))
def test_whatever_is_typed_is_read_and_holds_nothing_but_small_letters_and_digits(typed: str) -> None:
    query = parse(typed)
    if query is None:
        return
    assert len(query.text) <= LONGEST
    assert query.readings
    assert all(0 < len(reading) <= MOST_WORDS for reading in query.readings)
    assert all(word == folded(word) and word.isalnum() for word in query.words)


@given(st.lists(words, min_size=1, max_size=4))
def test_whatever_was_typed_in_the_latin_layout_is_understood(meant: list[str]) -> None:
    query = parse(" ".join("".join(LAYOUT[letter] for letter in word) for word in meant))
    assert query is None or tuple(meant) in query.readings or any("[" in LAYOUT[one] for word in meant for one in word)


@given(words, st.data())
def test_one_slip_of_a_finger_is_forgiven(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 2))
    letter = data.draw(st.sampled_from(RUSSIAN))
    head, tail = word[:place], word[place:]
    for slip in (head + tail[1:], head + letter + tail, head + letter + tail[1:], head + tail[1] + tail[0] + tail[2:]):
        if len(slip) >= 4:
            assert word in slips_of(slip)


def test_a_short_word_or_a_number_is_meant_as_it_is() -> None:
    assert slips_of("ёж") == {"ёж"}
    assert slips_of("2025") == {"2025"}


def test_codes_look_alike_in_either_alphabet() -> None:
    assert look_alike("К-1") == look_alike("K-1") != look_alike("К-2")


def test_the_database_folds_every_letter_as_opora_does(world: None) -> None:
    """Whatever the locale of its server."""
    every = "".join(chr(code) for code in (*range(0x20, 0x250), *range(0x370, 0x600)))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {folded_sql('%s::text')}", [every])
        assert cursor.fetchone() == (folded(every),)
    assert folded("ЁЛКА Ёж Şа Әни") == "елка еж şа әни"
