"""«Сверка»: a form is compared and filled in by its coordinator and by the service of the town, and by nobody else."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from opora.access.models import User
from opora.access.roles import Role
from opora.cycle.models import FormFigure
from opora.cycle.oo1.counting import Cell
from opora.cycle.oo1.stating import state_figures, stated
from opora.intake.oo1_workbook import read, template
from opora.people.models import Organisation, Person
from opora.privacy.reading import readings_of
from opora.registry.scope import scope
from tests.access.world import SCHOOLS, TESTS, School, territory, user_of
from tests.web.people import browser, said, with_second_factor

pytestmark = pytest.mark.usefixtures("world")
HERE, NEIGHBOUR, VILLAGE, _ = SCHOOLS
YEAR = 2024
ALL = ("all", "total")


@pytest.fixture(scope="module")
def users(world: None) -> dict[Role, User]:
    roles = (Role.HEAD, Role.METHODIST, Role.COORDINATOR)
    return {role: with_second_factor(user_of(role, HERE, f"form.{role}@example.org")) for role in roles}


@pytest.fixture(autouse=True)
def clean(world: None) -> None:
    with scope([territory("город"), territory("село")], TESTS):
        FormFigure.objects.all().delete()


def school_of(school: School) -> Organisation:
    with scope([territory(school.town)], TESTS):
        return Organisation.objects.get(key=school.key("organisation"))


def address(page: str, school: School = HERE, *more: object) -> str:
    return reverse(f"reconciliation_{page}", args=[school_of(school).pk, YEAR, *more])


def kept(school: School = HERE) -> dict[Cell, int]:
    with scope([territory(school.town)], TESTS):
        return stated([school_of(school).pk], YEAR)[school_of(school).pk]


def state(cell: Cell, value: int, school: School = HERE) -> None:
    state_figures(school_of(school), YEAR, {cell: value}, seen={}, by=TESTS)


def inputs(answer: Any) -> dict[str, str]:
    """What the form of figures would send as it is."""
    fields = HTMLParser(answer.content.decode()).css("input[name='seen'], table input")
    return {str(field.attributes["name"]): field.attributes.get("value") or "" for field in fields}


def typed(user: User, **changed: str) -> Any:
    """The form as a browser sends it, with this written into it."""
    client, where = browser(user), f"{address('figures')}?part=education"
    new = {name.replace("__", "."): text for name, text in changed.items()}
    return client.post(where, inputs(client.get(where)) | new | {"act": "save"})


@pytest.mark.parametrize("role", [Role.HEAD, Role.METHODIST, Role.COORDINATOR])
def test_what_is_typed_is_kept_and_compared(role: Role, users: dict[Role, User]) -> None:
    answer = typed(users[role], all__total="3", teacher__women=" 1 ")
    assert (answer.status_code, answer.headers["Location"]) == (302, address("sheet"))
    assert kept() == {ALL: 3, ("teacher", "women"): 1}
    text = said(browser(users[role]).get(address("sheet")))
    assert "Расходится клеток во всём разделе: 1" in text
    assert "3 · 1 -2" in text
    listed = said(browser(users[role]).get(reverse("reconciliation"), {"year": YEAR}))
    assert "3 1 расходится: 1" in listed


def test_one_part_leaves_the_others_as_they_are(users: dict[Role, User]) -> None:
    state(("all", "age-0"), 2)
    typed(users[Role.METHODIST], all__total="3")
    assert kept() == {("all", "age-0"): 2, ALL: 3}


def test_what_cannot_be_is_told_beside_its_cell_and_nothing_typed_is_lost(users: dict[Role, User]) -> None:
    answer = typed(users[Role.COORDINATOR], all__total="три", teacher__total="-1", director__total="1")
    assert answer.status_code == 200
    given = inputs(answer)
    assert [given[name] for name in ("all.total", "teacher.total", "director.total")] == ["три", "-1", "1"]
    page = HTMLParser(answer.content.decode())
    told = {
        name: [each.text(strip=True) for each in page.css(f"[id='id_{name}_error']")]
        for name in ("all.total", "teacher.total")
    }
    assert told == {name: ["Целое число от 0 до 99999"] for name in told}
    assert [each.attributes["name"] for each in page.css("[aria-invalid='true']")] == [*told]
    assert kept() == {}


def test_what_changed_meanwhile_is_told_beside_its_cell_and_may_then_be_replaced(users: dict[Role, User]) -> None:
    client, where = browser(users[Role.METHODIST]), f"{address('figures')}?part=education"
    given = inputs(client.get(where)) | {"all.total": "8", "act": "save"}
    state(ALL, 7)
    again = client.post(where, given)
    assert "здесь записали другое число: 7" in said(again)
    assert kept() == {ALL: 7}
    assert client.post(where, inputs(again) | {"act": "save"}).status_code == 302
    assert kept() == {ALL: 8}


def test_the_template_is_filled_in_and_taken_in(users: dict[Role, User]) -> None:
    state(ALL, 5)
    client = browser(users[Role.COORDINATOR])
    given = read(client.get(address("template")).content)
    assert given.figures == {ALL: 5}
    book = template("", YEAR, {ALL: 6, ("teacher", "highest"): 2})
    file = SimpleUploadedFile("форма.xlsx", book)
    assert client.post(address("figures"), {"act": "upload", "file": file}).status_code == 302
    assert kept() == {ALL: 6, ("teacher", "highest"): 2}


def test_a_book_that_is_none_is_refused_in_words_and_changes_nothing(users: dict[Role, User]) -> None:
    state(ALL, 5)
    client = browser(users[Role.COORDINATOR])
    answer = client.post(address("figures"), {"act": "upload", "file": BytesIO(b"nothing")})
    assert answer.status_code == 200
    assert "Книга не принята, ошибок: 1" in said(answer)
    assert "Заполненный шаблон: Обязательное поле" in said(client.post(address("figures"), {"act": "upload"}))
    assert kept() == {ALL: 5}


def test_a_cell_names_those_in_it_and_logs_that_they_were_read(users: dict[Role, User]) -> None:
    with scope([territory(HERE.town)], TESTS):
        person = Person.objects.get(key=HERE.key("person"))
        before = len(readings_of(person.pk))
    answer = browser(users[Role.METHODIST]).get(address("cell", HERE, *ALL))
    assert f'href="{reverse("person", args=[person.pk])}"' in answer.content.decode()
    with scope([territory(HERE.town)], TESTS):
        told = readings_of(person.pk)
    assert (len(told), told[0].what) == (before + 1, "сверка с формой ОО-1")


@pytest.mark.parametrize("page", ["sheet", "figures", "template", "cell"])
def test_the_school_next_door_and_the_other_town_are_not_there(page: str, users: dict[Role, User]) -> None:
    more = ALL if page == "cell" else ()
    coordinator, methodist = browser(users[Role.COORDINATOR]), browser(users[Role.METHODIST])
    assert coordinator.get(address(page, NEIGHBOUR, *more)).status_code == 404
    assert methodist.get(address(page, NEIGHBOUR, *more)).status_code == 200
    assert methodist.get(address(page, VILLAGE, *more)).status_code == 404


def test_a_coordinator_states_nothing_for_the_school_next_door(users: dict[Role, User]) -> None:
    answer = browser(users[Role.COORDINATOR]).post(
        address("figures", NEIGHBOUR), {"act": "save", "seen": "{}", "all.total": "1"}
    )
    assert (answer.status_code, kept(NEIGHBOUR)) == (404, {})


def test_the_list_holds_her_school_alone_or_all_the_town(users: dict[Role, User]) -> None:
    state(ALL, 777, NEIGHBOUR)
    own = said(browser(users[Role.COORDINATOR]).get(reverse("reconciliation"), {"year": YEAR}))
    town = said(browser(users[Role.METHODIST]).get(reverse("reconciliation"), {"year": YEAR}))
    assert [school.name for school in SCHOOLS if f"title {school.name}" in own] == [HERE.name]
    assert [school.name for school in SCHOOLS if f"title {school.name}" in town] == [HERE.name, NEIGHBOUR.name]
    assert ("777" in own, "777" in town) == (False, True)


@pytest.mark.parametrize("path", ["{pk}/1999/", "{pk}/2999/", "{pk}/2024/nobody/total/", "{pk}/2024/all/nothing/"])
def test_what_the_form_has_not_is_not_there(path: str, users: dict[Role, User]) -> None:
    where = reverse("reconciliation") + path.format(pk=school_of(HERE).pk)
    assert browser(users[Role.METHODIST]).get(where).status_code == 404
