"""Reference tables on pages: one form for all, made of their declarations; two who edit one row lose nothing."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from opora.access.domain.grants import NewGrant, give
from opora.access.domain.seats import RoleAt
from opora.access.models import Grant, User
from opora.access.roles import Role
from opora.community.models import Contest
from opora.indicators.dataset.tables import STORED
from opora.learning.models import Instrument, TrainingProgramme
from opora.people.models import ProfileMatch
from opora.registry.models import Row, Trail
from opora.registry.scope import scope
from opora.web.views.office.reference_tables import TABLES
from tests.access.world import LONG_AGO, SCHOOLS, TESTS, territory, user_of
from tests.web.people import browser, filled, said, with_second_factor

pytestmark = pytest.mark.usefixtures("world", "nobody")
HERE, NEIGHBOUR, VILLAGE, _ = SCHOOLS
KEPT = [name for name, each in TABLES.items() if each.verbs]


changing = pytest.mark.usefixtures("as_before")


@pytest.fixture
def client() -> Client:
    return browser(with_second_factor(user_of(Role.ADMINISTRATOR, HERE)))


def fresh(model: type[Row], key: str, town: str = "город") -> Any:
    with scope([territory(town)], TESTS):
        return model._default_manager.get(key=key)


def contest() -> Any:
    return fresh(Contest, HERE.key("contest"))


def page(row: Any) -> str:
    return reverse("office_reference_row", args=[type(row).dataset.name, row.pk])


@pytest.mark.parametrize("name", TABLES)
def test_a_list_shows_the_rows_of_ones_town_and_no_others(name: str, client: Client) -> None:
    text = said(client.get(reverse("office_reference", args=[name])))
    if name == "territory":
        assert "Город муниципалитет" in text
    else:
        (first, *_) = [column for column in STORED[name].columns if column.required and column.kind == "text"]
        assert f"{first.name} {HERE.name}" in text
        assert f"{first.name} {NEIGHBOUR.name}" in text
    assert "село" not in text.lower()


@pytest.mark.parametrize("name", KEPT)
def test_the_form_of_every_table_has_the_titles_and_hints_of_its_declaration(name: str, client: Client) -> None:
    text = said(client.get(reverse("office_reference_new", args=[name])))
    for column in TABLES[name].columns.values():
        assert f"{column.title}" in text
        assert column.meaning in text
        assert all(label in text for _, label in column.choices)


@pytest.mark.parametrize("name", KEPT)
def test_a_form_sent_as_it_is_changes_nothing_in_any_table(name: str, client: Client) -> None:
    model = TABLES[name].model
    row = fresh(model, HERE.key(name))
    assert "Ничего не изменено" in said(client.post(page(row), filled(client, page(row)), follow=True))
    with scope([territory("город")], TESTS):
        assert not Trail.objects.filter(table_name=name, row_id=row.pk, action="update").exists()


def test_what_is_read_only_has_no_form(client: Client) -> None:
    for name in ("organisation", "territory"):
        assert client.get(reverse("office_reference_new", args=[name])).status_code == 404
        assert client.get(reverse("office_reference_row", args=[name, 1])).status_code == 404
        assert "Добавить" not in said(client.get(reverse("office_reference", args=[name])))
    assert client.get(reverse("office_reference", args=["person"])).status_code == 404


def test_a_row_is_found_by_the_words_of_its_texts(client: Client) -> None:
    found = said(client.get(reverse("office_reference", args=["contest"]), {"q": "2 TITLE"}))
    assert "title город 2" in found
    assert "title город 1" not in found


@changing
def test_a_row_is_added_with_all_its_faults_told_at_once_in_the_words_of_the_dataset(client: Client) -> None:
    address = reverse("office_reference_new", args=["training_programme"])
    given = filled(client, address) | {"title": "Новая", "hours": "много", "register_since": "31.02.2024"}
    told = said(client.post(address, given))
    assert "«много» — не число. Впишите число, например 0,5" in told
    assert "Даты «31.02.2024» нет в календаре" in told
    given |= {"hours": "36,5", "register_since": "01.02.2024"}
    assert "Не заполнено: «Вид». Впишите значение" in said(client.post(address, given))
    answer = client.post(address, given | {"kind": "pk", "addressed": "нет"}, follow=True)
    assert "Добавлено" in said(answer)
    with scope([territory("город")], TESTS):
        row = TrainingProgramme.objects.get(title="Новая")
    assert (row.hours, row.addressed, row.municipality_id) == (36.5, False, territory("город"))
    assert f"{row.register_since:%d.%m.%Y}" == "01.02.2024"


def test_what_only_the_trade_knows_is_told_beside_its_field(client: Client) -> None:
    row = fresh(Instrument, HERE.key("instrument"))
    given = filled(client, page(row)) | {"thresholds": "низкий уровень: совсем плохо"}
    answer = client.post(page(row), given)
    field = next(each for each in answer.content.decode().split('<div class="field') if 'name="thresholds"' in each)
    assert "errorlist" in field
    assert "совсем плохо" in field


@changing
def test_only_what_was_changed_is_written_and_the_trail_tells_by_whom(client: Client) -> None:
    row = contest()
    given = filled(client, page(row)) | {"award": "Грамота", "status": ""}
    assert "Сохранено" in said(client.post(page(row), given, follow=True))
    with scope([territory("город")], TESTS):
        told = Trail.objects.get(table_name="contest", row_id=row.pk, action="update").changes
    assert told is not None
    assert {name: change for name, change in told.items() if name != "source_id"} == {
        "award": [row.award, "Грамота"],
        "status": [False, None],
    }


@changing
def test_the_second_of_two_is_told_what_the_first_changed_and_loses_nothing_she_typed(client: Client) -> None:
    row = contest()
    first, second = filled(client, page(row)), filled(client, page(row))
    client.post(page(row), first | {"award": "Грамота", "level": "regional"})
    answer = client.post(page(row), second | {"award": "Диплом", "title": "Новое название"})
    told = said(answer)
    assert f"«Премия» теперь «Грамота», а было «{row.award}»" in told
    assert "«Уровень» теперь «региональный»" in told
    assert contest().title == row.title
    html = answer.content.decode()
    assert 'value="Диплом"' in html
    assert 'value="Новое название"' in html
    assert '<option value="regional" selected>' in html, "what she left alone is as the first has made it"
    again = {name: value for name, value in second.items() if name != "seen"}
    seen = re.search(r'name="seen" value="([^"]*)"', html)
    assert seen
    again |= {"seen": unescape(seen[1]), "award": "Диплом", "title": "Новое название", "level": "regional"}
    client.post(page(row), again)
    after = contest()
    assert (after.title, after.award, after.level) == ("Новое название", "Диплом", "regional")


@changing
def test_a_text_of_several_lines_stays_as_it_is(client: Client) -> None:
    row = contest()
    with scope([territory("город")], TESTS):
        Contest.objects.filter(pk=row.pk).update(award="Первая строка\nВторая <строка>")
    given = filled(client, page(row))
    assert "Ничего не изменено" in said(client.post(page(row), given, follow=True))
    client.post(page(row), given | {"title": "Другое"})
    assert contest().award == "Первая строка\nВторая <строка>"


def test_a_page_whose_memory_is_spoiled_writes_nothing(client: Client) -> None:
    row = contest()
    given = filled(client, page(row)) | {"title": "Другое"}
    for seen in ("", "{", "[]", "{}"):
        assert "Страница повреждена" in said(client.post(page(row), given | {"seen": seen}))
    assert contest().title == row.title


@changing
def test_what_something_refers_to_is_not_archived_and_the_rest_comes_back(client: Client) -> None:
    row, free = contest(), fresh(ProfileMatch, HERE.key("profile_match"))
    assert "На эту запись ссылаются" in said(client.post(page(row), {"act": "archive"}, follow=True))
    assert "Перенесено в архив" in said(client.post(page(free), {"act": "archive"}, follow=True))
    listed = reverse("office_reference", args=["profile_match"])
    name = f"speciality {HERE.name}"
    assert (name in said(client.get(listed)), name in said(client.get(listed, {"archive": "1"}))) == (False, True)
    assert "Возвращено из архива" in said(client.post(page(free), {"act": "bring_back"}, follow=True))
    assert name in said(client.get(listed))


@changing
def test_a_row_that_went_to_the_archive_meanwhile_is_told_and_what_was_typed_stays(client: Client) -> None:
    row = fresh(ProfileMatch, HERE.key("profile_match"))
    given = filled(client, page(row)) | {"ruled_by": "Совет методистов"}
    client.post(page(row), {"act": "archive"})
    answer = client.post(page(row), given)
    assert "Строка в архиве. Сначала верните её из архива" in said(answer)
    assert 'value="Совет методистов"' in answer.content.decode()


@changing
def test_what_a_region_keeps_is_read_in_its_towns_and_changed_in_the_region(client: Client) -> None:
    with scope([territory("город")], TESTS):
        given = {"title": "Областной конкурс", "kind": "skill", "date": "2024-03-01"}
    region = territory("регион")
    user = with_second_factor(User.objects.create(email="region@example.org", full_name="Областная"))
    give([NewGrant(user, RoleAt(Role.ADMINISTRATOR, region), LONG_AGO)], within=[region], by=TESTS)
    browser(user).post(reverse("office_reference_new", args=["contest"]), given | {"place": region})
    shared = fresh(Contest, fresh_key("Областной конкурс"), "регион")
    assert "Областной конкурс" in said(client.get(reverse("office_reference", args=["contest"])))
    assert "исправить её можно только там" in said(client.get(page(shared)))
    for act in ("save", "archive"):
        assert client.post(page(shared), {"act": act}).status_code == 404


def fresh_key(title: str) -> str:
    with scope([territory("регион")], TESTS):
        return Contest.objects.get(title=title).key


def test_a_row_of_another_town_is_not_there(client: Client) -> None:
    foreign = fresh(Contest, VILLAGE.key("contest"), "село")
    assert client.get(page(foreign)).status_code == 404
    for act in ("save", "archive", "bring_back"):
        assert client.post(page(foreign), {"act": act}).status_code == 404
    given = {"title": "Чужой", "kind": "skill", "date": "2024-03-01", "place": territory("село")}
    client.post(reverse("office_reference_new", args=["contest"]), given)
    with scope([territory("село")], TESTS):
        assert not Contest.objects.filter(title="Чужой").exists()


def test_who_is_a_methodist_of_another_town_keeps_nothing_of_it_here() -> None:
    user, there = with_second_factor(user_of(Role.ADMINISTRATOR, HERE)), territory("село")
    give([NewGrant(user, RoleAt(Role.METHODIST, there), LONG_AGO)], within=[there], by=TESTS)
    foreign = fresh(Contest, VILLAGE.key("contest"), "село")
    assert browser(user).get(page(foreign)).status_code == 404
    assert "село" not in said(browser(user).get(reverse("office_reference", args=["organisation"]))).lower()
    assert Grant.objects.filter(user=user).count() == 2
