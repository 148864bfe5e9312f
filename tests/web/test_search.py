"""Search finds what its reader may open: in any spelling, and nothing of others, neither by name nor by number."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.access.models import User
from opora.access.roles import Role
from opora.access.seeing import scope_of, visible_to
from opora.people.domain.employment import Job, employ
from opora.people.domain.person import NewPerson, enter_people
from opora.people.models import Organisation, Person
from opora.privacy.reading import readings_of
from opora.records.models import Document
from opora.registry.scope import scope
from opora.web.search.everything import KINDS, find
from opora.web.search.query import parse
from tests.access.world import LONG_AGO, SCHOOLS, TESTS, territory, user_of
from tests.web.people import browser, said, with_second_factor

pytestmark = pytest.mark.usefixtures("world")
HERE, NEIGHBOUR, VILLAGE, _ = SCHOOLS
IVANOVA = ("Иванова", "Мария", "Петровна")
IN_TOWN = (IVANOVA, ("Семёнова-Тян", "Анна", "Ильинична"), ("Христофорова", "Майя", "Павловна"))


@pytest.fixture(scope="module", autouse=True)
def people(world: None) -> dict[str, list[int]]:
    """Ivanova stands in both towns, with a job in each: in the village only she; nobody has a second one."""
    found: dict[str, list[int]] = {}
    for school, names in ((NEIGHBOUR, IN_TOWN), (VILLAGE, (IVANOVA, ("Тайнова", "Мария", "Петровна")))):
        home = territory(school.town)
        with scope([home], TESTS):
            organisation = Organisation.objects.get(key=school.key("organisation"))
            entered = enter_people(
                [NewPerson(last_name=last, first_name=first, patronymic=third) for last, first, third in names],
                municipality=home,
                by=TESTS,
            )
            jobs = [
                Job(person=one.pk, organisation=organisation.pk, staff_group="educator", post="teacher", since=LONG_AGO)
                for one in entered
            ]
            employ(jobs, municipality=home, by=TESTS)
            found[school.town] = [one.pk for one in entered]
    return found


@pytest.fixture(scope="module")
def users(people: dict[str, list[int]]) -> dict[Role, User]:
    return {role: with_second_factor(user_of(role, HERE)) for role in Role}


def hits(user: User, typed: str, kind: str = "people") -> list[str]:
    query = parse(typed)
    assert query
    with scope_of(user, "127.0.0.1") as standing:
        return [hit.title for group in find(standing, query, size=50, kind=kind) for hit in group.found.hits]


@pytest.mark.parametrize(
    "typed",
    ["Иванова", "ИВАН", "мария иванова", "Иванова М. П.", "М.П. Иванова", "bdfyjdf", "Ивaнова", "Ивнаова", "Ивановой"],
)
def test_a_person_is_found_however_her_name_was_typed(typed: str, users: dict[Role, User]) -> None:
    assert hits(users[Role.METHODIST], typed) == ["Иванова Мария Петровна"]


@pytest.mark.parametrize("typed", ["семенова", "Семёнова", "тян", "тян семе", "Семенова А. И.", "ctv`yjdf"])
def test_yo_is_ye_and_each_half_of_a_surname_is_found(typed: str, users: dict[Role, User]) -> None:
    assert hits(users[Role.METHODIST], typed) == ["Семёнова-Тян Анна Ильинична"]


@pytest.mark.parametrize("typed", ["Иванова Анна", "Иванова П. М.", "Иванова Мария Петровна 5", "ова"])
def test_all_that_was_typed_must_fit(typed: str, users: dict[Role, User]) -> None:
    assert hits(users[Role.METHODIST], typed) == []


def test_what_is_only_near_is_called_so(users: dict[Role, User]) -> None:
    methodist = browser(users[Role.METHODIST])
    assert "Точно такого имени нет" in said(methodist.get(reverse("search"), {"q": "Ивнаова"}))
    assert "Точно такого имени нет" not in said(methodist.get(reverse("search"), {"q": "Иванова"}))


# ── nothing of others ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("typed", ["Тайнова", "Тайнова Мария Петровна", "Тайновв", "nfqyjdf"])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "palette"])
def test_who_is_of_another_town_is_absent_even_by_her_exact_name(
    typed: str, headers: dict[str, str], users: dict[Role, User], people: dict[str, list[int]]
) -> None:
    with scope([territory(VILLAGE.town)], TESTS):
        assert Person.objects.filter(last_name="Тайнова").exists()
    asked = browser(users[Role.METHODIST]).get(reverse("search"), {"q": typed}, headers=headers)
    nobody = browser(users[Role.METHODIST]).get(reverse("search"), {"q": "Ктотова"}, headers=headers)
    assert said(asked).replace(typed, "") == said(nobody).replace("Ктотова", "")


def test_a_count_tells_of_nobody_out_of_scope(users: dict[Role, User]) -> None:
    text = said(browser(users[Role.METHODIST]).get(reverse("search"), {"q": "Мария Петровна", "kind": "people"}))
    assert "Найдено: 1" in text


SEES_THE_TOWN = {Role.ADMINISTRATOR, Role.HEAD, Role.METHODIST, Role.PSYCHOLOGIST}


@pytest.mark.parametrize("role", Role)
def test_each_role_finds_only_whom_it_may_open(role: Role, users: dict[Role, User]) -> None:
    """Ivanova works in the other school of the town."""
    assert hits(users[role], "Иванова") == (["Иванова Мария Петровна"] if role in SEES_THE_TOWN else [])


@pytest.mark.parametrize("role", Role)
def test_documents_and_organisations_are_those_that_the_role_may_see(role: Role, users: dict[Role, User]) -> None:
    with scope_of(users[role], "127.0.0.1") as standing:
        organisations = sorted(visible_to(standing, Organisation).values_list("title", flat=True))
        documents = sorted(str(title) for title in visible_to(standing, Document).values_list("title", flat=True))
    assert sorted(hits(users[role], "title", "organisations")) == organisations
    assert sorted(hits(users[role], "title", "documents")) == documents


def test_what_is_found_opens(users: dict[Role, User]) -> None:
    query, client = parse("title"), browser(users[Role.METHODIST])
    assert query
    with scope_of(users[Role.METHODIST], "127.0.0.1") as standing:
        found = {group.kind.name: [hit.url for hit in group.found.hits] for group in find(standing, query, size=50)}
    assert {"organisations", "documents"} <= set(found)
    assert {client.get(url).status_code for urls in found.values() for url in urls} == {200}


@pytest.mark.parametrize("role", Role)
def test_sections_are_those_that_open(role: Role, users: dict[Role, User]) -> None:
    assert hits(users[role], "пользователи", "pages") == (["Пользователи"] if role is Role.ADMINISTRATOR else [])


def test_who_was_shown_is_logged_and_one_s_own_name_is_not(
    users: dict[Role, User], people: dict[str, list[int]]
) -> None:
    methodist, shown = users[Role.METHODIST], people[HERE.town][0]
    with scope([territory(HERE.town)], TESTS):
        before = len(readings_of(shown))
    browser(methodist).get(reverse("search"), {"q": "Иванова"})
    with scope([territory(HERE.town)], TESTS):
        told = readings_of(shown)
    assert (len(told) - before, told[0].who, told[0].what) == (1, methodist.acting, "поиск")


# ── the page ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("typed", ["", "%", "'; --", "<script>alert(1)</script>", "\x00", "и по", "а" * 500, "1" * 99])
@pytest.mark.parametrize("more", [{}, {"kind": "people", "page": "-7"}, {"kind": "?", "page": "9999999999"}])
def test_whatever_was_typed_is_answered(typed: str, more: dict[str, str], users: dict[Role, User]) -> None:
    answer = browser(users[Role.METHODIST]).get(reverse("search"), {"q": typed, **more})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_a_search_asks_as_often_for_one_hit_as_for_many(kind: str, users: dict[Role, User]) -> None:
    def asked(typed: str) -> int:
        query = parse(typed)
        assert query
        with scope_of(users[Role.METHODIST], "127.0.0.1") as standing, CaptureQueriesContext(connection) as queries:
            find(standing, query, size=50, kind=kind)
        return len(queries)

    assert asked("Иванова Мария") == asked("м") or kind != "people"
    assert asked("город 1") == asked("title") or kind in ("people", "pages")


def test_the_guide_is_found_by_what_it_says(users: dict[Role, User]) -> None:
    found = hits(users[Role.EDUCATOR], "поиск", "guide")
    assert found[0] == "Поиск"
    assert "Карточка педагога" in found  # that speaks of it
