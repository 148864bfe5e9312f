"""One column set in many rows: seen before it is done, all or none, and nothing of a second editor lost."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.access.roles import Role
from opora.access.seeing import scope_of
from opora.people.models import Organisation, Person, Vacancy
from opora.registry.scope import scope
from opora.web.rows.kept import KEPT
from opora.web.rows.setting import Setting, settable
from tests.access.world import SCHOOLS, TESTS, School, territory, user_of
from tests.web.people import browser, said
from tests.web.test_html import faults_of

pytestmark = pytest.mark.usefixtures("world", "as_before")
HERE, NEIGHBOUR, VILLAGE, _ = SCHOOLS


@pytest.fixture
def methodist() -> Client:
    return browser(user_of(Role.METHODIST, HERE))


def vacancy(school: School) -> Any:
    with scope([territory(school.town)], TESTS):
        return Vacancy.objects.get(key=school.key("vacancy"))


def address(field: str, *rows: int, what: str = "vacancy") -> str:
    return f"{reverse('row_set', args=[what, field])}?{'&'.join(f'row={pk}' for pk in rows)}"


def carried(answer: Any) -> dict[str, str]:
    """What the page keeps for the next step."""
    found = re.findall(r'type="hidden" name="(seen|previewed)" value="([^"]*)"', answer.content.decode())
    return {name: unescape(value) for name, value in found}


def test_what_becomes_is_seen_first_and_then_done_in_all_rows(methodist: Client) -> None:
    mine, beside = vacancy(HERE), vacancy(NEIGHBOUR)
    rows = [mine.pk, beside.pk]
    listed = reverse("list", args=["vacancy"])
    led = methodist.post(listed, {"act": "set", "column": "subject", "row": rows})
    assert led.headers["Location"] == address("subject", *rows)
    here = methodist.get(led.headers["Location"])
    assert (f"subject {HERE.name}" in said(here), "Станет" in said(here)) == (True, False)
    sent = {"subject": "физика", "row": rows}
    # Without a look at it nothing is changed, whatever button is pressed.
    seen = methodist.post(address("subject"), sent | carried(here) | {"act": "save"})
    assert said(seen).count("физика") == 2
    assert "Изменить (2)" in said(seen)
    assert vacancy(HERE).subject == f"subject {HERE.name}"
    other = methodist.post(address("subject"), sent | carried(seen) | {"act": "save", "subject": "химия"})
    assert said(other).count("химия") == 2
    assert vacancy(HERE).subject == f"subject {HERE.name}"
    done = methodist.post(address("subject"), sent | carried(seen) | {"act": "save"}, follow=True)
    assert "Изменено: 2" in said(done)
    assert [vacancy(school).subject for school in (HERE, NEIGHBOUR)] == ["физика", "физика"]


def test_an_unticked_row_stays_as_it_is_and_one_that_has_the_value_is_left_alone(methodist: Client) -> None:
    rows = [vacancy(HERE).pk, vacancy(NEIGHBOUR).pk]
    value = f"subject {HERE.name}"
    seen = methodist.post(address("subject"), {"subject": value, "row": rows, "act": "preview"})
    assert "так и есть" in said(seen)
    assert "Изменить (1)" in said(seen)
    sent = {"subject": value, "row": rows[:1], "act": "save"} | carried(seen)
    assert "Ничего не изменено: везде так и было" in said(methodist.post(address("subject"), sent, follow=True))
    assert vacancy(NEIGHBOUR).subject == f"subject {NEIGHBOUR.name}"


def test_what_a_second_editor_has_written_meanwhile_is_told_and_not_written_over(methodist: Client) -> None:
    rows = [vacancy(HERE).pk, vacancy(NEIGHBOUR).pk]
    sent = {"subject": "физика", "row": rows}
    seen = methodist.post(address("subject"), sent | {"act": "preview"})
    with scope([territory("город")], TESTS):
        Vacancy.objects.filter(pk=rows[1]).update(subject="музыка")
    told = methodist.post(address("subject"), sent | carried(seen) | {"act": "save"})
    assert "Пока вы правили, это изменил кто-то другой" in said(told)
    assert [faults_of(answer.content.decode()) for answer in (seen, told)] == [[], []]
    assert [vacancy(school).subject for school in (HERE, NEIGHBOUR)] == [f"subject {HERE.name}", "музыка"]
    assert "музыка" in said(told)
    done = methodist.post(address("subject"), sent | carried(told) | {"act": "save"}, follow=True)
    assert "Изменено: 2" in said(done)


def test_a_refusal_in_one_row_changes_none_and_stands_beside_it(methodist: Client) -> None:
    mine, beside = vacancy(HERE), vacancy(NEIGHBOUR)
    with scope([territory("город")], TESTS):
        Vacancy.objects.filter(pk=beside.pk).update(since="2025-01-01")
    sent = {"until": "2024-01-01", "row": [mine.pk, beside.pk]}
    seen = methodist.post(address("until"), sent | {"act": "preview"})
    told = said(methodist.post(address("until"), sent | carried(seen) | {"act": "save"}))
    assert told.count("раньше начала") == 1
    assert [vacancy(school).until for school in (HERE, NEIGHBOUR)] == [None, None]


def test_a_value_that_is_none_is_told_and_an_emptied_one_is_shown_before(methodist: Client) -> None:
    rows = [vacancy(HERE).pk]
    bad = methodist.post(address("rate"), {"rate": "много", "row": rows, "act": "preview"})
    assert "«много»" in said(bad)
    assert 'value="много"' in bad.content.decode()
    empty = methodist.post(address("rate"), {"rate": "", "row": rows, "act": "preview"})
    assert "не заполнено" in said(empty)
    methodist.post(address("rate"), {"rate": "", "row": rows, "act": "save"} | carried(empty))
    assert vacancy(HERE).rate is None


def test_every_column_that_is_offered_of_any_table_can_be_looked_at() -> None:
    shown = set()
    with scope_of(user_of(Role.METHODIST, HERE), "") as standing:
        for what, kept in KEPT.items():
            pk = kept.model.objects.get(key=HERE.key(what)).pk
            for field in settable(kept):
                (line,) = Setting(kept, field, [pk], standing).lines
                shown.add((what, field, line.pk == pk))
    assert shown == {(what, field, True) for what, kept in KEPT.items() for field in settable(kept)}


def test_a_school_sets_its_own_rows_alone_and_does_not_give_them_away() -> None:
    coordinator = browser(user_of(Role.COORDINATOR, HERE))
    mine, beside = vacancy(HERE), vacancy(NEIGHBOUR)
    sent = {"subject": "физика", "row": [mine.pk, beside.pk]}
    seen = coordinator.post(address("subject"), sent | {"act": "preview"})
    assert f"subject {NEIGHBOUR.name}" not in said(seen)
    assert "Изменено: 1" in said(
        coordinator.post(address("subject"), sent | carried(seen) | {"act": "save"}, follow=True)
    )
    assert vacancy(NEIGHBOUR).subject == f"subject {NEIGHBOUR.name}"
    with scope([territory("город")], TESTS):
        other = Organisation.objects.get(key=NEIGHBOUR.key("organisation")).pk
    sent = {"organisation": str(other), "row": [mine.pk]}
    seen = coordinator.post(address("organisation"), sent | {"act": "preview"})
    told = coordinator.post(address("organisation"), sent | carried(seen) | {"act": "save"})
    assert "После такой правки строка была бы уже не вашей" in said(told)
    assert vacancy(HERE).organisation_id == mine.organisation_id
    assert coordinator.get(address("level", what="deficit")).status_code == 404


def test_names_and_whom_a_row_is_about_are_not_set_for_many(methodist: Client) -> None:
    with scope([territory("город")], TESTS):
        person = Person.objects.get(key=HERE.key("person")).pk
    found = {
        (what, field): methodist.get(address(field, person, what=what)).status_code
        for what, field in (("person", "last_name"), ("education", "person"), ("person", "sex"))
    }
    assert found == {("person", "last_name"): 404, ("education", "person"): 404, ("person", "sex"): 200}


def test_a_row_more_costs_no_query(methodist: Client) -> None:
    rows = [vacancy(HERE).pk, vacancy(NEIGHBOUR).pk]
    methodist.get(address("organisation", *rows))
    counts = []
    for some in (rows[:1], rows):
        with CaptureQueriesContext(connection) as asked:
            methodist.get(address("organisation", *some))
        counts.append(len(asked))
    assert counts[0] == counts[1]
