"""What a new version changes is told indicator by indicator."""

from __future__ import annotations

from opora.programmes.check import examine
from opora.programmes.comparison import Change, Difference, compared, formula_versions
from opora.programmes.model import Programme
from tests.programmes.files import GOOD


def programme(text: str = GOOD) -> Programme:
    found = examine(text).programme
    assert found is not None
    return found


def test_the_same_programme_written_otherwise_changes_nothing() -> None:
    rewritten = GOOD.replace("educator and age < 35", "(age < 35)  and educator").replace("Рост мастерства", "Рост")
    assert compared(programme(rewritten), programme()) == ()


def test_a_definition_changes_the_formulas_that_use_it() -> None:
    new, old = programme(GOOD.replace("age < 35", "age < 40")), programme()
    before, after = formula_versions(old)["X-1"], formula_versions(new)["X-1"]
    assert compared(new, old) == (Change("X-1", "Доля молодых", (Difference.FORMULA,), before, after),)
    assert before != after


def test_a_target_and_a_title_are_told_with_what_they_were() -> None:
    new = programme(GOOD.replace("at least 5%", "at least 7%").replace("title: Доля молодых", "title: Часть молодых"))
    version = formula_versions(new)["X-1"]
    assert compared(new, programme()) == (
        Change(
            "X-1",
            "Часть молодых",
            (Difference.TARGET, Difference.TITLE),
            version,
            version,
            title_before="Доля молодых",
            target_before="не менее 5 %",
            target_after="не менее 7 %",
        ),
    )


def test_what_came_and_what_went_is_told_last() -> None:
    new, old = programme(GOOD.replace("X-2", "X-3")), programme()
    version = formula_versions(old)["X-2"]
    assert compared(new, old) == (
        Change("X-3", "Число педагогов", (Difference.ADDED,), after=version),
        Change("X-2", "Число педагогов", (Difference.REMOVED,), before=version),
    )
