"""«Курсы»: whose three years are over when, as the card says it; of one's own people alone."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from opora.access.models import User
from opora.access.roles import Role
from opora.access.seeing import scope_of, visible_to
from opora.indicators.periods import shifted
from opora.learning.expiry import course_terms
from opora.learning.models import Training, TrainingProgramme
from opora.people.models import Employment, Leave, Organisation, Person, Territory
from opora.privacy.reading import readings_of
from opora.registry.scope import scope
from opora.web.courses import Wanted, When, due
from tests.access.world import SCHOOLS, TESTS, territory, user_of
from tests.web.people import browser, said, with_second_factor

HERE, NEIGHBOUR, VILLAGE, _ = SCHOOLS
TODAY = dt.date.today()
LATE, SOON, FAR = (shifted(TODAY, -months, "month") for months in (40, 32, 5))
CROWD = 70


@pytest.fixture(scope="module", autouse=True)
def crowd(world: None) -> None:
    """Of the first school: teachers whose last course was long ago, a while ago and lately; the tenth was on leave for
    half a year, the eleventh still is, of the last no course is entered. And one of the village, late."""
    with scope([territory(HERE.town), territory(VILLAGE.town)], TESTS):
        _people(HERE.town, HERE.key("organisation"), CROWD, "Сотрудница")
        _people(VILLAGE.town, VILLAGE.key("organisation"), 1, "Сельская")


def _people(town: str, organisation: str, count: int, name: str) -> None:
    place = Territory.objects.get(key=town)
    school = Organisation.objects.get(key=organisation)
    programme = TrainingProgramme.objects.filter(municipality=place).first()
    people = Person.objects.bulk_create(
        [Person(municipality=place, last_name=f"{name} {number:03}") for number in range(count)]
    )
    Employment.objects.bulk_create(
        [
            Employment(
                municipality=place,
                person=one,
                organisation=school,
                post="teacher",
                staff_group="educator",
                kind="main",
                since=LATE,
            )
            for one in people
        ]
    )
    Training.objects.bulk_create(
        [
            Training(municipality=place, person=one, programme=programme, completed=(LATE, SOON, FAR)[number % 3])
            for number, one in enumerate(people)
            if number != CROWD - 1
        ]
    )
    if count > 11:
        half = shifted(LATE, 6, "month")
        Leave.objects.bulk_create(
            [
                Leave(municipality=place, person=people[9], kind="childcare", since=LATE, until=half),
                Leave(municipality=place, person=people[12], kind="childcare", since=LATE),
            ]
        )


@pytest.fixture(scope="module")
def users(crowd: None) -> dict[Role, User]:
    return {role: with_second_factor(user_of(role, HERE)) for role in Role}


@pytest.mark.parametrize("when", When)
def test_each_choice_holds_those_whose_term_fits_and_no_others(when: When, users: dict[Role, User]) -> None:
    with scope_of(users[Role.METHODIST], "") as standing:
        teachers = set(visible_to(standing, Employment).filter(staff_group="educator").values_list("person", flat=True))
        terms = course_terms(visible_to(standing, Training), visible_to(standing, Leave), TODAY)
        ends = {term.person: term.ends for term in terms if term.person in teachers}
        year, half = shifted(TODAY, 12, "month"), shifted(TODAY, 6, "month")
        expected = {
            When.YEAR: {person for person, end in ends.items() if end and end <= year},
            When.LATE: {person for person, end in ends.items() if end and end <= TODAY},
            When.HALF: {person for person, end in ends.items() if end and TODAY < end <= half},
            When.NONE: teachers - set(ends),
            When.AWAY: {person for person, end in ends.items() if end is None},
            When.ALL: set(ends),
        }[when]
        found = due(standing, Wanted(when))
    assert expected
    assert {one.person for one in found} == expected
    dated = [one.term.ends for one in found if one.term and one.term.ends]
    assert dated == sorted(dated)


def test_a_coordinator_gets_her_organisation_and_the_service_its_towns(users: dict[Role, User]) -> None:
    for role, query in ((Role.COORDINATOR, ""), (Role.METHODIST, "")):
        text = said(browser(users[role]).get(reverse("courses") + query))
        assert "Сотрудница" in text
        assert "Сельская" not in text
    near = with_second_factor(user_of(Role.COORDINATOR, NEIGHBOUR, "near@example.org"))
    for page in ("courses", "courses_workbook"):
        answer = browser(near).get(reverse(page), {"when": "all"})
        assert "Сотрудница" not in answer.content.decode(errors="ignore")
    book = CalamineWorkbook.from_filelike(BytesIO(browser(near).get(reverse("courses_workbook")).content))
    assert [row for row in book.get_sheet_by_index(0).to_python()[1:] if "Сотрудница" in str(row)] == []


def test_who_was_shown_is_logged(users: dict[Role, User]) -> None:
    with scope([territory(HERE.town)], TESTS):
        person = Person.objects.get(last_name="Сотрудница 000")
    browser(users[Role.METHODIST]).get(reverse("courses"), {"when": "late"})
    with scope([territory(HERE.town)], TESTS):
        assert readings_of(person.pk)[0].what == "курсы"


def test_the_number_of_queries_does_not_depend_on_how_many_are_shown(users: dict[Role, User]) -> None:
    client = browser(users[Role.METHODIST])
    counts = []
    for query in ({"when": "late"}, {"when": "all"}, {"when": "all", "page": "2"}):
        client.get(reverse("courses"), query)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("courses"), query)
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts


@pytest.mark.parametrize("query", ["?when=never", "?organisation=99999999999", "?page=-1&subject=%00", "?subject=Нет"])
def test_whatever_an_address_asks_for_a_page_is_shown(query: str, users: dict[Role, User]) -> None:
    assert browser(users[Role.HEAD]).get(reverse("courses") + query).status_code == 200
