"""Programmes on pages: checked, taken in, put in force, given back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from opora.access.domain.grants import NewGrant, give
from opora.access.domain.seats import RoleAt
from opora.access.models import Grant, User
from opora.access.roles import Role
from opora.cycle.domain.programme import put_in_force, take_in, version_on
from opora.cycle.models import ProgrammeVersion
from opora.programmes.load import available, programme_path
from opora.programmes.tree import LARGEST_FILE, read_file
from opora.registry.models import Trail
from opora.registry.scope import scope
from opora.site.home import Home
from tests.access.world import LONG_AGO, SCHOOLS, TESTS, School, territory, user_of
from tests.programmes.files import GOOD
from tests.registry.database import as_superuser
from tests.web.people import browser, said, with_second_factor

pytestmark = pytest.mark.usefixtures("world")
HERE, _, VILLAGE, _ = SCHOOLS
UPLOAD, LIST = "/office/programmes/new/", "/office/programmes/"
SPRING = dt.date(2026, 3, 1)
BETTER = GOOD.replace("at least 5%", "at least 7%").replace("count: educator", "count: educator and age < 60")


@pytest.fixture(autouse=True)
def nothing(installation: Home, world: None) -> Iterator[None]:
    yield
    Grant.objects.all().delete()
    User.objects.all().delete()
    with as_superuser(installation) as connection:
        connection.execute("DELETE FROM programme_term")
        connection.execute("DELETE FROM programme_version")


@pytest.fixture
def head() -> Client:
    return browser(user_of(Role.HEAD, HERE))


def sent(client: Client, content: str | bytes, act: str = "check", school: School = HERE) -> Any:
    data = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("программа.yaml", data)
    return client.post(UPLOAD, {"file": file, "place": territory(school.town), "act": act}, follow=True)


def pasted(client: Client, text: str, act: str = "check") -> Any:
    windows = text.replace("\n", "\r\n")
    return client.post(UPLOAD, {"text": windows, "place": territory("город"), "act": act}, follow=True)


def kept() -> list[tuple[int, str]]:
    with scope([territory("город")], TESTS):
        return list(ProgrammeVersion.objects.values_list("number", "text"))


def taken(text: str = GOOD, town: str = "город") -> ProgrammeVersion:
    return take_in(text, municipality=territory(town), by=TESTS)


def test_all_faults_of_a_file_are_told_with_their_lines_and_nothing_is_kept(head: Client) -> None:
    spoiled = GOOD.replace("of: educator", "of: educater").replace('unit: "%"', 'unity: "%"')
    answer = sent(head, spoiled)
    assert "Ошибок: 2" in said(answer)
    assert "строка 21, столбец 5 Неизвестное поле «unity»" in said(answer)
    page = answer.content.decode()
    assert '<pre tabindex="0">    unity: &quot;%&quot;\n<b>    ^</b></pre>' in page
    assert '<pre tabindex="0">    of: educater\n<b>        ^</b></pre>' in page
    assert "of: educater" in page.split("<textarea", 1)[1], "the text can be mended on the spot"
    assert "Принять" not in said(answer)
    assert kept() == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (GOOD.encode("cp1251"), "строка 3, столбец 10 Файл не в кодировке UTF-8: сохраните его в UTF-8"),
        (b"#" * (LARGEST_FILE + 1), "Файл больше 1 МБ: это не программа"),
        (b"", "Отправленный файл пуст"),
        (b"\x00\xff\xfe", "Файл не в кодировке UTF-8"),
        (b"key: [", "Ошибок: 1"),
    ],
)
def test_what_is_no_programme_is_told_in_words(head: Client, content: bytes, told: str) -> None:
    assert told in said(sent(head, content))
    assert kept() == []


def test_nothing_at_all_is_told_too(head: Client) -> None:
    assert "Выберите файл или вставьте текст" in said(pasted(head, " \n"))


def test_a_sound_programme_shows_what_it_holds_and_is_kept_only_when_it_is_taken_in(head: Client) -> None:
    looked = said(sent(head, GOOD))
    assert "Ошибок нет: Программа развития" in looked
    assert "Показателей 2 Мероприятий 1" in looked
    assert kept() == []
    done = pasted(head, GOOD, "take")
    assert "Редакция 1 принята. Осталось ввести её в действие" in said(done)
    assert kept() == [(1, GOOD)]
    pasted(head, GOOD, "take")
    assert kept() == [(1, GOOD)]


def test_a_file_and_the_same_text_pasted_are_one_version(head: Client) -> None:
    sent(head, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode(), "take")
    pasted(head, GOOD, "take")
    assert kept() == [(1, GOOD)]


def test_a_faulty_text_is_not_taken_in_past_the_check(head: Client) -> None:
    assert "Ошибок: 1" in said(pasted(head, GOOD.replace("of: educator", "of: educater"), "take"))
    assert kept() == []


def test_a_new_version_tells_which_formulas_and_targets_it_changes(head: Client) -> None:
    put_in_force(taken().pk, since=LONG_AGO, municipality=territory("город"), by=TESTS)
    told = said(sent(head, BETTER))
    assert "Что меняется по сравнению с действующей редакцией 1" in told
    assert "X-1 Доля молодых изменена цель Цель: не менее 5 % → не менее 7 %" in told
    assert "X-2 Число педагогов изменена формула Версия формулы:" in told
    assert "Показатели, их формулы и цели — те же" in said(sent(head, GOOD.replace("Рост мастерства", "Рост")))


def test_a_version_is_put_in_force_from_a_day_and_the_trail_tells_by_whom() -> None:
    user = user_of(Role.HEAD, HERE)
    client, version, later = browser(user), taken(), taken(BETTER)
    put_in_force(version.pk, since=LONG_AGO, municipality=territory("город"), by=TESTS)
    address = reverse("office_programme", args=[later.pk])
    assert "Введите правильную дату" in said(client.post(address, {"since": "весной"}))
    assert "Редакция 2 действует с 01.03.2026" in said(client.post(address, {"since": "01.03.2026"}, follow=True))
    with scope([territory("город")], TESTS):
        found = [version_on("example", day, places=[territory("город")]) for day in (SPRING - dt.timedelta(1), SPRING)]
        assert [each and each.number for each in found] == [1, 2]
        told = Trail.objects.filter(table_name="programme_term").latest("pk")
        assert told.actor == {"user": user.acting, "address": "127.0.0.1"}
    listed = said(client.get(LIST))
    assert "Редакция 2 действует с 01.03.2026" in listed
    assert "Редакция 1 с 01.09.2015" in listed


def test_a_version_is_given_back_as_it_was_taken_in(head: Client) -> None:
    version = taken()
    answer = head.get(reverse("office_programme_text", args=[version.pk]))
    assert answer.content.decode() == GOOD
    assert answer.headers["Content-Disposition"] == 'attachment; filename="example-1.yaml"'


def test_a_built_in_programme_is_taken_in_by_one_click(head: Client) -> None:
    key = available()[0]
    given = {"which": key, f"{key}-key": key, f"{key}-place": territory("город")}
    assert "Программа принята: редакция 1" in said(head.post(LIST, given, follow=True))
    assert kept() == [(1, read_file(programme_path(key)))]
    assert head.post(LIST, given | {f"{key}-key": "../../etc/passwd"}).status_code == 404
    assert head.post(LIST, given | {f"{key}-place": territory("село")}).status_code == 404


def test_a_programme_of_the_region_is_seen_in_its_towns_and_decided_in_the_region(head: Client) -> None:
    shared = taken(town="регион")
    address = reverse("office_programme", args=[shared.pk])
    assert "действует и у вас, пока нет своей" in said(head.get(LIST))
    assert "Ввести в действие" not in said(head.get(address))
    assert head.post(address, {"since": "01.03.2026"}).status_code == 404


def test_a_programme_of_another_town_is_not_there(head: Client) -> None:
    foreign = taken(BETTER, "село")
    for name in ("office_programme", "office_programme_text"):
        assert head.get(reverse(name, args=[foreign.pk])).status_code == 404
    assert head.post(reverse("office_programme", args=[foreign.pk]), {"since": "01.03.2026"}).status_code == 404
    assert "Программ пока нет" in said(head.get(LIST))
    sent(head, GOOD, "take", VILLAGE)
    assert kept() == []


def test_a_head_of_one_town_keeps_nothing_of_another_where_she_is_a_methodist() -> None:
    user, there = user_of(Role.HEAD, HERE), territory("село")
    give([NewGrant(user, RoleAt(Role.METHODIST, there), LONG_AGO)], within=[there], by=TESTS)
    foreign = taken(BETTER, "село")
    assert browser(user).get(reverse("office_programme", args=[foreign.pk])).status_code == 404
    assert "Программ пока нет" in said(browser(user).get(LIST))


def test_an_administrator_of_several_territories_says_whose_programme_it_is() -> None:
    user = with_second_factor(user_of(Role.ADMINISTRATOR, HERE))
    give(
        [NewGrant(user, RoleAt(Role.ADMINISTRATOR, territory("село")), LONG_AGO)], within=[territory("село")], by=TESTS
    )
    client = browser(user)
    assert "Чья программа Город Село" in said(client.get(UPLOAD))
    sent(client, GOOD, "take", VILLAGE)
    assert kept() == []
    with scope([territory("село")], TESTS):
        assert ProgrammeVersion.objects.get().text == GOOD
