"""Pages of organisations: inside only for the service and the organisation itself, numbers as they were counted."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from opora.access.models import User
from opora.access.roles import SERVICE, Role
from opora.cycle.models import ProgrammeVersion
from opora.cycle.numbers import USUAL, day_of
from opora.cycle.queue import OPORA, Asking
from opora.indicators.results import IndicatorResult, Shape, Value, Verdict
from opora.papers import reading, words
from opora.papers.words import Look
from opora.people.models import Employment, Organisation, Person, Territory
from opora.privacy.reading import readings_of
from opora.registry.scope import scope
from opora.snapshot.values import fresh_values
from opora.web.layout.number import Figure, figure_of
from opora.web.organisation.numbers import Line, worst
from opora.web.organisation.rights import INSIDE
from opora.web.organisation.staff import Worker
from tests.access.world import SCHOOLS, TESTS, School, territory
from tests.programmes.files import GOOD
from tests.web.counted import counted_programme
from tests.web.people import browser, said

pytestmark = pytest.mark.usefixtures("world")
HERE, NEIGHBOUR, VILLAGE, _ = SCHOOLS
TRAINED = """\
  - code: X-3
    title: Доля работающих
    share: has employment
    of: person
measures:
"""


@pytest.fixture(scope="module")
def version(world: None) -> ProgrammeVersion:
    return counted_programme(GOOD.replace("measures:\n", TRAINED), HERE)


def number(school: School) -> int:
    with scope([territory(school.town)], TESTS):
        return Organisation.objects.get(key=school.key("organisation")).pk


def page(user: User, school: School, part: str = "brief", name: str = "organisation") -> str:
    return said(browser(user).get(reverse(name, args=[number(school)]) + f"?part={part}"))


@pytest.mark.parametrize("role", Role)
def test_staff_is_told_to_the_service_and_the_organisation_alone(role: Role, users: dict[Role, User]) -> None:
    here, beside = page(users[role], HERE, "staff"), page(users[role], NEIGHBOUR, "staff")
    assert (f"last_name {HERE.name}" in here) == (role in INSIDE)
    assert (f"last_name {NEIGHBOUR.name}" in beside) == (role in INSIDE and role is not Role.COORDINATOR)
    assert f"title {NEIGHBOUR.name}" in beside


def test_a_job_elsewhere_is_no_business_of_this_page(users: dict[Role, User]) -> None:
    with scope([territory(HERE.town)], TESTS):
        job = Employment.objects.create(
            municipality_id=territory(HERE.town),
            person=Person.objects.get(key=HERE.key("person")),
            organisation_id=number(NEIGHBOUR),
            staff_group="educator",
            post="methodist",
            position="Тайная вторая работа",
            kind="external",
        )
    try:
        assert "Тайная вторая работа" not in page(users[Role.COORDINATOR], HERE, "staff")
        assert "Тайная вторая работа" in page(users[Role.METHODIST], NEIGHBOUR, "staff")
    finally:
        with scope([territory(HERE.town)], TESTS):
            job.delete()


def test_whoever_was_shown_in_a_list_finds_it_in_the_log(users: dict[Role, User]) -> None:
    with scope([territory(HERE.town)], TESTS):
        person = Person.objects.get(key=HERE.key("person")).pk
        before = len(readings_of(person))
    page(users[Role.METHODIST], HERE)
    page(users[Role.MENTOR], HERE)
    with scope([territory(HERE.town)], TESTS):
        told = readings_of(person)
    assert (len(told) - before, told[0].what) == (1, "список организации")


def test_numbers_are_those_that_were_counted(users: dict[Role, User], version: ProgrammeVersion) -> None:
    place = Territory.objects.get(key=HERE.town)
    with scope([place.pk], TESTS):
        counted = fresh_values(Asking(version, place, day_of(version, dt.date.today()), by=USUAL).question, OPORA)
    result = counted.result
    found = next(one for one in result.indicators if one.code == "X-3")
    split = reading.breakdown(found, "organisation")
    assert split is not None
    own = next(group.value for group in split.groups if group.key == HERE.key("organisation"))
    text = page(users[Role.METHODIST], HERE, "numbers")
    look = reading.look(found)
    line = f"{words.shown(look, own.value)} {words.out_of(own)} {words.shown(look, found.value.value)}"
    told = " ".join(line.split())
    assert told in text
    for role in set(Role) - {*SERVICE}:
        assert told not in page(users[role], HERE, "numbers")


def line(code: str, own: float, town: float, total: float, target: str = "", version: str = "") -> Line:
    counted = IndicatorResult(
        code, code, "", "%", "", "", "", version or code, _share(town, 100), target, None, Verdict.NO_TARGET
    )
    figure = figure_of(counted, "/")
    return Line(counted, figure, (Figure(_share(own, total), Look.PERCENT),))


def _share(value: float, total: float) -> Value:
    return Value(Shape.SHARE, value, value, value, value * total, total)


def test_behind_is_told_in_people_and_the_other_way_round_where_less_is_better() -> None:
    lines = [
        line("one of one", 0, 0.4, 1),
        line("ten of thirty", 0.3, 0.4, 30, version="alike"),
        line("the same again", 0.3, 0.4, 30, version="alike"),
        line("better", 0.5, 0.4, 30),
        line("less is better", 0.5, 0.4, 50, "снижение"),
        line("less, and less it is", 0.3, 0.4, 50, "не более 50%"),
    ]
    assert [one.indicator.code for one in worst(lines)] == ["less is better", "ten of thirty", "one of one"]


def test_years_of_work_are_full_years() -> None:
    worker = Worker(Person(career_start=dt.date(2020, 9, 2)), "")
    assert [worker.years(dt.date(2023, 9, day)) for day in (1, 2)] == [2, 3]
    assert Worker(Person(), "").years(dt.date(2023, 9, 1)) is None


@pytest.mark.parametrize("role", [Role.METHODIST, Role.COORDINATOR])
def test_members_of_associations_and_needs_are_counted_by_surnames(role: Role, users: dict[Role, User]) -> None:
    text = page(users[role], HERE)
    assert f"Title {HERE.name} — 1 last_name {HERE.name}" in text
    assert f"{NEIGHBOUR.name} — 1" not in text


def test_the_sheet_names_who_needs_what(users: dict[Role, User]) -> None:
    text = page(users[Role.COORDINATOR], HERE, name="organisation_sheet")
    assert "Работников 1" in text
    assert "Дефициты" in text
    assert NEIGHBOUR.name not in text


@pytest.mark.parametrize(
    ("schools", "status", "words_"),
    [
        ((), 200, "Какие организации"),
        ((HERE,), 200, "Выберите от 2 до 5 организаций, сейчас выбрано 1."),
        ((HERE, NEIGHBOUR), 200, "Доля работающих"),
        ((HERE, VILLAGE), 404, ""),
    ],
)
def test_two_to_five_organisations_of_ones_own_are_compared(
    schools: tuple[School, ...], status: int, words_: str, users: dict[Role, User], version: ProgrammeVersion
) -> None:
    query = "&".join(f"of={number(school)}" for school in schools)
    answer = browser(users[Role.METHODIST]).get(f"{reverse('organisations_compare')}?{query}")
    assert answer.status_code == status
    assert words_ in said(answer)
    assert VILLAGE.name not in said(answer)


def test_a_list_of_staff_costs_no_query_for_a_row_and_a_formula_in_a_name_stays_text(users: dict[Role, User]) -> None:
    client, address = browser(users[Role.METHODIST]), reverse("organisation", args=[number(HERE)])

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{address}?part=staff").status_code == 200
        return len(asked)

    people = hired(HERE, 1)
    try:
        queries()  # which asks for the numbers to be counted anew
        before = queries()
        people += hired(HERE, 8)
        assert queries() == before
        answer = client.get(reverse("organisation_workbook", args=[number(HERE)]))
        rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
        assert [row[0] for row in rows[1:10]] == [FORMULA] * 9
        assert len(rows) == 11
        assert b"<f>" not in answer.content
    finally:
        with scope([territory(HERE.town)], TESTS):
            Employment.objects.filter(person__in=people).delete()
            Person.objects.filter(pk__in=people).delete()


FORMULA = '=cmd|" /c calc"!A0'


def hired(school: School, count: int) -> list[int]:
    """New people of the school, all of one dangerous name."""
    town = territory(school.town)
    with scope([town], TESTS):
        people = [Person.objects.create(municipality_id=town, last_name=FORMULA).pk for _ in range(count)]
        for person in people:
            Employment.objects.create(
                municipality_id=town,
                person_id=person,
                organisation_id=number(school),
                staff_group="educator",
                post="teacher",
                kind="main",
            )
    return people


def test_the_list_is_narrowed_and_its_workbook_holds_the_same(users: dict[Role, User]) -> None:
    client = browser(users[Role.METHODIST])
    text = said(client.get(f"{reverse('organisations')}?q={HERE.name.split()[-1]}&kind=school"))
    assert (f"title {HERE.name}" in text, f"title {NEIGHBOUR.name}" in text) == (True, False)
    answer = client.get(f"{reverse('organisations_workbook')}?q=title")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["Название", f"title {HERE.name}", f"title {NEIGHBOUR.name}"]
    staffed = {row[0]: row[3] for row in rows[1:]}
    assert staffed == {f"title {HERE.name}": 1.0, f"title {NEIGHBOUR.name}": 1.0}
    assert "Работников" not in said(browser(users[Role.EDUCATOR]).get(reverse("organisations")))
