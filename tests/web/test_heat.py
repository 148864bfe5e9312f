"""Organisations × indicators: the kept numbers themselves, for the service alone; each leads to its page."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from opora.access.models import User
from opora.access.roles import Role
from opora.cycle.models import ProgrammeVersion
from opora.cycle.numbers import USUAL, day_of
from opora.cycle.queue import OPORA, Asking
from opora.indicators.results import IndicatorResult, Shape, Value, Verdict
from opora.papers import reading
from opora.people.models import Organisation, Territory
from opora.registry.scope import scope
from opora.snapshot.values import fresh_values
from opora.web.heat import MEANING, HeatCell, Told
from tests.access.world import SCHOOLS, TESTS, territory
from tests.programmes.files import GOOD
from tests.web.counted import counted_programme
from tests.web.people import browser, said

pytestmark = pytest.mark.usefixtures("world")
HERE, NEIGHBOUR, VILLAGE, _ = SCHOOLS


@pytest.fixture(scope="module")
def version(world: None) -> ProgrammeVersion:
    return counted_programme(GOOD, HERE)


def kept(version: ProgrammeVersion, code: str) -> IndicatorResult:
    place = Territory.objects.get(key=HERE.town)
    values = fresh_values(Asking(version, place, day_of(version, dt.date.today()), by=USUAL).question, OPORA)
    return next(one for one in values.result.indicators if one.code == code)


def rows_of(text: str) -> list[list[str]]:
    lines = re.findall(r"<tr[^>]*>(.*?)</tr>", text.partition("<tbody>")[2], re.S)
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in line.split("</t")[:-1]] for line in lines]


def book_of(user: User, query: str = "") -> list[Sequence[object]]:
    answer = browser(user).get(reverse("heat_workbook") + query)
    return list(CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python())


def test_the_table_holds_the_kept_numbers_of_each_organisation(
    users: dict[Role, User], version: ProgrammeVersion
) -> None:
    split = {code: reading.breakdown(kept(version, code), "organisation") for code in ("X-1", "X-2")}
    numbers = {
        code: {reading.group_title(group): group.value.value for group in found.groups}
        for code, found in split.items()
        if found
    }
    titles = sorted(numbers["X-2"])
    assert titles == [f"title {HERE.name}", f"title {NEIGHBOUR.name}"]
    told = {str(row[0]): row[2] for row in book_of(users[Role.METHODIST])[2:]}
    assert told == {title: numbers["X-2"][title] for title in titles}


def test_each_number_leads_to_its_indicator_and_each_name_to_its_organisation(
    users: dict[Role, User], version: ProgrammeVersion
) -> None:
    text = browser(users[Role.HEAD]).get(reverse("heat")).content.decode()
    with scope([territory(HERE.town)], TESTS):
        pages = [reverse("organisation", args=[one.pk]) for one in Organisation.objects.filter(key__in=_keys())]
    assert [page for page in pages if f'href="{page}"' in text] == pages
    assert f'class="heat heat-plain" href="{reverse("indicator", args=[version.pk, "X-2"])}"' in text


def _keys() -> list[str]:
    return [school.key("organisation") for school in (HERE, NEIGHBOUR)]


def test_the_table_is_sorted_by_any_column_and_narrowed_to_a_goal(
    users: dict[Role, User], version: ProgrammeVersion
) -> None:
    client = browser(users[Role.METHODIST])
    down = rows_of(client.get(reverse("heat"), {"sort": "-title"}).content.decode())
    up = rows_of(client.get(reverse("heat"), {"sort": "title"}).content.decode())
    assert down[1:] == up[:0:-1]
    assert len(up) == 3
    narrowed = said(client.get(reverse("heat"), {"goal": "X-G1"}))
    assert ("X-1" in narrowed, "X-2" in narrowed) == (True, False)
    # Of another programme, which stood beside the town that was chosen before.
    assert "Не сохранено" not in said(client.get(reverse("heat"), {"goal": "Z-1"}))


@pytest.mark.parametrize("query", ["?town=0", "?town=x", "?programme=77&sort=?&page=z&goal=%00"])
def test_what_is_not_hers_is_not_there_and_nonsense_is_the_whole_table(
    query: str, users: dict[Role, User], version: ProgrammeVersion
) -> None:
    expected = 404 if "town" in query else 200
    assert browser(users[Role.METHODIST]).get(reverse("heat") + query).status_code == expected
    other = f"?town={territory(VILLAGE.town)}"
    for page in ("heat", "heat_workbook"):
        assert browser(users[Role.METHODIST]).get(reverse(page) + other).status_code == 404


def test_no_school_of_another_town_is_told(users: dict[Role, User], version: ProgrammeVersion) -> None:
    text = browser(users[Role.METHODIST]).get(reverse("heat")).content.decode()
    assert f"title {HERE.name}" in text
    assert [school.name for school in SCHOOLS if f"title {school.name}" in text] == [HERE.name, NEIGHBOUR.name]


def test_the_number_of_queries_does_not_depend_on_what_is_shown(
    users: dict[Role, User], version: ProgrammeVersion
) -> None:
    client = browser(users[Role.METHODIST])
    client.get(reverse("heat"))
    counts = []
    for query in ({}, {"goal": "X-G1"}):
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("heat"), query)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("share", "high", "heat"),
    [(0.9, 0.9, "met"), (0.6, 0.6, "close"), (0.1, 0.1, "farthest"), (0.6, 0.8, "unknown")],
)
def test_a_colour_never_speaks_alone(share: float, high: float, heat: str) -> None:
    value = Value(Shape.SHARE, share, share, high, 1, 2, 1)
    indicator = IndicatorResult("A", "", "", "", "", "", "", "", value, "не менее 65 %", 0.65, Verdict.MET)
    cell = str(HeatCell(Told(indicator, value, "/")).__html__())
    sign, meaning = MEANING[reading.Heat(heat)]
    parts = (f"heat-{heat}", f">{sign}<", f">{meaning}<", "1 из\u00a02")
    assert [part for part in parts if part not in cell] == []
