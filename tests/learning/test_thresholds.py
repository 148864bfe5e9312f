"""The thresholds of an instrument as people write them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.learning.domain.thresholds import Unreadable, thresholds


def levels(text: str, *scores: float) -> list[str | None]:
    stated = thresholds(text)
    return [stated.level(score) for score in scores]


@pytest.mark.parametrize(
    "text",
    [
        "низкий < 50, высокий ≥ 75",
        "Низкий уровень: менее 50 баллов; высокий уровень: не менее 75 баллов.",
        "< 50 % — низкий, >= 75 % — высокий",
        "высокий от 75\nнизкий ниже 50",
        "низкий < 50, средний ≥ 50 и < 75, высокий ≥ 75",
        "низкий уровень - меньше 50; средний - от 50 до 74,99; высокий - от 75",
    ],
)
def test_levels_are_parted_as_the_text_says(text: str) -> None:
    assert levels(text, 0, 49, 50, 74.5, 75, 100) == ["low", "low", "medium", "medium", "high", "high"]


def test_a_range_includes_both_its_ends_and_a_score_between_two_ranges_has_no_level() -> None:
    text = "низкий 0–49, средний 50–74, высокий 75–100"
    assert levels(text, 0, 49, 49.5, 50, 74, 75, 100, 101) == [
        "low",
        "low",
        None,
        "medium",
        "medium",
        "high",
        "high",
        None,
    ]
    assert thresholds(text).whole


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("средний 50–74, высокий ≥ 75", ["low", "medium", "high"]),
        ("низкий < 50, средний 50–74", ["low", "medium", "high"]),
        ("низкий < 50, высокий > 74", ["low", "medium", "high"]),
    ],
)
def test_the_level_of_which_nothing_is_said_takes_what_the_others_leave(text: str, told: list[str]) -> None:
    assert levels(text, 10, 60, 90) == told
    assert thresholds(text).whole


def test_where_fewer_errors_are_better_the_scale_is_read_the_other_way_round() -> None:
    assert levels("высокий < 3, низкий > 10", 1, 3, 10, 11) == ["high", "medium", "medium", "low"]
    assert levels("высокий < 3, средний 3–10", 1, 5, 11) == ["high", "medium", "low"]


def test_of_one_stated_level_the_rest_is_not_known() -> None:
    assert levels("высокий ≥ 75", 80, 70) == ["high", None]
    assert not thresholds("высокий ≥ 75").whole


def test_a_decimal_comma_parts_nothing() -> None:
    assert levels("низкий < 2,5, высокий ≥ 4,25", 2.4, 2.5, 4.25) == ["low", "medium", "high"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("по ключу методики", "не понять, о каком уровне сказано: «по ключу методики»"),
        ("низкий или средний < 50", "не понять, о каком уровне сказано: «низкий или средний < 50»"),
        ("низкий < 50, низкий > 80", "уровень назван дважды: «низкий > 80»"),
        ("низкий до 50", "не понять, какие баллы: «низкий до 50»"),
        ("низкий", "не понять, какие баллы: «низкий»"),
        ("низкий 50-10", "начало больше конца: «низкий 50-10»"),
        ("низкий > 50 и < 10", "не понять, какие баллы: «низкий > 50 и < 10»"),
        ("низкий > 50 и < 50", "не понять, какие баллы: «низкий > 50 и < 50»"),
        ("низкий < 50 и < 40", "не понять, какие баллы: «низкий < 50 и < 40»"),
        ("низкий ≤ 50, средний ≥ 50", "один и тот же балл относится к двум уровням"),
        (" ; ", "уровней нет"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, message: str) -> None:
    with pytest.raises(Unreadable) as unread:
        thresholds(text)
    assert str(unread.value) == message


@given(low=st.integers(0, 100), width=st.integers(1, 100), score=st.integers(-10, 210))
def test_every_score_of_a_scale_with_two_bounds_has_the_level_that_plain_comparison_gives(
    low: int, width: int, score: int
) -> None:
    high = low + width
    expected = "low" if score < low else "high" if score >= high else "medium"
    assert levels(f"низкий < {low}, высокий >= {high}", score) == [expected]
    assert levels(f"высокий не менее {high}; средний {low}–{high - 1}", score) == [expected]


PIECES = st.sampled_from(
    ["низкий", "средний", "высокий", "<", "≥", "не более", "и", "от", "до", "–", ",", ";", "5", "7,5"]
)


@given(st.text() | st.lists(PIECES, max_size=9).map(" ".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Unreadable):
        assert thresholds(text).spans
