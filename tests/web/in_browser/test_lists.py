"""Lists in a real browser as wide as a telephone: with JavaScript and without, from what is pasted to what is kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from opora.access.models import Selection, User
from opora.access.roles import Role
from opora.people.models import Person
from opora.registry.scope import scope
from tests.access.world import SCHOOLS, TESTS, territory, user_of
from tests.web.in_browser.seen import signed_in

pytestmark = pytest.mark.usefixtures("world", "as_before")
HERE = SCHOOLS[0]
PHONE = 390


@pytest.fixture
def methodist(world: None) -> Iterator[User]:
    with scope([territory("город")], TESTS):
        for name in ("Ким", "Юн"):
            Person.objects.create(municipality_id=territory("город"), last_name=name, first_name="Анна")
    yield user_of(Role.METHODIST, HERE)
    Selection.objects.all().delete()


def sound(page: Page) -> None:
    """Nothing sticks out, and axe finds nothing."""
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE
    assert Axe().run(page).violations_count == 0


@pytest.mark.parametrize("javascript", [True, False])
def test_a_meeting_is_entered_with_pasted_people(
    chromium: Browser, address: str, methodist: User, *, javascript: bool
) -> None:
    context, _ = signed_in(chromium, address, methodist, width=PHONE, javascript=javascript)
    page = context.new_page()
    page.goto(f"{address}/lists/meeting/new/")
    page.get_by_text("Посещение: внести сразу").click()
    page.get_by_label("Список людей").fill("1. Ким Анна\n2. Неведомская\n3. Юн А.")
    # Before anything else is filled: names are looked for, and the browser asks for nothing.
    page.get_by_role("button", name="Найти людей").click()
    expect(page.get_by_text("найдено 2, не нашлось 1")).to_be_visible()
    if javascript:
        sound(page)
    page.get_by_label("Внести: Неведомская").uncheck()
    page.get_by_label("Объединение").select_option(index=1)
    page.get_by_label("Дата", exact=True).fill("2026-04-02")
    page.get_by_role("button", name="Добавить", exact=True).last.click()
    expect(page.get_by_text("вместе с этим строк: 2")).to_be_visible()
    page.goto(f"{address}/lists/attendance/?q=Анна")
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.get_by_role("link", name="Неведомская")).to_have_count(0)
    context.close()


def test_rows_are_selected_kept_as_a_selection_and_set_together(
    chromium: Browser, address: str, methodist: User
) -> None:
    context, _ = signed_in(chromium, address, methodist, width=PHONE)
    page = context.new_page()
    page.goto(f"{address}/lists/vacancy/?held=all")
    page.get_by_role("link", name="Сохранить отбор").click()
    sound(page)
    page.get_by_label("Название").fill("Все вакансии")
    page.get_by_role("button", name="Сохранить").click()
    page.goto(f"{address}/lists/")
    page.get_by_role("link", name="Все вакансии").click()
    for box in page.locator("tbody .pick input").all():
        box.check()
    page.get_by_label("Какой столбец изменить").select_option(label="Изменить: Предмет")
    page.get_by_role("button", name="Изменить", exact=True).click()
    page.get_by_label("Предмет").fill("физика")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Изменить (2)")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Изменить (2)").click()
    expect(page.get_by_text("Изменено: 2")).to_be_visible()
    page.goto(f"{address}/lists/vacancy/?q=физика")
    expect(page.locator("tbody tr")).to_have_count(2)
    context.close()


def test_a_table_wider_than_its_page_moves_within_its_box(chromium: Browser, address: str, methodist: User) -> None:
    with scope([territory("город")], TESTS):
        Person.objects.filter(last_name="Ким").update(last_name="Ж" * 150)
    context, _ = signed_in(chromium, address, methodist)
    page = context.new_page()
    page.goto(f"{address}/people/")
    assert page.evaluate("document.documentElement.scrollWidth") == page.evaluate("innerWidth")
    box = page.locator(".table-box")
    assert box.evaluate("one => one.scrollWidth > one.clientWidth && getComputedStyle(one).overflowX") == "auto"
    context.close()
