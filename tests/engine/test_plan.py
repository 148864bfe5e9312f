"""A plan is made once for a question, and never answers another one."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest

from opora.indicators.dataset.coverage import coverage_of
from opora.indicators.dataset.schema import Kind
from opora.indicators.dataset.store import Dataset
from opora.indicators.dataset.tables import STORED
from opora.indicators.definitions import Definition, merged, standard
from opora.indicators.engine.backends import DuckDB
from opora.indicators.engine.compute import Calculator
from opora.indicators.engine.plan import Asked, Plan
from opora.indicators.periods import Context
from opora.indicators.results import Value
from opora.programmes.compute import municipalities
from tests.engine.asking import CONTEXT, calculator, day, formula, job, small_town
from tests.truth.town import Row, Town

TRAINED = formula({"share": "has training", "of": "educator"})
ASKED = [Asked(TRAINED, ("organisation",))]

TOWN = small_town(
    person=[{"id": "1"}, {"id": "2"}],
    employment=[job("1"), job("2")],
    training=[{"person": "1", "programme": "7", "completed": day("2022-05-01"), "passed": True}],
)
Shelf = dict[object, Plan]


def value(town: Town, shelf: Shelf | None = None) -> Value:
    (found,) = calculator(town, shelf=shelf).outcomes(ASKED, CONTEXT)
    return found.value


def without_coverage(town: Town) -> Town:
    return Town({**town.tables, "coverage": []})


# ── the same question ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_plan_of_the_same_question_comes_from_the_shelf() -> None:
    shelf: Shelf = {}
    first = calculator(TOWN, shelf=shelf).plan(ASKED, CONTEXT)
    written_anew = [Asked(formula({"share": "(has  training)", "of": "educator"}), ("organisation",))]
    assert calculator(TOWN, shelf=shelf).plan(written_anew, CONTEXT) is first
    assert list(shelf.values()) == [first]


def test_new_facts_with_an_old_plan_give_new_numbers() -> None:
    shelf: Shelf = {}
    old = value(TOWN, shelf)
    trained: list[Row] = [{"id": "t", "person": "2", "programme": "7", "completed": day("2022-06-01")}]
    new = value(TOWN.with_rows({"training": trained}), shelf)
    assert (old.n, old.total, new.n, new.total) == (1, 2, 2, 2)
    assert len(shelf) == 1


def test_a_plan_leaves_nothing_behind_in_the_engine() -> None:
    engine = DuckDB(threads=1)
    asking = calculator(TOWN, engine=engine)
    asking.outcomes(ASKED, CONTEXT)
    left = engine.query("SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'codes_%'")
    assert left == []
    assert asking.outcomes(ASKED, CONTEXT) == calculator(TOWN).outcomes(ASKED, CONTEXT)


# ── another question ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "other",
    [
        [Asked(TRAINED)],
        [Asked(TRAINED, ("sex",))],
        [Asked(formula({"share": "has training ever", "of": "educator"}), ("organisation",))],
        [*ASKED, Asked(formula({"count": "educator"}))],
    ],
)
def test_another_question_has_a_plan_of_its_own(other: list[Asked]) -> None:
    shelf: Shelf = {}
    asking = calculator(TOWN, shelf=shelf)
    assert asking.plan(other, CONTEXT) is not asking.plan(ASKED, CONTEXT)
    assert len(shelf) == 2


@pytest.mark.parametrize(
    "other",
    [
        replace(CONTEXT, on=day("2022-12-30")),
        replace(CONTEXT, period=CONTEXT.period.previous),
        replace(CONTEXT, programme_start=None),
    ],
)
def test_another_context_has_a_plan_of_its_own(other: Context) -> None:
    asking = calculator(TOWN)
    assert asking.plan(ASKED, other) is not asking.plan(ASKED, CONTEXT)


def test_another_day_gives_other_numbers_from_the_same_shelf() -> None:
    asking = calculator(TOWN)
    contexts = [replace(CONTEXT, on=day(text)) for text in ("2022-04-30", "2022-05-01", "2022-04-30")]
    assert [asking.outcomes(ASKED, context)[0].value.n for context in contexts] == [0, 1, 0]


# ── another dataset ──────────────────────────────────────────────────────────────────────────────────────────────


def test_where_the_lists_are_not_complete_the_plan_is_another() -> None:
    """With one shelf for both: no course is «no» in the first town and «not known» in the second."""
    shelf: Shelf = {}
    whole, partial = value(TOWN, shelf), value(without_coverage(TOWN), shelf)
    assert (whole.n, whole.total, whole.unknown) == (1, 2, 0)
    assert (partial.n, partial.total, partial.unknown) == (1, 1, 1)
    assert value(TOWN, shelf) == whole
    assert len(shelf) == 2


def test_one_more_municipality_makes_another_plan() -> None:
    shelf: Shelf = {}
    value(TOWN, shelf)
    east = {"territory": [{"id": "east", "title": "east", "kind": "municipality"}]}
    grown = TOWN.with_rows(
        {**east, "person": [{"id": "3", "municipality": "east"}], "employment": [{"id": "e", **job("3")}]}
    )
    found = value(grown, shelf)
    assert (found.n, found.total, found.unknown, found.partial) == (1, 2, 1, True)
    assert found == value(grown)


def test_keys_of_another_type_make_another_plan() -> None:
    """Towns whose keys are numbers, as in the demo, and towns whose keys are words."""
    shelf: Shelf = {}
    numbered = Town({**TOWN.tables, "territory": [], "organisation": [], "coverage": []})
    words, numbers = (_asked(numbered, shelf, as_numbers) for as_numbers in (False, True))
    assert words == numbers
    assert len(shelf) == 2


def _asked(town: Town, shelf: Shelf, as_numbers: bool) -> Value:
    rows = {name: [{**row, "municipality": None} for row in town.rows(name)] for name in ("person",)}
    jobs = [{**row, "id": str(number), "organisation": "5"} for number, row in enumerate(town.rows("employment"))]
    courses = [{**row, "id": str(number)} for number, row in enumerate(town.rows("training"))]
    tables = Town({**rows, "employment": jobs, "training": courses}).arrow()
    dataset = Dataset({name: _numbered(name, table) if as_numbers else table for name, table in tables.items()})
    asking = Calculator(
        DuckDB(threads=1), dataset.sources, coverage_of(dataset), municipalities(dataset), standard(), shelf
    )
    return asking.outcomes(ASKED, CONTEXT)[0].value


def _numbered(name: str, table: pa.Table) -> pa.Table:
    for place, column in enumerate(table.column_names):
        declared = STORED[name].column(column)
        if declared is not None and declared.kind in (Kind.KEY, Kind.REF):
            table = table.set_column(place, column, table[column].cast(pa.int64()))
    return table


def test_definitions_by_which_things_are_broken_down_make_another_plan() -> None:
    def named(text: str) -> object:
        own = merged(standard(), {"person": {"group_of": Definition(text, ("группа",))}})
        asking = calculator(TOWN, shelf=shelf, definitions=own)
        return list(asking.outcomes([Asked(TRAINED, ("group_of",))], CONTEXT)[0].groups["group_of"])

    shelf: Shelf = {}
    assert named("sex") == [None]
    assert named("id") in (["1", "2"], ["2", "1"])


class OtherDialect(DuckDB):
    dialect = "pyspark"


def test_an_engine_of_another_dialect_has_plans_of_its_own() -> None:
    shelf: Shelf = {}
    ours = calculator(TOWN, shelf=shelf).plan(ASKED, CONTEXT)
    theirs = calculator(TOWN, shelf=shelf, engine=OtherDialect(threads=1)).plan(ASKED, CONTEXT)
    assert ours.batches != theirs.batches
    assert len(shelf) == 2
