"""Whatever is uploaded, binding ends soon and in order: with a bound tree of a bounded size, or with a fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.indicators.dataset.tables import TABLES
from opora.indicators.definitions import Definition, Definitions, merged, standard
from opora.indicators.formula import bound as b
from opora.indicators.formula.bind import bind_condition, bind_definition, bind_measure, bind_test, bind_thing
from opora.indicators.formula.bounds import MOST_PARTS, TOO_BIG, TOO_NESTED, outgrown, parts_in
from opora.indicators.formula.faults import TOO_DEEP, FormulaFaults
from opora.indicators.formula.indicator import IndicatorFaults, IndicatorText, bind_indicator
from opora.indicators.formula.normal import version
from opora.indicators.formula.words import phrase, sentence
from tests.formula.marks import expected, told, unmarked
from tests.formula.soup import nearly_formulas


def own(definitions: Mapping[str, str], table: str = "person") -> Definitions:
    return merged(standard(), {table: {name: Definition(text, (name,)) for name, text in definitions.items()}})


def messages(text: str, definitions: Definitions | None = None) -> list[str]:
    try:
        bind_condition(text, "person", definitions or standard())
    except FormulaFaults as problem:
        return [fault.message for fault in problem.faults]
    return []


# ── definitions that swell ───────────────────────────────────────────────────────────────────────────────────────


def doubling(steps: int, last: str) -> dict[str, str]:
    """``d0: d1 and d1``, ``d1: d2 and d2``…: opened, twice as big at each step."""
    return {**{f"d{step}": f"d{step + 1} and d{step + 1}" for step in range(steps)}, f"d{steps}": last}


def chain(length: int, last: str) -> dict[str, str]:
    return {**{f"d{step}": f"d{step + 1}" for step in range(length)}, f"d{length}": last}


def test_definitions_that_double_are_refused() -> None:
    assert messages("d0", own(doubling(14, "educator"))) == [TOO_BIG]
    assert messages("d8", own(doubling(14, "educator"))) == []


def test_definitions_that_double_and_are_wrong_at_the_end_are_refused_at_once() -> None:
    assert messages("d0", own(doubling(14, "educatr")))[0].endswith(
        "нет «educatr»; возможно, вы имели в виду «educator»"
    )
    assert messages("d0", own(doubling(14, "d0")))[0].endswith("Определение «d0» ссылается само на себя")


def test_of_a_long_way_to_a_fault_the_end_is_told() -> None:
    assert messages("d0", own(chain(9, "d9")))[0] == (
        "В определении «d7»: В определении «d8»: В определении «d9»: Определение «d9» ссылается само на себя"
    )


@pytest.mark.parametrize("name", ["d0", "d2500"])
def test_a_chain_of_definitions_without_end_is_refused(name: str) -> None:
    assert messages(name, own(chain(3000, "educator"))) == [TOO_NESTED]


def test_a_chain_is_as_long_whichever_end_is_read_first() -> None:
    definitions = own(chain(60, "educator"))
    fresh = [messages(f"d{step}", own(chain(60, "educator"))) for step in range(61)]
    assert [messages(f"d{step}", definitions) for step in reversed(range(61))] == fresh[::-1]
    assert {tuple(found) for found in fresh} == {(), (TOO_NESTED,)}


def test_a_formula_that_opens_big_definitions_many_times_is_refused() -> None:
    definitions = own({"big": " or ".join(["born is known"] * 100)})
    assert messages("big", definitions) == []
    assert messages(" or ".join(["big"] * 500), definitions) == [TOO_BIG]


def test_what_an_exclusion_adds_is_counted_too() -> None:
    counts = " + ".join(["count(educator)"] * 30)
    long = " or ".join(["born is known"] * 100)
    bind_indicator(IndicatorText(value=counts), standard())
    with pytest.raises(IndicatorFaults) as caught:
        bind_indicator(IndicatorText(value=counts, exclude=long), standard())
    assert [(field, fault.message) for field, fault in caught.value.faults] == [("value", TOO_BIG)]


# ── formulas that swell ──────────────────────────────────────────────────────────────────────────────────────────


def nested(inner: str, wrap: Callable[[str], str], times: int) -> str:
    for _ in range(times):
        inner = wrap(inner)
    return inner


@pytest.mark.parametrize(
    ("text", "messages_told"),
    [
        (nested("level = high", lambda inner: f"latest diagnostic_result where ({inner}).level = high", 12), []),
        (
            nested(
                "level = high",
                lambda inner: f"latest diagnostic_result where ({inner}).level in (high, low, medium)",
                12,
            ),
            [TOO_BIG],
        ),
        ("not " * 60 + "educator", [TOO_DEEP]),
        ("not " * 39 + "educator", [TOO_NESTED]),
        (nested("passed", lambda inner: f"has training where ({inner})", 18), []),
        (nested("passed", lambda inner: f"has training where ({inner})", 60), [TOO_DEEP]),
        ("municipality" + ".parent" * 9 + " = municipality", []),
        ("municipality" + ".parent" * 500 + " = municipality", ["В пути больше 10 шагов через точку"]),
    ],
    ids=["latest", "among", "not", "not of a definition", "has", "has without end", "path", "path without end"],
)
def test_what_is_nested_is_bound_once_or_refused(text: str, messages_told: list[str]) -> None:
    assert messages(text) == messages_told


def test_a_comparison_within_a_comparison_looks_at_each_part_once() -> None:
    text = nested("1", lambda inner: f"({inner} between 1 and 2)", 30)
    assert len(messages(text)) == 29


# ── numbers, durations, dates ────────────────────────────────────────────────────────────────────────────────────

TOO_MUCH = "Число слишком большое: больше триллиона"
CENTURY = "Срок больше 100 лет"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("age < [[" + "9" * 400 + "]]", TOO_MUCH),
        ("has training at least [[" + "9" * 400 + "]] times", TOO_MUCH),
        ("has training within [[" + "9" * 400 + "]] days", TOO_MUCH),
        ("age < 1[[e400]]", "Здесь не ожидается «e400»; число пишется цифрами, без степени"),
        ("has training within [[3000 years]]", CENTURY),
        ("has training within [[1201 months]] of born", CENTURY),
        ("born > on - [[40000 days]]", CENTURY),
        ("born < [[on - 60 years - 60 years]]", "Дата сдвинута больше чем на 100 лет"),
        ("has training within [[0 days]]", "Срок нулевой: в таком промежутке нет ни одного дня"),
        ("born within [[0 years]] of career_start", "Срок нулевой: в таком промежутке нет ни одного дня"),
        ("has training since [[0001-01-01]]", "Дата 0001-01-01: год бывает от 1900 до 2100"),
        ("born < [[9999-12-31]]", "Дата 9999-12-31: год бывает от 1900 до 2100"),
        ("has training [[at least 150%]]", "Часть строк не бывает больше 100 %"),
        ("has training [[at least 1.5 times]]", "Строки и людей считают целыми: число не может быть дробным"),
    ],
)
def test_what_no_one_lives_to_see_is_refused_at_its_place(text: str, message: str) -> None:
    found = told(lambda formula: bind_condition(formula, "person", standard()), unmarked(text))
    assert found[:1] == expected(text, message)


def test_a_date_is_not_moved_farther_by_way_of_definitions() -> None:
    definitions = own({"one": "on - 60 years", "two": "one - 60 years"})
    assert messages("born < one", definitions) == []
    assert messages("born < two", definitions) == ["В определении «two»: Дата сдвинута больше чем на 100 лет"]


def test_a_long_name_is_not_quoted_whole() -> None:
    assert all(len(message) < 200 for message in messages(f"{'a' * 2000} and has {'b' * 1900}"))


# ── anything at all ──────────────────────────────────────────────────────────────────────────────────────────────

BINDS: list[Callable[[str], object]] = [
    *(lambda text, table=table: bind_condition(text, table, standard()) for table in TABLES),
    lambda text: bind_definition(text, "person", standard()),
    lambda text: bind_thing(text, standard()),
    lambda text: bind_measure(text, standard()),
    lambda text: bind_test(text, standard()),
    lambda text: bind_measure(f"count({text})", standard()),
    lambda text: bind_measure(f"share({text} of educator)", standard()),
    lambda text: bind_test(f"count({text}) >= 1", standard()),
]


@settings(max_examples=300, deadline=None)
@given(nearly_formulas() | st.text(max_size=60), st.sampled_from(BINDS))
def test_whatever_is_written_is_bound_or_told_to_be_a_fault(text: str, bind: Callable[[str], object]) -> None:
    try:
        assert outgrown(bind(text)) is None
    except FormulaFaults as problem:
        faults = problem.faults
    else:
        return
    assert faults
    assert all(0 <= fault.at.start <= fault.at.end for fault in faults)


@settings(max_examples=200, deadline=None)
@given(nearly_formulas(), st.sampled_from(["share", "count", "value", "yes_if"]), st.none() | st.just("person"))
def test_whatever_is_bound_has_words_and_a_version(text: str, field: str, once_per: str | None) -> None:
    written: dict[str, Any] = {field: text}
    texts = IndicatorText(**written, of="educator", once_per=once_per)
    try:
        formula = bind_indicator(texts, standard())
    except IndicatorFaults:
        return
    assert sentence(formula)
    assert version(formula)
    assert hash(formula) == hash(formula)


def test_the_parts_of_a_formula_are_counted_no_further_than_needed() -> None:
    item: b.Item = b.Plain(1.0, b.Type.NUMBER)
    for _ in range(40):
        item = b.Calculate("+", item, item, b.Type.NUMBER)
    assert parts_in(item) == MOST_PARTS + 1


def test_a_phrase_of_the_deepest_formula_can_be_told() -> None:
    assert phrase(bind_condition("not " * 38 + "born is known", "person", standard())) == "указано: дата рождения"
