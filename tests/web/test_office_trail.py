"""The trail on pages: a day, a table, whoever acted, one row; who has read whose card."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from opora.access.domain.grants import NewGrant, give
from opora.access.domain.seats import RoleAt
from opora.access.domain.users import make_user
from opora.access.models import User
from opora.access.roles import Role
from opora.community.models import Contest
from opora.cycle.domain.programme import put_in_force, take_in
from opora.people.domain.person import correct_people
from opora.people.models import Person
from opora.registry.batch import Correction
from opora.registry.scope import Actor, scope
from opora.site.home import Home
from opora.upkeep.journal import Journal
from opora.web.entries import NO_USER
from tests.access.world import LONG_AGO, PASSWORD, SCHOOLS, TESTS, School, territory, user_of
from tests.programmes.files import GOOD
from tests.registry.database import as_superuser
from tests.web.people import browser, said, with_second_factor

pytestmark = pytest.mark.usefixtures("world", "nobody")
HERE, _, VILLAGE, _ = SCHOOLS
TRAIL = "/office/trail/"


changing = pytest.mark.usefixtures("as_before")


@pytest.fixture
def user() -> User:
    return with_second_factor(user_of(Role.ADMINISTRATOR, HERE))


@pytest.fixture
def client(user: User) -> Client:
    return browser(user)


def person(school: School) -> Person:
    with scope([territory(school.town)], TESTS):
        return Person.objects.get(key=school.key("person"))


def renamed(school: School, name: str, by: Actor = TESTS) -> Person:
    row = person(school)
    change = Correction(row=row.pk, seen={"last_name": row.last_name}, becomes={"last_name": name})
    correct_people([change], municipality=territory(school.town), by=by)
    return row


def moved(home: Home, table: str, days: int) -> None:
    """All changes of the table happened so many days ago."""
    with as_superuser(home) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE trail SET at = at - %s WHERE table_name = %s", [dt.timedelta(days), table])


@changing
def test_a_change_is_told_with_the_row_the_values_and_who_made_it(user: User, client: Client) -> None:
    renamed(HERE, "Петрова", Actor(user.acting, "192.0.2.7"))
    text = said(client.get(TRAIL))
    assert "Люди: изменено — Петрова" in text
    assert f"Фамилия last_name {HERE.name} → Петрова" in text
    assert f"{user.full_name}, 192.0.2.7" in text
    assert "Источники" not in text.partition("Показать")[2]
    assert "Источники: добавлено — исправление карточки" in said(client.get(TRAIL, {"table": "source"}))


def test_rows_that_one_sitting_added_are_told_together(client: Client) -> None:
    assert "Конкурсы: добавлено, записей — 2" in said(client.get(TRAIL, {"table": "contest"}))


@changing
def test_of_another_town_nothing_is_told_whatever_is_asked(client: Client) -> None:
    row = renamed(VILLAGE, "Чужая")
    with scope([territory("село")], TESTS):
        contest = Contest.objects.get(key=VILLAGE.key("contest"))
    stranger = user_of(Role.METHODIST, VILLAGE)
    make_user("alone@example.org", "Без роли", password=PASSWORD, by=TESTS)
    questions: list[dict[str, str | int]] = [
        {},
        {"table": "person"},
        {"table": "person", "row": row.pk},
        {"table": "contest", "row": contest.pk},
        {"table": "access_user"},
        {"table": "access_user", "row": stranger.pk},
        {"table": "access_grant"},
    ]
    for asked in questions:
        text = said(client.get(TRAIL, asked))
        assert not any(word in text for word in ("Чужая", "село", "Без роли", stranger.full_name)), asked


@changing
def test_who_administers_one_town_reads_nothing_of_another_where_she_is_a_methodist(user: User, client: Client) -> None:
    there = territory("село")
    give([NewGrant(user, RoleAt(Role.METHODIST, there), LONG_AGO)], within=[there], by=TESTS)
    row = renamed(VILLAGE, "Чужая")
    assert "Чужая" not in said(client.get(TRAIL, {"table": "person"}))
    assert "никого с таким именем нет" in said(client.get(reverse("office_trail_people"), {"q": "Чужая"}))
    assert client.get(reverse("office_trail_person", args=[row.pk])).status_code == 404


@changing
def test_a_day_is_chosen_and_the_days_beside_it_are_near(installation: Home, client: Client) -> None:
    moved(installation, "contest", 10)
    today = timezone.localdate()
    then = today - dt.timedelta(10)
    text = client.get(TRAIL, {"table": "contest"})
    assert f"{then:%d.%m.%Y}" in said(text)
    everything = client.get(TRAIL).content.decode()
    assert f"?day={then.isoformat()}" in everything
    asked = client.get(TRAIL, {"day": f"{then:%d.%m.%Y}"})
    assert "Конкурсы" in said(asked)
    assert "Люди: добавлено" not in said(asked)
    assert f"?day={today.isoformat()}" in asked.content.decode()
    assert "В этот день такого не меняли" in said(client.get(TRAIL, {"day": "01.01.2001"}))


@changing
def test_what_somebody_did_is_told_alone(user: User, client: Client) -> None:
    renamed(HERE, "Петрова", Actor(user.acting))
    asked = said(client.get(TRAIL, {"actor": user.acting}))
    assert "Петрова" in asked
    assert "Люди: добавлено" not in asked
    others = said(client.get(TRAIL, {"actor": NO_USER, "table": "person"}))
    assert "добавлено" in others
    assert "Петрова" not in others.replace(f"{user.full_name}", "")


@changing
def test_one_row_is_told_through_all_its_time(installation: Home, client: Client) -> None:
    row = renamed(HERE, "Петрова")
    moved(installation, "person", 400)
    renamed(HERE, "Сидорова")
    text = said(client.get(f"{TRAIL}?table=person&row={row.pk}"))
    assert "Одна запись: Сидорова" in text
    assert "Петрова → Сидорова" in text
    assert f"last_name {HERE.name} → Петрова" in text


@changing
def test_programmes_roles_and_accounts_are_told_in_words(user: User, client: Client) -> None:
    here = territory("город")
    put_in_force(take_in(GOOD, municipality=here, by=TESTS).pk, since=LONG_AGO, municipality=here, by=TESTS)
    browser(user).post("/account/password/", {})
    text = said(client.get(TRAIL))
    assert "Редакции программ: добавлено — Программа развития, редакция 1" in text
    assert "Сроки действия программ: добавлено — example, с 01.09.2015" in text
    assert f"Роли пользователей: добавлено — {user.full_name}: администратор" in text
    assert f"Пользователи: добавлено — {user.full_name}" in text


@pytest.mark.parametrize("asked", [{"row": "1" * 30, "table": "person"}, {"table": "нет"}, {"page": "0"}, {"day": "?"}])
def test_a_spoiled_address_is_an_empty_question(asked: dict[str, str], client: Client) -> None:
    assert client.get(TRAIL, asked).status_code == 200


@changing
def test_a_long_day_is_told_page_by_page(client: Client) -> None:
    for number in range(60):
        renamed(HERE, f"Имя-{number}")
    first = client.get(TRAIL, {"table": "person"})
    assert "Имя-59" in said(first)
    assert "Имя-2 " not in said(first)
    second = client.get(TRAIL, {"table": "person", "page": "2"})
    assert "→ Имя-2 " in said(second)
    assert "Новее" in said(second)


def test_who_read_a_card_is_told_and_this_page_is_such_a_reading(user: User, client: Client) -> None:
    methodist, row = user_of(Role.METHODIST, HERE), person(HERE)
    browser(methodist).get(reverse("person", args=[row.pk]))
    assert f"last_name {HERE.name}" in said(client.get(reverse("office_trail_people"), {"q": "last_name"}))
    address = reverse("office_trail_person", args=[row.pk])
    text = said(client.get(address))
    assert f"{methodist.full_name} карточка 127.0.0.1" in text
    assert "Люди: добавлено" in text
    assert f"{user.full_name} журнал карточки" in said(client.get(address))


def test_the_search_finds_nobody_of_another_town(client: Client) -> None:
    text = said(client.get(reverse("office_trail_people"), {"q": "last_name"}))
    assert "город 1" in text
    assert "село" not in text


def test_the_installation_is_told_as_the_doctor_sees_it(client: Client, installation: Home) -> None:
    Journal().keep(installation)
    text = said(client.get("/office/installation/"))
    assert "исправить Резервных копий ещё нет opora backup ПАПКА — и по расписанию" in text
    assert "в порядке Таблицы соответствуют этой версии" in text
    assert "Город" in text.partition("Загрузки данных")[2]
    assert "Село" not in text


@changing
def test_made_up_data_are_marked(installation: Home, client: Client) -> None:
    assert "условные данные" not in said(client.get("/office/installation/"))
    with as_superuser(installation) as connection:
        connection.execute("UPDATE source SET synthetic = true")
    text = said(client.get("/office/installation/"))
    assert "обратить внимание В реестре есть условные данные" in text
    assert "условные данные" in text.partition("Загрузки данных")[2]
