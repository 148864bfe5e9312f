"""What is derived for the reader follows from the count, and from nothing else."""

import datetime as dt
from dataclasses import replace

import pytest

from opora.indicators.results import Breakdown, FailedPart, GroupValue, OpenedRow, Verdict
from opora.papers import reading
from opora.papers.reading import Direction, Heat, Standing
from opora.programmes.targets import parse_target

from .fakes import indicator, large_result, programme_for, result, share


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_a_standing(verdict: Verdict) -> None:
    tally = reading.tally(result(indicator(verdict=verdict)))
    assert sum(tally.values()) == 1
    assert tally[reading.STANDINGS[verdict]] == 1


def test_the_tally_counts_every_indicator_once() -> None:
    counted = large_result()
    assert sum(reading.tally(counted).values()) == len(counted.indicators) == 69


@pytest.mark.parametrize(
    ("target", "way"),
    [
        ("at least 80%", Direction.UP),
        ("at most 5%", Direction.DOWN),
        ("exactly 30%", Direction.EXACT),
        ("growth and at least 18%", Direction.UP),
        ("decline and at most 5%", Direction.DOWN),
    ],
)
def test_the_way_of_a_target_is_read_from_the_words_that_programmes_give(target: str, way: Direction) -> None:
    assert reading.direction(parse_target(target).words) is way


@pytest.mark.parametrize(
    ("n", "target", "heat"),
    [
        (80, "at least 80%", Heat.MET),
        (79, "at least 80%", Heat.CLOSE),
        (70, "at least 80%", Heat.CLOSE),
        (69, "at least 80%", Heat.FAR),
        (50, "at least 80%", Heat.FAR),
        (49, "at least 80%", Heat.FARTHEST),
        (80, "at most 80%", Heat.MET),
        (81, "at most 80%", Heat.CLOSE),
        (80, "exactly 80%", Heat.MET),
        (81, "exactly 80%", Heat.CLOSE),
    ],
)
def test_heat_is_the_distance_to_the_target(n: int, target: str, heat: Heat) -> None:
    parsed = parse_target(target)
    asked = indicator(target=parsed.words, target_value=0.8)
    assert reading.heat(asked, share(n, 100)) is heat


@pytest.mark.parametrize(
    ("n", "unknown", "heat"), [(80, 5, Heat.UNKNOWN), (79, 25, Heat.UNKNOWN), (60, 10, Heat.FAR), (0, 0, Heat.FARTHEST)]
)
def test_what_the_unknown_could_turn_has_no_heat_of_its_own(n: int, unknown: int, heat: Heat) -> None:
    assert reading.heat(indicator(), share(n, 100, unknown)) is heat
    assert reading.heat(indicator(), share(99, 100, 1)) is Heat.MET
    assert reading.heat(indicator(), share(0, 0, 3)) is Heat.UNKNOWN


def test_an_organisation_without_data_has_no_heat() -> None:
    assert reading.heat(indicator(), share(0, 0)) is Heat.PLAIN
    assert reading.heat(indicator(), None) is Heat.PLAIN
    assert reading.heat(indicator(target_value=None), share(1, 2)) is Heat.PLAIN


def test_a_number_of_the_town_is_no_target_for_one_school() -> None:
    events = next(item for item in large_result().indicators if item.value.shape == "count")
    assert events.target_value is not None
    assert reading.group_goal(events) is None


def test_organisations_stand_in_russian_order_with_the_unstated_last() -> None:
    groups = [(None, ""), ("a", "МБОУ «СОШ № 10»"), ("b", "Ёлка"), ("c", "МБОУ «СОШ № 2»"), ("d", "Ежевика")]
    split = Breakdown("organisation", "", tuple(GroupValue(key, title, share(1, 2)) for key, title in groups))
    matrix = reading.matrix(result(indicator(breakdowns=(split,))), "organisation")
    assert matrix.columns == ("Ежевика", "Ёлка", "МБОУ «СОШ № 2»", "МБОУ «СОШ № 10»", "не указано")


def test_a_matrix_keeps_every_value_in_its_column() -> None:
    one = Breakdown("subject", "", (GroupValue("x", "Химия", share(1, 2)), GroupValue("f", "Физика", share(2, 2))))
    two = Breakdown("subject", "", (GroupValue("f", "Физика", share(0, 2)),))
    counted = result(indicator("A", breakdowns=(one,)), indicator("B", breakdowns=(two,)), indicator("C"))
    matrix = reading.matrix(counted, "subject")
    assert matrix.columns == ("Физика", "Химия")
    values = {item.code: [value and value.value for value in row] for item, row in matrix.rows}
    assert values == {"A": [1.0, 0.5], "B": [0.0, None]}


def opened(key: str, *missing: str, organisation: str = "Школа") -> OpenedRow:
    return OpenedRow(key, f"Имя {key}", organisation, 1, 2, tuple(FailedPart(words, 1) for words in missing))


