"""From the tables for outsiders nobody is found out, whatever sums one makes of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.indicators.results import Breakdown, GroupValue, IndicatorResult, ProgrammeResult, Shape, Value
from opora.privacy.outsiders import Groups, outsiders_table
from opora.privacy.outsiders.suppression import LEAST, Count, Counts, hidden
from opora.programmes.check import examine
from opora.programmes.model import Programme
from tests.papers import fakes
from tests.privacy.attack import Equation, range_of

TOP = "всего"


@dataclass(frozen=True)
class Town:
    counts: Counts
    above: dict[str, str]


@st.composite
def towns(draw: st.DrawFn) -> Town:
    """Schools of three kinds at most; of every number of people, and the small ones oftener."""
    people = st.integers(0, 12) | st.integers(0, 60)
    counts: dict[str, Count] = {}
    above: dict[str, str] = {}
    sums: Counter[tuple[str, str]] = Counter()
    for place in range(draw(st.integers(1, 7))):
        school, kind = f"школа {place}", f"вид {draw(st.integers(0, 2))}"
        n, others, unknown = draw(people), draw(people), draw(st.integers(0, 8))
        counts[school], above[school] = Count(n, n + others, unknown), kind
        above[kind] = TOP
        for total in (kind, TOP):
            sums.update({(total, "n"): n, (total, "total"): n + others, (total, "unknown"): unknown})
    for total in {TOP, *above.values()}:
        counts[total] = Count(sums[total, "n"], sums[total, "total"], sums[total, "unknown"])
    return Town(counts, above)


def equations(town: Town, kept_back: frozenset[str]) -> list[Equation]:
    """All that an attacker knows: what is shown, who lies in what, and how many people there are everywhere."""
    found: list[Equation] = []
    for place, count in town.counts.items():
        found.append(({f"yes {place}": 1, f"no {place}": 1}, count.total))
        if place not in kept_back:
            found.append(({f"yes {place}": 1}, count.n))
        if parts := [part for part, over in town.above.items() if over == place]:
            for answer in ("yes", "no"):
                found.append(({f"{answer} {place}": -1} | {f"{answer} {part}": 1 for part in parts}, 0))
    return found


@given(towns())
def test_no_hidden_number_is_pinned_to_fewer_than_five_people(town: Town) -> None:
    kept_back = hidden(town.counts, town.above)
    known = equations(town, kept_back)
    for place in kept_back:
        count = town.counts[place]
        least, greatest = range_of(f"yes {place}", known)
        assert least <= count.n <= greatest
        assert greatest - least >= min(LEAST, count.total)


@given(towns())
def test_what_is_shown_tells_of_no_small_group(town: Town) -> None:
    for place in town.counts.keys() - hidden(town.counts, town.above):
        count = town.counts[place]
        assert count.n >= LEAST
        assert count.total - count.n >= LEAST
        assert count.unknown == 0 or count.unknown >= LEAST


@given(towns())
def test_the_attacker_of_these_tests_finds_what_one_subtraction_finds(town: Town) -> None:
    """If only the small ones were hidden she would often pin them: the tests above do not hold by themselves."""
    one = max(town.above, key=lambda place: (place.startswith("школа"), place))
    least, greatest = range_of(f"yes {one}", equations(town, frozenset({one})))
    assert least == greatest == town.counts[one].n


@given(towns())
def test_the_same_numbers_are_hidden_whatever_the_order_of_the_places(town: Town) -> None:
    backwards = dict(reversed(list(town.counts.items()))), dict(reversed(list(town.above.items())))
    assert hidden(*backwards) == hidden(town.counts, town.above)


def schools(*counts: tuple[int, int]) -> Town:
    """Under one total; ``n`` and ``N``."""
    found = {f"школа {place}": Count(*each) for place, each in enumerate(counts)}
    total = Count(sum(each[0] for each in counts), sum(each[1] for each in counts))
    return Town({**found, TOP: total}, dict.fromkeys(found, TOP))


@pytest.mark.parametrize(
    ("town", "expected"),
    [
        (schools((20, 40), (30, 60), (10, 20)), set()),
        (schools((20, 40), (3, 60), (10, 20)), {"школа 1", "школа 2"}),
        (schools((20, 40), (40, 40), (10, 20)), {"школа 1", "школа 2"}),
        (schools((20, 40), (0, 40), (3, 20)), {"школа 0", "школа 1", "школа 2"}),
        (schools((2, 40), (0, 40)), {"школа 0", "школа 1", TOP}),
        (schools((6, 40), (0, 40), (3, 20)), {"школа 1", "школа 2", "школа 0"}),
    ],
)
def test_the_smallest_neighbour_is_hidden_with_a_small_group(town: Town, expected: set[str]) -> None:
    assert hidden(town.counts, town.above) == expected


def test_totals_that_do_not_add_up_are_hidden_sooner_than_shown() -> None:
    """Somebody works in two schools and counts once in the town: sums are not exact, and nothing breaks."""
    counts = {"школа 0": Count(3, 30), "школа 1": Count(20, 40), TOP: Count(21, 55)}
    kept_back = hidden(counts, dict.fromkeys(["школа 0", "школа 1"], TOP))
    assert kept_back == {"школа 0", "школа 1"}


def test_where_few_of_many_are_not_known_the_number_is_hidden_too() -> None:
    assert hidden({TOP: Count(20, 40, 4)}, {}) == {TOP}
    assert hidden({TOP: Count(20, 40, 5)}, {}) == set()


# ── the table ───────────────────────────────────────────────────────────────────────────────────────────────────────


def programme(**shares: tuple[str, str]) -> Programme:
    """By code: what is asked, and of whom."""
    lines = [
        f"- {{code: {code.replace('_', '-')}, title: Показатель {code}, share: '{share}', of: '{of}'}}"
        for code, (share, of) in shares.items()
    ]
    about = "programme: {key: example, title: Пример, municipality: Город, starts: 2026-01-01}"
    examined = examine("\n".join([about, "indicators:", *lines]))
    assert examined.programme is not None, examined.faults
    return examined.programme


def result(of: Programme, **values: tuple[tuple[int, int], ...]) -> ProgrammeResult:
    """By code: n and N of the whole, of both kinds, of the four schools."""
    indicators = [_indicator(of, code.replace("_", "-"), tuple(fakes.share(*each) for each in each_of))
                  for code, each_of in values.items()]  # fmt: skip
    return fakes.result(*indicators)


def _indicator(of: Programme, code: str, values: tuple[Value, ...]) -> IndicatorResult:
    whole, first, second, *of_schools = values
    known = of.indicator(code)
    assert known is not None
    kinds = (GroupValue("school", "Школы", first), GroupValue("preschool", "Детские сады", second))
    places = tuple(GroupValue(f"{place}", f"Школа {place}", value) for place, value in enumerate(of_schools))
    breakdowns = Breakdown("organisation", "По организациям", places), Breakdown("organisation_kind", "По видам", kinds)
    return fakes.indicator(code, title=known.title, value=whole, breakdowns=breakdowns)


GROUPS = Groups("organisation_kind", {"0": "school", "1": "school", "2": "preschool", "3": "preschool"})
NUMBERS = ((80, 200), (40, 100), (40, 100), (20, 50), (20, 50), (3, 50), (37, 50))


def told(of: Programme, found: ProgrammeResult, groups: Groups | None = GROUPS) -> list[tuple[str, list[str]]]:
    table = outsiders_table(found, of, groups)
    return [(row.title, [f"{one.n}/{one.total}" if one else "—" for one in row.cells]) for row in table.rows]


def test_the_table_shows_the_whole_the_kinds_and_the_organisations() -> None:
    of = programme(A_1=("has mentorship as mentee", "educator"))
    assert told(of, result(of, A_1=NUMBERS)) == [
        ("Всего", ["80/200"]),
        ("Детские сады", ["40/100"]),
        ("Школы", ["40/100"]),
        ("Школа 0", ["20/50"]),
        ("Школа 1", ["20/50"]),
        ("Школа 2", ["—"]),
        ("Школа 3", ["—"]),
    ]


KIN = {
    "a part of the same people": (
        ("has mentorship as mentee", "educator"),
        ("has mentorship as mentee", "educator and age < 35"),
    ),
    "a narrower question": (
        ("has attestation", "educator"),
        ("has attestation and has mentorship as mentee", "educator"),
    ),
    "the opposite": (("has mentorship as mentee", "educator"), ("not has mentorship as mentee", "educator")),
    "another value of the same": (("age < 35", "educator"), ("age >= 35", "educator")),
    "another threshold": (("age < 35", "educator"), ("age < 36", "educator")),
    "asked of those of whom the first counts": (
        ("has mentorship as mentee", "educator"),
        ("has training in period", "educator and has mentorship as mentee"),
    ),
}


@pytest.mark.parametrize("pair", KIN.values(), ids=KIN)
def test_of_two_shares_that_can_be_subtracted_only_the_first_is_shown(
    pair: tuple[tuple[str, str], tuple[str, str]],
) -> None:
    of = programme(A_1=pair[0], A_2=pair[1])
    table = outsiders_table(result(of, A_1=NUMBERS, A_2=NUMBERS), of)
    assert (table.codes, table.left_out) == (("A-1",), ("A-2",))


def test_other_questions_stand_beside_each_other() -> None:
    of = programme(
        A_1=("has mentorship as mentee", "educator"),
        A_2=("has training in period", "educator"),
        A_3=("has attestation", "teacher"),
    )
    table = outsiders_table(result(of, A_1=NUMBERS, A_2=NUMBERS, A_3=NUMBERS), of)
    assert (table.codes, table.left_out) == (("A-1", "A-2", "A-3"), ())


def test_an_organisation_in_which_nobody_is_counted_has_an_empty_cell() -> None:
    of = programme(A_1=("has mentorship as mentee", "educator"))
    found = result(of, A_1=((80, 200), (40, 100), (40, 100), (20, 50), (20, 50), (40, 100), (0, 0)))
    assert told(of, found)[-2:] == [("Школа 2", ["40/100"]), ("Школа 3", ["—"])]


def test_what_is_no_share_of_people_by_organisations_is_not_shown() -> None:
    of = programme(A_1=("has mentorship as mentee", "educator"), A_2=("has training in period", "educator"))
    found = result(of, A_1=NUMBERS, A_2=NUMBERS)
    whole, plain = found.indicators
    number = replace(whole, value=replace(whole.value, shape=Shape.NUMBER))
    assert outsiders_table(replace(found, indicators=(number, plain)), of).codes == ("A-2",)
    assert outsiders_table(replace(found, indicators=(whole, replace(plain, breakdowns=()))), of).codes == ("A-1",)
