"""Tables for all: published by the head after a look, read by anybody, and only while they are published."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from opora.access.models import User
from opora.access.roles import Role
from opora.cycle.domain.publishing import publish, withdraw
from opora.cycle.models import PublishedTable
from opora.people.models import Territory
from opora.site.home import Home
from tests.access.world import SCHOOLS, TESTS, territory, user_of
from tests.privacy.test_outsiders import programme, result
from tests.registry.database import as_superuser
from tests.web.people import browser, said

pytestmark = pytest.mark.usefixtures("world")
HERE, _, VILLAGE, _ = SCHOOLS
NUMBERS = ((80, 200), (40, 100), (40, 100), (20, 50), (20, 50), (3, 50), (37, 50))


@pytest.fixture(autouse=True)
def nothing_published(installation: Home) -> None:
    with as_superuser(installation) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("DELETE FROM published_table")


@pytest.fixture
def table(world: None) -> PublishedTable:
    asked = programme(A_1=("has mentorship as mentee", "educator"))
    counted = replace(result(asked, A_1=NUMBERS), title="Программа", on=dt.date(2022, 12, 31))
    return publish(counted, asked, Territory.objects.get(pk=territory("город")), by=TESTS)


def test_anybody_reads_what_is_published_and_no_hidden_number_is_in_it(table: PublishedTable) -> None:
    assert "Программа" in said(browser().get(reverse("tables")))
    told = said(browser().get(reverse("table", args=[table.pk])))
    assert "Всего 40,0 % 80 из 200" in told
    assert "Школа 2 скрыто —" in told
    assert "Школа 0 скрыто —" in told
    assert "3 из 50" not in told.replace("Школа 3 74,0 % 37 из 50", "")


def test_the_workbook_holds_what_the_page_does(table: PublishedTable) -> None:
    answer = browser().get(reverse("table_workbook", args=[table.pk]))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="tables-2022-12-31.xlsx"'
    rows = [
        tuple(row) for row in CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    ]
    assert ("Всего", 0.4, 80, 200) in rows
    assert ("Школа 2", "скрыто", "скрыто", "скрыто") in rows


def test_a_withdrawn_table_and_one_that_never_was_answer_alike(table: PublishedTable) -> None:
    withdraw(table.pk, municipality=table.municipality_id, by=TESTS)
    gone = browser().get(reverse("table", args=[table.pk]))
    never = browser().get(reverse("table", args=[10**12]))
    assert (gone.status_code, never.status_code, said(gone)) == (404, 404, said(never))
    assert browser().get(reverse("table_workbook", args=[table.pk])).status_code == 404
    assert "ещё ничего не опубликовала" in said(browser().get(reverse("tables")))


def head(where: str = "") -> User:
    school = VILLAGE if where else HERE
    email = "head.village@example.org" if where else "head.town@example.org"
    return User.objects.filter(email=email).first() or user_of(Role.HEAD, school, email)


def test_the_head_of_another_town_does_not_withdraw_it(table: PublishedTable) -> None:
    gone = {"act": "withdraw", "table": table.pk}
    assert browser(head("село")).post(reverse("office_publishing"), gone).status_code == 404
    assert browser().get(reverse("table", args=[table.pk])).status_code == 200
    assert browser(head()).post(reverse("office_publishing"), gone).status_code == 302
    assert browser().get(reverse("table", args=[table.pk])).status_code == 404


@pytest.mark.parametrize("number", ["", "x", "1' OR 1=1", "9" * 40, "-1", "²"])
def test_a_strange_number_of_a_table_is_not_found(number: str) -> None:
    gone = {"act": "withdraw", "table": number}
    assert browser(head()).post(reverse("office_publishing"), gone).status_code == 404
