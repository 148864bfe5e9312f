"""The overview of a town and the page of an indicator: what is kept is shown at once, names only to the service."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from opora.access.models import User
from opora.access.roles import Role
from opora.cycle.models import ProgrammeVersion
from opora.cycle.numbers import day_of
from opora.cycle.queue import OPORA, Asking
from opora.people.models import Person, Territory
from opora.privacy.reading import readings_of
from opora.registry.scope import scope
from opora.snapshot.opened import fresh_lists
from opora.web.number_rights import SEES_NUMBERS
from tests.access.world import SCHOOLS, TESTS, territory
from tests.programmes.files import GOOD
from tests.web.counted import counted_programme
from tests.web.people import browser, said

pytestmark = pytest.mark.usefixtures("world")
HERE, _, VILLAGE, _ = SCHOOLS
TRAINED = """\
  - code: X-3
    title: Доля обученных
    share: has training
    of: person
measures:
"""
TEXT = GOOD.replace("measures:\n", TRAINED)


@pytest.fixture(scope="module")
def version(world: None) -> ProgrammeVersion:
    """In force in the town, its values counted and X-3 opened."""
    found, place = counted_programme(TEXT, HERE), Territory.objects.get(key=HERE.town)
    fresh_lists(Asking(found, place, day_of(found, dt.date.today()), code="X-3").question, OPORA)
    return found


def address(version: ProgrammeVersion, code: str = "X-3", page: str = "indicator") -> str:
    return reverse(page, args=[version.pk, code])


@pytest.mark.parametrize("role", SEES_NUMBERS)
def test_the_overview_leads_from_each_number_to_its_indicator(
    role: Role, users: dict[Role, User], version: ProgrammeVersion
) -> None:
    answer = browser(users[role]).get(reverse("start"))
    text = answer.content.decode()
    assert [code for code in ("X-1", "X-2", "X-3") if f'href="{address(version, code)}"' in text] == [
        "X-1",
        "X-2",
        "X-3",
    ]
    assert "http-equiv" not in text  # all of it is here: nothing to wait for


@pytest.mark.parametrize("role", [role for role in Role if role not in SEES_NUMBERS])
def test_who_sees_no_numbers_starts_at_her_own_doors(
    role: Role, users: dict[Role, User], version: ProgrammeVersion
) -> None:
    answer = browser(users[role]).get(reverse("start"))
    assert f"Здравствуйте, {users[role].full_name}" in said(answer)
    assert "/indicators/" not in answer.content.decode()


def test_an_indicator_names_those_behind_it_and_logs_that_they_were_read(
    users: dict[Role, User], version: ProgrammeVersion
) -> None:
    with scope([territory(HERE.town)], TESTS):
        person = Person.objects.get(key=HERE.key("person"))
    answer = browser(users[Role.METHODIST]).get(address(version), {"who": "unknown"})
    assert f'href="{reverse("person", args=[person.pk])}"' in answer.content.decode()
    with scope([territory(HERE.town)], TESTS):
        told = readings_of(person.pk)[0]
    assert (told.who, told.what) == (users[Role.METHODIST].acting, "список показателя")


def test_an_observer_gets_the_number_without_names_and_without_small_groups(
    users: dict[Role, User], version: ProgrammeVersion
) -> None:
    answer = browser(users[Role.OBSERVER]).get(address(version))
    text = answer.content.decode()
    assert "Имена и числа отдельных организаций видит методическая служба" in text
    assert [school.name for school in SCHOOLS if school.name in text.replace(users[Role.OBSERVER].full_name, "")] == []
    assert "/people/" not in text
    book = book_of(users[Role.OBSERVER], version)
    assert not [cell for cell in book if "last_name" in cell or any(school.key("person") in cell for school in SCHOOLS)]
    assert not [cell for cell in book if f"title {HERE.name}" in cell]


def test_the_workbook_of_the_service_names_those_behind_the_number(
    users: dict[Role, User], version: ProgrammeVersion
) -> None:
    assert [cell for cell in book_of(users[Role.METHODIST], version) if f"last_name {HERE.name}" in cell]


def book_of(user: User, version: ProgrammeVersion) -> list[str]:
    answer = browser(user).get(address(version, page="indicator_workbook"))
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    return [str(cell) for sheet in sheets for row in sheet for cell in row]


@pytest.mark.parametrize(
    "query",
    ["town=0", "town=x", "town=99999999999999999999"],
)
def test_a_town_that_is_not_ones_own_is_not_there(
    query: str, users: dict[Role, User], version: ProgrammeVersion
) -> None:
    client = browser(users[Role.METHODIST])
    assert client.get(f"{reverse('start')}?{query}").status_code == 404
    assert client.get(f"{address(version)}?{query}").status_code == 404
    other = territory(VILLAGE.town)
    assert client.get(f"{reverse('start')}?town={other}").status_code == 404
    assert client.get(f"{address(version)}?town={other}").status_code == 404


def test_what_a_programme_has_not_is_not_there(users: dict[Role, User], version: ProgrammeVersion) -> None:
    assert browser(users[Role.METHODIST]).get(address(version, "X-99")).status_code == 404


def test_whatever_an_address_asks_for_the_page_is_shown(users: dict[Role, User], version: ProgrammeVersion) -> None:
    asked = {"who": "everybody", "list": "77", "page": "минус один", "order": "?"}
    assert browser(users[Role.HEAD]).get(address(version), asked).status_code == 200


def test_what_was_never_counted_is_said_and_asked_again(users: dict[Role, User], version: ProgrammeVersion) -> None:
    answer = browser(users[Role.METHODIST]).get(address(version, "X-1"))
    assert '<meta http-equiv="refresh" content="3">' in answer.content.decode()
    assert "Пересчитывается с" in said(answer)
