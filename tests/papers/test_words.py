"""Numbers and names are written as a Russian reader expects them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.indicators.results import Shape, Value
from opora.papers import words
from opora.papers.words import Look

from .fakes import share


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "н/д"),
        (0, "0"),
        (7.0, "7"),
        (2.5, "2,5"),
        (1.005, "1,01"),
        (1 / 3, "0,33"),
        (1234, "1234"),
        (12345.678, "12\u00a0345,68"),
        (1234567, "1\u00a0234\u00a0567"),
        (-3.5, "−3,5"),
        (-0.001, "0"),
    ],
)
def test_a_number_has_a_decimal_comma_and_no_idle_zeros(value: float | None, text: str) -> None:
    assert words.number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "н/д"),
        (0, "0,0 %"),
        (0.432, "43,2 %"),
        (0.1235, "12,4 %"),
        (1, "100,0 %"),
        (1.25, "125,0 %"),
        (0.0001, "< 0,1 %"),
        (0.9999, "> 99,9 %"),
    ],
)
def test_a_percent_never_rounds_to_all_or_to_nothing(value: float | None, text: str) -> None:
    assert words.percent(value) == text.replace(" ", words.NBSP)


@given(st.floats(0, 1))
def test_a_percent_is_off_by_half_of_its_last_digit_at_most(value: float) -> None:
    text = words.percent(value)
    if text[0] not in "<>":
        assert math.isclose(float(text[:-2].replace(",", ".")) / 100, value, abs_tol=0.0005 + 1e-12)


def test_what_misses_the_target_never_looks_like_the_target() -> None:
    assert words.percent(0.6496, unlike=0.65) == "64,96\u00a0%"
    assert words.percent(0.649999, unlike=0.65) == "64,9999\u00a0%"
    assert words.percent(0.65, unlike=0.65) == "65,0\u00a0%"
    assert words.percent(0.1 + 0.2, unlike=0.3) == "30,0\u00a0%"


@pytest.mark.parametrize(
    ("form", "counts"),
    [("год", (1, 21, 101)), ("года", (2, 3, 4, 22, 104, 1.5)), ("лет", (0, 5, 11, 12, 14, 20, 111))],
)
def test_words_agree_with_their_number(form: str, counts: tuple[float, ...]) -> None:
    assert {words.plural(count, "год", "года", "лет") for count in counts} == {form}


def test_names_sort_as_in_a_russian_list() -> None:
    names = ["Жукова", "МБОУ «СОШ № 10»", "Ёлкина", "Егорова", "МБОУ «СОШ № 2»", "ежова", "Еремеева"]
    expected = ["Егорова", "ежова", "Ёлкина", "Еремеева", "Жукова", "МБОУ «СОШ № 2»", "МБОУ «СОШ № 10»"]
    assert sorted(names, key=words.sort_key) == expected


@given(st.lists(st.text(), max_size=6))
def test_any_texts_can_be_sorted(texts: list[str]) -> None:
    assert len(sorted(texts, key=words.sort_key)) == len(texts)


def test_bounds_tell_the_room_that_the_unknown_leaves() -> None:
    assert words.bounds(Look.PERCENT, share(5, 10, 10)) == "от\u00a025,0\u00a0% до\u00a075,0\u00a0%"
    assert words.bounds(Look.PERCENT, share(5, 10)) == "—"
    assert words.bounds(Look.PERCENT, share(0, 0)) == "—"
    assert words.bounds(Look.NUMBER, Value(Shape.COUNT, 4, 4, None, partial=True)) == "не\u00a0меньше 4"
    assert words.bounds(Look.YES_NO, Value(Shape.YES_NO, None, 0, 1)) == "да или нет"


def test_a_ratio_is_a_percent_only_where_its_unit_says_so() -> None:
    ratio = Value(Shape.RATIO, 0.5, 0.5, 0.5)
    assert words.look_of(ratio, "%") is Look.PERCENT
    assert words.look_of(ratio, "% в год") is Look.PERCENT
    assert words.look_of(ratio, "мероприятий на педагога") is Look.NUMBER


def test_a_long_list_is_cut_with_the_rest_counted() -> None:
    assert words.listed(["а", "б"]) == "а, б"
    assert words.listed(["а", "б", "в", "г"], most=3) == "а, б, в и ещё\u00a01"


def test_only_a_russian_word_gets_a_capital() -> None:
    given = ["ёлка", "рост доли", "https://example.org", "=1+1", ""]
    assert [words.capital(text) for text in given] == ["Ёлка", "Рост доли", "https://example.org", "=1+1", ""]


def test_a_date_is_written_from_day_to_year() -> None:
    import datetime as dt

    assert words.date(dt.date(2022, 12, 31)) == "31.12.2022"
