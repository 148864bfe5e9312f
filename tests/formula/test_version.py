"""The version of a formula changes with its meaning and with nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.indicators.definitions import Definition, Definitions, merged, standard
from opora.indicators.formula.indicator import IndicatorText, bind_indicator
from opora.indicators.formula.normal import version

OWN = merged(
    standard(),
    {
        "person": {
            "young": Definition("educator and age < 35", ("молод", "не молод")),
            "tutored": Definition("young and has mentorship as mentee", ("с наставником", "без наставника")),
            "idle": Definition("has leave", ("не у дел", "при деле")),
        }
    },
)


def changed(name: str, definition: Definition) -> Definitions:
    return merged(OWN, {"person": {name: definition}})


def of(share: str, of: str = "educator", definitions: Definitions = OWN) -> str:
    return version(bind_indicator(IndicatorText(share=share, of=of), definitions))


BASE = of("young and age > 20 and (sex = male or has leave)")


@pytest.mark.parametrize(
    "text",
    [
        "young   and age>20 and (sex=male or has leave)",
        "young and\n  age > 20  # не моложе двадцати одного\n and (sex = male or has leave)",
        "((young) and (age > 20)) and (((sex = male) or has leave))",
        "young and (age > 20 and (sex = male or has leave))",
        "(has leave or sex = male) and age > 20 and young",
        'young and age > 20.0 and (sex = "мужской" or has leave)',
    ],
)
def test_the_layout_changes_nothing(text: str) -> None:
    assert of(text) == BASE


@pytest.mark.parametrize(
    "text",
    [
        "young and age >= 20 and (sex = male or has leave)",
        "young and age > 21 and (sex = male or has leave)",
        "young and age > 20 and (sex = female or has leave)",
        "young and age > 20 and (sex = male or has leave ever)",
        "young and age > 20 and sex = male or has leave",
        "young and age > 20 and (sex = male and has leave)",
        "young and age > 20 and (sex = male or not has leave)",
        "not young and age > 20 and (sex = male or has leave)",
        "young and age > 20",
    ],
)
def test_another_meaning_is_another_version(text: str) -> None:
    assert of(text) != BASE


def test_the_order_of_a_comparison_and_of_a_difference_does_matter() -> None:
    assert of("tenure - age > 3") != of("age - tenure > 3")
    assert of("age < tenure") != of("tenure < age")


def test_what_is_counted_is_part_of_it() -> None:
    assert of("age < 35", "educator") != of("age < 35", "manager")
    assert of("passed", "training") != of("passed", "training ever")
    once = IndicatorText(share="passed", of="training", once_per="person")
    assert version(bind_indicator(once, OWN)) != of("passed", "training")


# ── definitions ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", ["young", "not young", "tutored", "has training where (person.young)"])
def test_a_definition_that_changes_changes_what_uses_it(text: str) -> None:
    older = changed("young", replace(OWN["person"]["young"], formula="educator and age < 36"))
    assert of(text, definitions=older) != of(text)


def test_a_definition_that_changes_leaves_the_others_alone() -> None:
    older = changed("idle", Definition("has leave ever", ("не у дел", "при деле")))
    assert of("idle", definitions=older) != of("idle")
    assert of("tutored", definitions=older) == of("tutored")


def test_the_wording_of_a_definition_changes_nothing() -> None:
    reworded = changed("young", Definition("age < 35 and (educator)", ("молодой специалист",), "так решили"))
    assert of("tutored", definitions=reworded) == of("tutored")


def test_a_definition_stands_for_its_formula() -> None:
    assert of("young") == of("educator and age < 35")
    assert of("not young") == of("not (educator and age < 35)")


@given(
    st.permutations(["age > 20", "sex = male", "has leave", "has training", "teacher"]), st.sampled_from(["and", "or"])
)
def test_the_order_of_parts_changes_nothing(parts: list[str], word: str) -> None:
    assert of(f" {word} ".join(parts)) == of(f" {word} ".join(sorted(parts)))
