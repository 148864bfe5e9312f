"""Lists of everything: what a reader may see and nothing else, narrowed, sorted, in Excel."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter
from io import BytesIO, StringIO
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from opora.access.models import User
from opora.access.roles import Role
from opora.access.seeing import scope_of, visible_to
from opora.people.models import Person
from opora.privacy.reading import readings_of
from opora.registry.scope import scope
from opora.web.lists.listing import LISTS
from tests.access.world import MENTOR, SCHOOLS, TESTS, territory
from tests.web.people import browser, said

pytestmark = pytest.mark.usefixtures("world")
HERE, NEIGHBOUR, VILLAGE, _ = SCHOOLS


def address(what: str, page: str = "list") -> str:
    return reverse(page, args=[what])


@pytest.mark.parametrize("what", sorted(LISTS))
def test_each_list_holds_what_its_reader_may_see_and_costs_no_query_for_a_row(
    what: str, users: dict[Role, User]
) -> None:
    client = browser(users[Role.METHODIST])
    with scope_of(users[Role.METHODIST], "") as standing:
        seen = visible_to(standing, LISTS[what].model).filter(archived_at__isnull=True).count()
    with CaptureQueriesContext(connection) as many:
        answer = client.get(f"{address(what)}?held=all")
    assert answer.status_code == 200
    assert rows(answer) == min(seen, 50) > 0
    assert VILLAGE.name not in said(answer)
    with CaptureQueriesContext(connection) as none:
        empty = client.get(f"{address(what)}?held=all&q=такого-нигде-нет")
    assert rows(empty) == 0
    # No statement is sent for each of the rows: none of those that rows add comes twice.
    assert max((shapes(many) - shapes(none)).values(), default=1) == 1


@pytest.mark.parametrize("role", Role)
def test_the_index_leads_to_lists_that_open_and_the_others_are_not_there(role: Role, users: dict[Role, User]) -> None:
    client = browser(users[role])
    text = client.get(reverse("lists")).content.decode()
    linked = {what for what in LISTS if f'"{address(what)}"' in text}
    answers = {what: client.get(address(what)).status_code for what in LISTS}
    assert {what for what, status in answers.items() if status == 200} == linked
    assert {status for what, status in answers.items() if what not in linked} <= {404}


def test_a_coordinator_finds_nobody_of_the_school_beside(users: dict[Role, User]) -> None:
    client = browser(users[Role.COORDINATOR])
    for query in ("", f"?q={NEIGHBOUR.name.split()[-1]}", "?held=all", "?sort=-last_name"):
        assert f"last_name {NEIGHBOUR.name}" not in said(client.get(address("person") + query))
    rows = book(client.get(address("person", "list_workbook")).content)
    assert [row[0] for row in rows[1:]] == [f"last_name {HERE.name}"]


def test_names_of_people_whom_a_reader_may_not_see_are_neither_shown_nor_found(users: dict[Role, User]) -> None:
    """An expert sees works and no people; a coordinator her own people and not their mentor of the school beside."""
    expert, entries = browser(users[Role.EXPERT]), address("contest_entry")
    assert rows(expert.get(entries)) == 2
    assert "last_name" not in said(expert.get(entries))
    assert rows(expert.get(f"{entries}?q=last_name")) == 0
    assert "last_name" not in str(book(expert.get(address("contest_entry", "list_workbook")).content))
    coordinator, town = browser(users[Role.COORDINATOR]), territory(HERE.town)
    model = LISTS["mentorship"].model
    with scope([town], TESTS):
        row = model.objects.get(key=HERE.key("mentorship"))
        mentor = row.mentor_id
        model.objects.filter(pk=row.pk).update(mentor=Person.objects.get(key=NEIGHBOUR.key("person")).pk)
    try:
        text = said(coordinator.get(address("mentorship")))
        assert f"last_name {HERE.name}" in text
        assert f"last_name {NEIGHBOUR.name}" not in text
        assert rows(coordinator.get(f"{address('mentorship')}?q={NEIGHBOUR.key('person')}")) == 0
        assert rows(coordinator.get(f"{address('mentorship')}?q=last_name")) == 1
    finally:
        with scope([town], TESTS):
            model.objects.filter(pk=row.pk).update(mentor=mentor)


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("what", ["person", "training", "contest_entry", "organisation"])
def test_a_list_is_the_same_as_workbook_csv_and_parquet(what: str, users: dict[Role, User]) -> None:
    client = browser(users[Role.COORDINATOR])
    workbook = book(client.get(address(what, "list_workbook")).content)
    plain = csv_rows(client.get(address(what, "list_csv")).content)
    table = pq.read_table(BytesIO(client.get(address(what, "list_parquet")).content))
    assert len(plain) == len(workbook) > 1
    assert plain[0] == workbook[0] == table.column_names
    assert [[row[0] for row in rows] for rows in (plain, workbook)] == [[plain[0][0], *table.column(0).to_pylist()]] * 2


def test_what_excel_would_carry_out_stays_a_text_in_csv(users: dict[Role, User]) -> None:
    def renamed(name: str) -> None:
        with scope([territory(HERE.town)], TESTS):
            Person.objects.filter(key=HERE.key("person")).update(last_name=name)

    renamed("=cmd|' /C calc'!A0")
    try:
        client = browser(users[Role.METHODIST])
        told = [row[0] for row in csv_rows(client.get(address("person", "list_csv")).content)]
        kept = pq.read_table(BytesIO(client.get(address("person", "list_parquet")).content)).column(0).to_pylist()
    finally:
        renamed(f"last_name {HERE.name}")
    assert "'=cmd|' /C calc'!A0" in told
    assert "=cmd|' /C calc'!A0" in kept


def test_a_workbook_is_not_made_of_a_filter_that_cannot_be_read(users: dict[Role, User]) -> None:
    query = "?since=31.02.2026"
    answer = browser(users[Role.METHODIST]).get(address("training", "list_workbook") + query)
    assert (answer.status_code, answer.headers["Location"]) == (302, address("training") + query)


def test_words_are_looked_for_in_texts_and_in_names_of_what_a_row_refers_to(users: dict[Role, User]) -> None:
    client = browser(users[Role.METHODIST])
    narrowed = client.get(f"{address('training')}?q=last_name+{HERE.name.split()[-1]}")
    assert rows(narrowed) == 1
    assert f"last_name {HERE.name}" in said(narrowed)


@pytest.mark.parametrize("typed", ["ЁЖИКОВ", "ежиков", "Ёжик ежиков"])
def test_capitals_and_yo_make_no_difference_in_names_and_in_titles(typed: str, users: dict[Role, User]) -> None:
    with scope([territory(HERE.town)], TESTS):
        person = Person.objects.filter(training__isnull=False).order_by("pk")[0]
        Person.objects.filter(pk=person.pk).update(last_name="Ёжиков")
    try:
        client = browser(users[Role.METHODIST])
        assert [rows(client.get(address(what), {"q": typed})) > 0 for what in ("person", "training")] == [True, True]
    finally:
        with scope([territory(HERE.town)], TESTS):
            Person.objects.filter(pk=person.pk).update(last_name=person.last_name)


def test_a_state_that_is_over_is_shown_only_to_who_asks(users: dict[Role, User]) -> None:
    client, town = browser(users[Role.METHODIST]), territory(HERE.town)
    model = LISTS["vacancy"].model
    with scope([town], TESTS):
        row = model.objects.get(key=HERE.key("vacancy"))
        model.objects.filter(pk=row.pk).update(until=row.since.replace(year=row.since.year + 1))
        coming = dt.date.today() + dt.timedelta(9)
        other = model.objects.create(municipality_id=town, organisation=row.organisation, post=row.post, since=coming)
    try:
        counts = {held: rows(client.get(f"{address('vacancy')}?held={held}")) for held in ("", "all", "past")}
        assert counts == {"": 1, "all": 3, "past": 1}
    finally:
        with scope([town], TESTS):
            other.delete()
            model.objects.filter(pk=row.pk).update(until=None)


def test_whoever_was_shown_finds_it_in_the_log_and_bad_days_are_told_beside_the_field(users: dict[Role, User]) -> None:
    client = browser(users[Role.METHODIST])
    with scope([territory(HERE.town)], TESTS):
        mentor = Person.objects.get(key=HERE.key(MENTOR)).pk
        before = len(readings_of(mentor))
    client.get(address("mentorship"))
    with scope([territory(HERE.town)], TESTS):
        told = readings_of(mentor)
    assert (len(told) - before, told[0].what) == (1, "список «Наставничество»")
    answer = client.get(f"{address('training')}?since=31.02.2026")
    assert "Введите правильную дату." in said(answer)
    assert 'value="31.02.2026"' in answer.content.decode()


def shapes(asked: CaptureQueriesContext) -> Counter[str]:
    """Statements without their values."""
    return Counter(re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in asked.captured_queries)


def rows(answer: Any) -> int:
    """How many a page shows."""
    body = answer.content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    return int(body.count("<tr>"))


def book(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
