"""Selections of lists: kept by name, one's own or shared with the service, never more than one's roles show."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.access.domain.selections import MOST, Naming, keep_selection
from opora.access.models import Selection, User
from opora.access.roles import Role
from opora.access.seeing import scope_of
from opora.registry.models import Trail
from opora.registry.scope import scope
from opora.registry.verbs import Refused
from tests.access.world import SCHOOLS, TESTS, territory, user_of
from tests.web.people import browser, said
from tests.web.test_html import faults_of

HERE, _, VILLAGE, _ = SCHOOLS
OWN = "selections"


@pytest.fixture(autouse=True)
def _without_selections(world: None, nobody: None) -> Iterator[None]:
    yield
    Selection.objects.all().delete()


@pytest.fixture
def head() -> User:
    return user_of(Role.HEAD, HERE)


@pytest.fixture
def client(head: User) -> Client:
    return browser(head)


def save(client: Client, query: str, title: str, what: str = "vacancy", **more: object) -> str:
    address = f"{reverse('selection_new', args=[what])}?{query}"
    return said(client.post(address, {"title": title, **more}, follow=True))


def test_a_selection_keeps_what_the_list_understands_and_leads_back_to_it(client: Client) -> None:
    told = save(client, "sort=-post&held=all&q=&page=3&unheard=1&post=teacher", "Учителя")
    assert "Отбор «Учителя» сохранён" in told
    kept = Selection.objects.get()
    assert (kept.table_name, kept.query, kept.shared_in) == ("vacancy", "post=teacher&held=all&sort=-post", None)
    link = f'href="{reverse("list", args=["vacancy"])}?{kept.query.replace("&", "&amp;")}"'
    shown = client.get(f"{reverse('list', args=['vacancy'])}?held=all&sort=-post&post=teacher").content.decode()
    assert f'{link} aria-current="true"' in shown
    assert "Сохранить отбор" not in shown
    assert [link in client.get(reverse(page)).content.decode() for page in ("lists", OWN)] == [True, True]
    assert link not in client.get(reverse("list", args=["training"])).content.decode()


def test_the_page_that_keeps_a_selection_tells_what_is_kept(client: Client) -> None:
    told = said(client.get(f"{reverse('selection_new', args=['vacancy'])}?post=teacher&held=past"))
    assert "Должность учитель" in told
    assert "Когда закончилось" in told


def test_a_selection_that_cannot_be_read_is_not_kept_but_told(client: Client) -> None:
    address = f"{reverse('selection_new', args=['training'])}?since=31.02.2026"
    assert "Введите правильную дату" in said(client.post(address, {"title": "Зима"}, follow=True))
    assert not Selection.objects.exists()


def test_nobody_sees_ones_own_selection_and_the_service_of_the_town_alone_a_shared_one(client: Client) -> None:
    save(client, "q=Тайная", "Только моё")
    save(client, "held=past", "Для всех нас", shared_in=str(territory(HERE.town)))
    readers = [(Role.METHODIST, HERE), (Role.COORDINATOR, HERE), (Role.METHODIST, VILLAGE)]
    pages = {each: said(browser(user_of(*each)).get(reverse("lists"))) for each in readers}
    seen = {(role, school.town): [title in page for title in TITLES] for (role, school), page in pages.items()}
    assert seen == {
        (Role.METHODIST, "город"): [False, True],
        (Role.COORDINATOR, "город"): [False, False],
        (Role.METHODIST, "село"): [False, False],
    }


TITLES = ("Только моё", "Для всех нас")


def test_a_shared_selection_is_changed_and_forgotten_by_whose_it_is_alone(client: Client) -> None:
    save(client, "held=past", "Для всех нас", shared_in=str(territory(HERE.town)))
    kept, other = Selection.objects.get(), browser(user_of(Role.METHODIST, HERE))
    for act in ("save", "forget"):
        sent = {"selection": kept.pk, "act": act, "title": "Моё"}
        assert other.post(reverse(OWN), sent).status_code == 404
    client.post(reverse(OWN), {"selection": kept.pk, "act": "save", "title": " Прошлые   вакансии ", "shared_in": ""})
    kept.refresh_from_db()
    assert (kept.title, kept.shared_in) == ("Прошлые вакансии", None)
    told = said(client.post(reverse(OWN), {"selection": kept.pk, "act": "forget"}, follow=True))
    assert "Отбор «Прошлые вакансии» удалён" in told
    assert not Selection.objects.exists()


def test_two_selections_of_a_list_are_not_called_the_same_and_what_was_typed_stays(client: Client) -> None:
    save(client, "held=past", "Прошлые")
    assert "Отбор «Прошлые» у вас уже есть" in save(client, "held=all", "Прошлые")
    save(client, "held=all", "Все")
    second = Selection.objects.get(title="Все")
    answer = client.post(reverse(OWN), {"selection": second.pk, "act": "save", "title": "Прошлые"})
    assert "Отбор «Прошлые» у вас уже есть" in said(answer)
    assert answer.content.decode().count('value="Прошлые"') == 2
    assert faults_of(answer.content.decode()) == []
    assert sorted(Selection.objects.values_list("title", flat=True)) == ["Все", "Прошлые"]


def test_who_is_in_no_service_shares_with_nobody() -> None:
    client = browser(user_of(Role.COORDINATOR, HERE))
    save(client, "held=past", "Моё", shared_in=str(territory(HERE.town)))
    assert Selection.objects.get().shared_in is None
    stranger = user_of(Role.METHODIST, VILLAGE)
    with scope_of(stranger, "") as standing, pytest.raises(Refused, match="только своей службе"):
        keep_selection("vacancy", "", Naming(title="Чужое", shared_in=territory(HERE.town)), standing=standing)


def test_a_user_keeps_not_more_than_she_can_look_through(head: User) -> None:
    Selection.objects.bulk_create(Selection(user=head, table_name="vacancy", title=str(n)) for n in range(MOST))
    with scope_of(head, "") as standing, pytest.raises(Refused, match=f"Отборов уже {MOST}"):
        keep_selection("leave", "", Naming(title="Ещё"), standing=standing)


def test_a_selection_whose_column_or_list_is_gone_says_so_and_is_no_error(client: Client, head: User) -> None:
    query = "held=all&former=1&sort=gone"
    for table in ("vacancy", "no_such_table"):
        Selection.objects.create(user=head, table_name=table, title=f"Старый {table}", query=query)
    told = said(client.get(f"{reverse('list', args=['vacancy'])}?{query}"))
    assert "таких условий или столбцов у этого списка нет — former, gone" in told
    assert "Показано без них" not in said(client.get(f"{reverse('list', args=['vacancy'])}?held=all&page=1"))
    page = said(client.get(reverse(OWN)))
    assert "Такого списка больше нет" in page
    assert "Старый no_such_table" in page
    index = said(client.get(reverse("lists")))
    assert ["Старый vacancy" in index, "Старый no_such_table" in index] == [True, False]


@pytest.mark.parametrize("page", ["lists", OWN])
def test_a_selection_more_costs_no_query(page: str, client: Client, head: User) -> None:
    counts = []
    client.get(reverse(page))
    for more in (1, 4):
        kept = [Selection(user=head, table_name="vacancy", title=f"{more} {n}", query="held=all") for n in range(more)]
        Selection.objects.bulk_create(kept)
        with CaptureQueriesContext(connection) as asked:
            text = said(client.get(reverse(page)))
        assert text.count(f"{more} 0") > 0
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_banks_of_every_service_stand_among_the_selections_of_people(client: Client) -> None:
    text = client.get(f"{reverse('people')}?known=young").content.decode()
    assert f'href="{reverse("people")}?known=young" aria-current="true"' in text
    assert f'href="{reverse("people")}?known=mentor"' in text


def test_the_trail_tells_that_a_selection_was_kept_and_shared_but_not_of_whom(client: Client) -> None:
    save(client, "q=Тайная", "Тайная")
    kept = Selection.objects.get()
    sent = {"selection": kept.pk, "act": "save", "title": "Скрытная", "shared_in": str(territory(HERE.town))}
    client.post(reverse(OWN), sent)
    client.post(reverse(OWN), {"selection": kept.pk, "act": "forget"})
    with scope([], TESTS):
        told = Trail.objects.filter(table_name="access_selection", row_id=kept.pk).order_by("pk")
        changes = [(one.action, one.changes or {}) for one in told]
    assert [action for action, _ in changes] == ["insert", "update", "delete"]
    assert list(changes[1][1]) == ["shared_in_id"]
    assert {"title", "query"}.isdisjoint(changes[2][1])