def test_the_fact_that_decides_most_verdicts_is_asked_for_first() -> None:
    rare = indicator("A", verdict=Verdict.UNDECIDED, opened=(opened("1", "категория"),))
    also = indicator("B", verdict=Verdict.UNDECIDED, opened=(opened("1", "категория"), opened("2", "стаж")))
    many = indicator("C", verdict=Verdict.MET, opened=tuple(opened(str(k), "возраст") for k in range(9)))
    gaps = reading.gaps(result(rare, also, many))
    assert [(gap.words, gap.things, gap.undecided) for gap in gaps] == [
        ("неизвестно: категория", 1, ("A", "B")),
        ("неизвестно: стаж", 1, ("B",)),
        ("неизвестно: возраст", 9, ()),
    ]


def test_one_empty_cell_is_asked_for_once_however_many_conditions_it_leaves_unknown() -> None:
    born = "не указано «Дата рождения» (лист «Люди»)"
    young, older = (FailedPart(words, 1, missing=born) for words in ("возраст меньше 35 лет", "возраст от 55 лет"))
    row = OpenedRow("1", "Имя 1", "Школа", 1, 2, (young,))
    counted = result(indicator("A", opened=(row,)), indicator("B", opened=(replace(row, failed=(older,)),)))
    assert [(gap.words, gap.things, gap.indicators) for gap in reading.gaps(counted)] == [(born, 1, ("A", "B"))]


def test_a_missing_fact_names_the_organisations_that_hold_it() -> None:
    rows = (
        opened("1", "стаж", organisation="Б"),
        opened("2", "стаж", organisation="А"),
        opened("3", "стаж", organisation="Б"),
    )
    assert reading.gaps(result(indicator(opened=rows)))[0].organisations == (("Б", 2), ("А", 1))


def test_what_fails_is_not_taken_for_what_is_unknown() -> None:
    row = OpenedRow("1", "Имя", "Школа", 0, 2, (FailedPart("есть наставник", 0),))
    assert reading.gaps(result(indicator(opened=(row,)))) == []


def test_the_organisation_that_holds_up_most_verdicts_comes_first() -> None:
    few, many = GroupValue("a", "А", share(1, 2, 1)), GroupValue("b", "Б", share(1, 2, 50))
    decided = indicator("A", breakdowns=(Breakdown("organisation", "", (many,)),))
    waiting = indicator("B", verdict=Verdict.UNDECIDED, breakdowns=(Breakdown("organisation", "", (few,)),))
    holders = reading.holders(result(decided, waiting))
    assert [(holder.title, holder.unknown, holder.undecided) for holder in holders] == [("А", 1, ("B",)), ("Б", 50, ())]


def test_the_undecided_nearest_to_a_verdict_lead_the_unknown() -> None:
    exact = indicator("A")
    near = indicator("B", verdict=Verdict.UNDECIDED, value=share(5, 9, 1))
    distant = indicator("C", verdict=Verdict.UNDECIDED, value=share(5, 9, 8))
    met = indicator("D", value=share(90, 91, 1))
    empty = indicator("E", verdict=Verdict.NO_DATA, value=share(0, 0))
    found = reading.unknown_first(result(exact, met, empty, distant, near))
    assert [item.code for item in found] == ["B", "C", "E", "D"]


@pytest.mark.parametrize(
    ("changes", "approved", "marks"),
    [
        ({}, True, []),
        ({}, False, ["предварительно"]),
        ({"synthetic": True}, True, ["синтетические данные"]),
        ({"with_faults": True}, True, ["в данных есть ошибки"]),
    ],
)
def test_marks_stand_where_they_hold_and_only_there(changes: dict[str, bool], approved: bool, marks: list[str]) -> None:
    assert reading.marks(replace(result(), **changes), approved=approved) == marks  # type: ignore[arg-type]


def test_opened_rows_begin_with_who_is_out() -> None:
    codes = [2, 1, 0, 0]
    rows = [OpenedRow(str(k), "Имя", "Школа", code, 2 if k != 3 else 1) for k, code in enumerate(codes)]
    words = [reading.membership(row) for row in sorted(rows, key=reading.opened_order)]
    assert words == ["вне", "неизвестно", "в числе", "неизвестно, входит ли в расчёт"]


def test_an_approval_is_told_in_one_line() -> None:
    assert reading.approval(programme_for(result())) == "приказ управления образования от 05.04.2021 №\u00a0119"


def test_goals_and_tasks_know_their_indicators() -> None:
    counted = result(indicator("A"), indicator("B"), indicator("C"), indicator("D"))
    assert reading.served(programme_for(counted)) == {"G1": ["A", "D"], "G2": ["B"], "G3": ["C"], "T1": []}


def test_standings_are_told_in_words() -> None:
    assert set(reading.STANDING_WORDS) == set(Standing)


def test_a_history_ends_with_the_date_of_the_count_once() -> None:
    earlier = ((dt.date(2021, 12, 31), share(1, 4)), (dt.date(2022, 12, 31), share(1, 2)))
    for given in (earlier, earlier[:1]):
        counted = result(indicator("A", value=share(3, 4)), history={"A": given})
        found = [(day.year, value.value) for day, value in reading.history(counted, counted.indicators[0])]
        assert found == [(2021, 0.25), (2022, 0.75)]
    alone = result(indicator("A"))
    assert reading.history(alone, alone.indicators[0]) == []
