"""«Число → фамилии → чего не хватает»: what keeps a number unknown is filled for many at once, and the number moves."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from opora.access.roles import Role
from opora.cycle.models import ProgrammeVersion
from opora.cycle.numbers import USUAL, day_of
from opora.cycle.queue import OPORA, Asking
from opora.indicators.results import Value
from opora.people.models import Person, Territory
from opora.registry.scope import scope
from opora.snapshot.opened import fresh_lists
from opora.snapshot.values import fresh_values
from tests.access.world import SCHOOLS, TESTS, territory, user_of
from tests.programmes.files import GOOD
from tests.web.counted import counted_programme
from tests.web.people import browser, filled, said

pytestmark = pytest.mark.usefixtures("world")
HERE, NEIGHBOUR, VILLAGE, _ = SCHOOLS
BORN = "/lists/person/fill/born/"


@pytest.fixture(autouse=True)
def of_unknown_age(as_before: None) -> None:
    """Everybody of both towns."""
    for town in ("город", "село"):
        with scope([territory(town)], TESTS):
            Person.objects.update(born=None)


def born(key: str) -> dt.date | None:
    town = "село" if "село" in key else "город"
    with scope([territory(town)], TESTS):
        return Person.objects.get(key=key).born


def pk_of(key: str) -> int:
    with scope([territory("город")], TESTS):
        return Person.objects.get(key=key).pk


def counted(version: ProgrammeVersion) -> Value:
    place = Territory.objects.get(key=HERE.town)
    on = day_of(version, dt.date.today())
    fresh_lists(Asking(version, place, on, code="X-1").question, OPORA)
    result = fresh_values(Asking(version, place, on, by=USUAL).question, OPORA).result
    return next(one.value for one in result.indicators if one.code == "X-1")


def test_the_missing_facts_of_a_number_are_filled_from_its_page_and_it_moves() -> None:
    version = counted_programme(GOOD, HERE)
    assert (counted(version).value, counted(version).unknown) == (None, 2)
    client = browser(user_of(Role.METHODIST, HERE))
    page = client.get(reverse("indicator", args=[version.pk, "X-1"]), {"who": "unknown"})
    assert "«Дата рождения» (Люди) : 2" in said(page)
    (address,) = map(unescape, re.findall(rf'href="({BORN}[^"]+)"', page.content.decode()))
    shown = said(client.get(address))
    assert [school.name for school in SCHOOLS if f"last_name {school.name}" in shown] == [HERE.name, NEIGHBOUR.name]
    assert HERE.key("наставник") not in shown  # she has no job and is not in the number
    sent = {f"row{pk_of(HERE.key('person'))}": "1999-02-03", f"row{pk_of(NEIGHBOUR.key('person'))}": "", "every": ""}
    answer = client.post(address, sent, follow=True)
    assert "Заполнено: 1" in said(answer)
    assert (born(HERE.key("person")), born(NEIGHBOUR.key("person"))) == (dt.date(1999, 2, 3), None)
    rest = sent | {"every": "1960-02-03"}
    del rest[f"row{pk_of(HERE.key('person'))}"]
    answer = client.post(address, rest, follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("indicator", args=[version.pk, "X-1"]))
    assert (counted(version).value, counted(version).unknown) == (0.5, 0)


def test_all_that_is_wrong_is_told_beside_its_cell_and_nothing_is_written() -> None:
    client = browser(user_of(Role.METHODIST, HERE))
    sent = dict.fromkeys((f"row{pk_of(HERE.key('person'))}", f"row{pk_of(NEIGHBOUR.key('person'))}"), "31.02.1980")
    told = said(client.post(BORN, {**sent, "every": ""}))
    assert told.count("Даты «31.02.1980» нет в календаре") == 2
    sent = {name: f"{1700 + place}-01-01" for place, name in enumerate(sent)}
    told = said(client.post(BORN, {**sent, "every": ""}))
    assert "1700" in told
    assert "1701" in told
    good = f"row{pk_of(HERE.key('person'))}"
    client.post(BORN, {**sent, good: "1980-01-01", "every": ""})
    assert born(HERE.key("person")) is None


def test_what_was_filled_meanwhile_is_not_written_over() -> None:
    client, pk = browser(user_of(Role.METHODIST, HERE)), pk_of(HERE.key("person"))
    with scope([territory("город")], TESTS):
        Person.objects.filter(pk=pk).update(born=dt.date(1970, 1, 1))
    told = said(client.post(BORN, {f"row{pk}": "1999-02-03", "every": ""}))
    assert "Пока вы правили, это изменил кто-то другой" in told
    assert born(HERE.key("person")) == dt.date(1970, 1, 1)


def test_a_school_fills_what_it_keeps_and_nobody_fills_another_town() -> None:
    client = browser(user_of(Role.COORDINATOR, HERE))
    shown = said(client.get(BORN))
    assert [school.name for school in SCHOOLS if f"last_name {school.name}" in shown] == [HERE.name]
    theirs = {f"row{pk_of(NEIGHBOUR.key('person'))}": "1999-02-03", "every": "1999-02-03"}
    client.post(BORN, theirs)
    assert born(NEIGHBOUR.key("person")) is None
    village = browser(user_of(Role.METHODIST, VILLAGE))
    village.post(BORN, theirs)
    assert born(NEIGHBOUR.key("person")) is None
    version = counted_programme(GOOD, HERE)
    counted(version)
    foreign: dict[str, str | int] = {"number": version.pk, "code": "X-1", "list": 0}
    assert village.get(BORN, foreign).status_code == 404
    assert client.get(BORN, foreign).status_code == 404


def test_what_cannot_be_empty_or_is_not_typed_is_not_filled() -> None:
    client: Client = browser(user_of(Role.METHODIST, HERE))
    for what, field in (("employment", "post"), ("employment", "person"), ("person", "key"), ("nothing", "born")):
        assert client.get(reverse("row_fill", args=[what, field])).status_code == 404
    assert "Пустых строк нет" in said(client.get(reverse("row_fill", args=["person", "last_name"])))
    assert filled(client, reverse("row_new", args=["person"]))["born"] == ""
