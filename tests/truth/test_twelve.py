"""A town of twelve invented people, counted by hand in ``docs/twelve.md``: the engine must count the same.

Every number below was written down from the town, indicator by indicator, before the engine was first asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from opora.indicators.dataset.check import check_dataset
from opora.indicators.dataset.store import Dataset, read_dataset
from opora.indicators.engine.backends import open_engine
from opora.indicators.engine.opening import Opener
from opora.indicators.formula import bound as b
from opora.indicators.formula.indicator import IndicatorText, bind_indicator
from opora.indicators.results import IndicatorResult, OpenedRow, Verdict
from opora.programmes.compute import Wish, calculator_for, compute_programme, context_of
from opora.programmes.load import load_programme

TOWN = Path(__file__).parent / "twelve"
PAGE = Path(__file__).parents[2] / "docs" / "twelve.md"
PROGRAMMES = {"S": "strezhevoy", "L": "lesosibirsk", "B": "balakhta", "O": "olenegorsk", "P": "pervouralsk"}
NEW_YEARS_EVE = dt.date(2022, 12, 31)
LAST_OF_FEBRUARY = dt.date(2023, 2, 28)
FIRST_OF_MARCH = dt.date(2023, 3, 1)

Names = Mapping[str, str]
"""Who (or what) → yes, no, unknown; «? no» and «? maybe» for those of whom it is not known whether they are counted."""


def everyone(**stands: str) -> Names:
    return {name: how for how, names in stands.items() for name in names.split(", ") if name}


@dataclass(frozen=True)
class Counted:
    """One indicator as counted by hand."""

    code: str
    verdict: Verdict
    value: float | None
    low: float | None
    high: float | None
    n: int | None = None
    total: int | None = None
    unknown: int = 0
    names: Names = field(default_factory=dict)
    on: dt.date = NEW_YEARS_EVE

    def __str__(self) -> str:
        return f"{self.code} on {self.on}"


def share(
    code: str,
    verdict: Verdict,
    n: int,
    total: int,
    low: float | None,
    high: float | None,
    *,
    on: dt.date = NEW_YEARS_EVE,
    sure: str = "",
    out: str = "",
    unknown: str = "",
    perhaps: Names | None = None,
) -> Counted:
    """``perhaps``: those of whom it is not known whether they are counted, and how they stand."""
    maybe = {name: "? no" if how == "no" else "? maybe" for name, how in (perhaps or {}).items()}
    names = {**everyone(yes=sure, no=out, unknown=unknown), **maybe}
    missing = sum(how == "unknown" or how.startswith("?") for how in names.values())
    return Counted(code, verdict, n / total if total else None, low, high, n, total, missing, names, on)


BY_HAND = [
    share(
        "S-1.2",
        Verdict.AHEAD,
        1,
        8,
        1 / 9,
        2 / 9,
        sure="Третьева",
        out="Первова, Второв, Шестова, Седьмова, Девятова, Десятова, Одиннадцатова",
        unknown="Восьмова",
    ),
    share(
        "S-1.4",
        Verdict.NOT_MET,
        5,
        8,
        5 / 9,
        6 / 9,
        sure="Первова, Третьева, Шестова, Седьмова, Восьмова",
        out="Второв, Девятова, Десятова",
        unknown="Одиннадцатова",
    ),
    share(
        "S-3.5",
        Verdict.NOT_MET,
        3,
        8,
        3 / 9,
        4 / 9,
        sure="Второв, Третьева, Девятова",
        out="Первова, Шестова, Седьмова, Десятова, Одиннадцатова",
        unknown="Восьмова",
    ),
    share("S-4.6", Verdict.NOT_MET, 0, 1, 0, 1 / 2, out="Десятова", perhaps={"Седьмова": "yes"}),
    share("S-4.6", Verdict.NOT_MET, 0, 1, 0, 1 / 2, on=LAST_OF_FEBRUARY, out="Десятова", perhaps={"Седьмова": "yes"}),
    share(
        "S-4.9",
        Verdict.MET,
        2,
        3,
        2 / 4,
        3 / 4,
        sure="Третьева, Одиннадцатова",
        out="Девятова",
        perhaps={"Восьмова": "unknown"},
    ),
    share(
        "B-2.3",
        Verdict.NOT_MET,
        2,
        4,
        2 / 5,
        2 / 4,
        sure="Второв, Одиннадцатова",
        out="Третьева, Десятова",
        perhaps={"Седьмова": "no"},
    ),
    share(
        "B-2.3",
        Verdict.NOT_MET,
        2,
        3,
        2 / 4,
        2 / 3,
        on=LAST_OF_FEBRUARY,
        sure="Десятова, Одиннадцатова",
        out="Третьева",
        perhaps={"Седьмова": "no"},
    ),
    share(
        "B-2.3",
        Verdict.UNDECIDED,
        2,
        2,
        2 / 3,
        1,
        on=FIRST_OF_MARCH,
        sure="Десятова, Одиннадцатова",
        perhaps={"Седьмова": "no"},
    ),
    share(
        "B-3.2",
        Verdict.NOT_MET,
        3,
        4,
        3 / 5,
        4 / 5,
        sure="Третьева, Седьмова, Десятова",
        out="Второв",
        unknown="Одиннадцатова",
    ),
    share(
        "B-D.8",
        Verdict.NOT_MET,
        1,
        2,
        1 / 2,
        1 / 2,
        sure="Объединение учителей математики",
        out="Объединение воспитателей",
    ),
    share(
        "B-D.11",
        Verdict.NOT_MET,
        1,
        2,
        1 / 2,
        1 / 2,
        sure="Провести августовскую конференцию",
        out="Утвердить план",
    ),
    Counted("O-2.1", Verdict.MET, 4, 4, 4, n=4, names=everyone(yes="Второв, Третьева, Восьмова, Двенадцатов")),
    share(
        "O-D3.7",
        Verdict.MET,
        3,
        3,
        3 / 11,
        1,
        sure="Первова, Третьева, Двенадцатов",
        unknown="Второв, Четверова, Шестова, Седьмова, Восьмова, Девятова, Десятова, Одиннадцатова",
    ),
    share(
        "P-2.1",
        Verdict.UNDECIDED,
        3,
        3,
        3 / 10,
        1,
        sure="Первова, Второв, Четверова",
        unknown="Третьева, Шестова, Седьмова, Восьмова, Девятова, Десятова, Одиннадцатова",
    ),
    share(
        "P-4.5",
        Verdict.MET,
        1,
        2,
        1 / 3,
        2 / 3,
        sure="Коллектив «Двое»",
        out="Коллектив «Одна под вопросом»",
        unknown="Коллектив «Один дважды»",
    ),
    Counted("P-6.1", Verdict.UNDECIDED, 1 / 3, 1 / 3, 1 / 3),
    share(
        "L-1.5",
        Verdict.NO_TARGET,
        4,
        8,
        4 / 10,
        6 / 10,
        sure="Первова, Второв, Девятова, Одиннадцатова",
        out="Третьева, Четверова, Седьмова, Десятова",
        unknown="Шестова, Восьмова",
    ),
    share(
        "L-1.6",
        Verdict.NO_TARGET,
        2,
        9,
        2 / 10,
        3 / 10,
        sure="Первова, Четверова",
        out="Второв, Шестова, Седьмова, Восьмова, Девятова, Десятова, Одиннадцатова",
        unknown="Третьева",
    ),
]
"""All but S-1.1, in which a person stands in several rows: it has a test of its own."""


@cache
def town() -> Dataset:
    return read_dataset(TOWN)


@cache
def counted(programme: str, on: dt.date) -> Mapping[str, IndicatorResult]:
    codes = {one.code for one in BY_HAND if PROGRAMMES[one.code[0]] == programme and one.on == on}
    codes |= {"S-1.1"} if programme == "strezhevoy" and on == NEW_YEARS_EVE else set()
    with open_engine("duckdb") as engine:
        wish = Wish(by=("organisation",), lists=codes, history=False, codes=codes)
        result = compute_programme(load_programme(programme), town(), engine, on, wish=wish)
    return {one.code: one for one in result.indicators}


def of(code: str, on: dt.date = NEW_YEARS_EVE) -> IndicatorResult:
    return counted(PROGRAMMES[code[0]], on)[code]


def counted_things(code: str, on: dt.date) -> tuple[OpenedRow, ...]:
    """Of a count too, as if it were the share of those who exist."""
    result = of(code, on)
    if not result.formula.startswith("count: "):
        return result.opened
    programme = load_programme(PROGRAMMES[code[0]])
    text = IndicatorText(share="id is known", of=result.formula.removeprefix("count: "), exclude=programme.exclude)
    formula = bind_indicator(text, programme.all_definitions)
    assert isinstance(formula, b.ShareOf)
    with open_engine("duckdb") as engine:
        return tuple(Opener(calculator_for(programme, town(), engine), context_of(programme, on)).rows(formula))


def name_of(title: str) -> str:
    """A person by the surname, a thing by its title."""
    is_thing = title.startswith(("Объединение ", "Коллектив ", "Провести ", "Утвердить "))
    return title if is_thing else title.split(" ", maxsplit=1)[0]


def standing(row: OpenedRow) -> str:
    if row.in_base == 2:
        return {2: "yes", 1: "unknown", 0: "no"}[row.code]
    return "? no" if row.code == 0 else "? maybe"


def failing(code: str, name: str, on: dt.date = NEW_YEARS_EVE) -> list[tuple[str, int]]:
    """What put a person or a thing out: the words, and 0 (it is not so) or 1 (it is not known)."""
    (row,) = [row for row in counted_things(code, on) if name_of(row.title) == name]
    return [(part.words, part.code) for part in row.failed]


def test_every_count_is_told_on_the_page() -> None:
    page = PAGE.read_text("utf-8")
    assert {code for code in {one.code for one in BY_HAND} | {"S-1.1"} if f"### {code}. " not in page} == set()


def test_the_town_is_twelve_invented_people_without_a_fault() -> None:
    assert town().table("person").num_rows == 12
    assert town().synthetic
    assert check_dataset(town()) == ()


@pytest.mark.parametrize("mine", BY_HAND, ids=str)
def test_the_engine_counts_what_was_counted_by_hand(mine: Counted) -> None:
    value = of(mine.code, mine.on).value
    assert (value.n, value.total, value.unknown) == (mine.n, mine.total, mine.unknown)
    assert [value.value, value.low, value.high] == pytest.approx([mine.value, mine.low, mine.high])
    assert not value.partial


@pytest.mark.parametrize("mine", BY_HAND, ids=str)
def test_the_verdict_is_the_one_reached_by_hand(mine: Counted) -> None:
    assert of(mine.code, mine.on).verdict is mine.verdict


@pytest.mark.parametrize("mine", [one for one in BY_HAND if one.names], ids=str)
def test_each_stands_where_the_hand_put_them(mine: Counted) -> None:
    rows = counted_things(mine.code, mine.on)
    assert {name_of(row.title): standing(row) for row in rows} == mine.names


def test_a_person_of_several_subjects_counts_once_in_the_town_and_once_in_each_subject() -> None:
    result = of("S-1.1")
    value = result.value
    assert (value.n, value.total, value.unknown, value.low, value.high) == (2, 5, 1, 2 / 6, 3 / 6)
    assert result.verdict is Verdict.MET
    (subjects,) = [breakdown for breakdown in result.breakdowns if breakdown.by == "subject"]
    assert {group.key: (group.value.n, group.value.total, group.value.unknown) for group in subjects.groups} == {
        "математика": (1, 2, 0),
        "физика": (1, 2, 1),
        "русский язык": (0, 1, 0),
        "литература": (0, 1, 0),
        "биология": (0, 1, 0),
    }


def test_a_person_of_two_jobs_counts_once_in_the_town_and_once_in_each_school() -> None:
    (schools,) = [breakdown for breakdown in of("L-1.5").breakdowns if breakdown.by == "organisation"]
    assert {group.title: (group.value.n, group.value.total, group.value.unknown) for group in schools.groups} == {
        "Школа № 1": (2, 4, 0),
        "Школа № 2": (1, 4, 0),
        "Детский сад № 3": (1, 1, 2),
    }


def test_growth_is_measured_from_what_was_known_to_be_so_a_year_before() -> None:
    routes, labs = of("O-2.1").base, of("P-6.1").base
    assert routes is not None
    assert labs is not None
    assert (routes.n, routes.unknown, routes.low, routes.high) == (2, 1, 2, 3)
    assert (labs.value, labs.unknown, labs.low) == (0, 1, 0)
    assert labs.high == pytest.approx(1 / 3)


def test_a_near_miss_says_how_near() -> None:
    (row,) = [row for row in of("B-D.8").opened if row.title == "Объединение воспитателей"]
    assert [(part.code, part.near) for part in row.failed] == [(0, "3 из 4 заседаний")]


NOT_SO, NOT_KNOWN = 0, 1


@pytest.mark.parametrize(
    ("code", "name", "parts"),
    [
        ("S-1.4", "Второв", [("прошёл обучение", NOT_SO)]),
        ("S-1.4", "Одиннадцатова", [("прошёл обучение", NOT_KNOWN)]),
        ("S-3.5", "Первова", [("имеет первую или высшую категорию", NOT_SO)]),
        ("S-4.6", "Десятова", [("ни одно из: имеет наставника в первые 3 года", NOT_SO)]),
        ("S-4.9", "Девятова", [("стаж работы в организации", NOT_SO)]),
        ("B-2.3", "Седьмова", [("является молодым педагогом (возраст", NOT_KNOWN), ("имеет наставника", NOT_SO)]),
        ("B-3.2", "Одиннадцатова", [("выполнена обучением", NOT_KNOWN)]),
        ("B-D.11", "Утвердить план", [("выполнена", NOT_SO)]),
        ("O-D3.7", "Второв", [("участвовал в мероприятии", NOT_KNOWN)]),
        ("P-2.1", "Девятова", [("участвовал в мероприятии", NOT_KNOWN)]),
        ("P-4.5", "Коллектив «Один дважды»", [("имеет в составе людей", NOT_KNOWN)]),
        ("L-1.6", "Третьева", [("состоит в объединении", NOT_KNOWN)]),
    ],
)
def test_the_failing_part_is_the_one_found_by_hand(code: str, name: str, parts: list[tuple[str, int]]) -> None:
    found = failing(code, name)
    assert len(found) == len(parts)
    for (words, how), (begins, expected) in zip(found, parts, strict=True):
        assert words.startswith(begins)
        assert how == expected
