"""The five main tasks without a mouse: every stop is seen, and one comes to what one needs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from opora.access.models import Grant, User
from opora.access.roles import Role
from opora.community.models import Publication
from opora.learning.models import Training
from opora.people.models import Person
from opora.registry.scope import scope
from tests.access.world import SCHOOLS, TESTS, territory, user_of
from tests.programmes.files import GOOD
from tests.web.counted import counted_programme
from tests.web.in_browser.seen import rows, signed_in

HERE = SCHOOLS[0]
FARTHEST = 150
"""Stops that nobody would pass."""
SEEN = """() => {
  const style = getComputedStyle(document.activeElement);
  return document.activeElement === document.body || style.outlineStyle !== 'none' || style.boxShadow !== 'none';
}"""


@pytest.fixture(autouse=True)
def one_at_a_time(chromium: Browser, world: None) -> Iterator[None]:
    yield
    for context in chromium.contexts:
        context.close()
    Grant.objects.all().delete()
    User.objects.all().delete()


def sit(chromium: Browser, address: str, role: Role) -> Page:
    context, _ = signed_in(chromium, address, user_of(role, HERE))
    page = context.new_page()
    page.goto(address)
    return page


def go(page: Page, target: Locator) -> None:
    """Tab after tab, as far as it; at every stop one sees where one is."""
    target.wait_for()
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN), page.evaluate("document.activeElement.outerHTML")
        if target.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"{target} is not reached")


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    go(page, target)
    page.keyboard.press(key)


def pk_of(key: str) -> int:
    with scope([territory(HERE.town)], TESTS):
        return Person.objects.get(key=key).pk


def test_the_first_stop_leads_past_the_rail_to_the_page(chromium: Browser, address: str) -> None:
    page = sit(chromium, address, Role.METHODIST)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="К содержанию")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")


def test_somebody_is_found_from_anywhere_and_her_card_opened(chromium: Browser, address: str) -> None:
    with scope([territory(HERE.town)], TESTS):
        somebody = Person.objects.create(municipality_id=territory(HERE.town), last_name="Ким", first_name="Анна")
    page = sit(chromium, address, Role.METHODIST)
    page.keyboard.press("Control+k")
    page.keyboard.type("Ким")
    expect(page.locator("#palette-found a").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(SEEN)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/people/{somebody.pk}/")
    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()


def test_a_course_is_entered(chromium: Browser, address: str) -> None:
    before = rows(Training)
    page = sit(chromium, address, Role.METHODIST)
    page.goto(f"{address}/lists/training/")
    press(page, page.get_by_role("link", name="Добавить", exact=True))
    expect(page.get_by_role("heading", name="Новая строка")).to_be_visible()
    for field in page.locator("main form .field:not(.optional)").filter(visible=True).all():
        control = field.locator("input:not([type=hidden]), select, textarea").first
        go(page, control)
        match control.evaluate("one => one.type"):
            case "select-one":
                page.keyboard.press("ArrowDown")
            case "date":
                page.keyboard.type("10102025")
            case _:
                page.keyboard.type("72")
    press(page, page.get_by_role("button", name="Добавить", exact=True).last)
    expect(page.locator(".messages")).to_be_visible()
    assert rows(Training) == before + 1


def test_rows_are_ticked_and_put_into_the_archive(chromium: Browser, address: str) -> None:
    before = rows(Publication)
    page = sit(chromium, address, Role.METHODIST)
    page.goto(f"{address}/lists/publication/")
    box = page.locator("tbody input[name=row]").first
    press(page, box, "Space")
    expect(box).to_be_checked()
    press(page, page.get_by_role("button", name="В архив"))
    expect(page.locator(".messages")).to_be_visible()
    assert rows(Publication) == before - 1


def test_a_missing_fact_is_filled_from_the_number(chromium: Browser, address: str) -> None:
    with scope([territory(HERE.town)], TESTS):
        Person.objects.update(born=None)
    version = counted_programme(GOOD, HERE)
    page = sit(chromium, address, Role.METHODIST)
    page.goto(f"{address}/indicators/{version.pk}/X-1/")
    expect(page.locator("meta[http-equiv=refresh]")).to_have_count(0, timeout=60_000)
    press(page, page.get_by_role("link", name="«Дата рождения» (Люди)"))
    go(page, page.locator("[name=every]"))
    page.keyboard.type("02021999")  # whichever way round the browser shows dates
    press(page, page.get_by_role("button", name="Сохранить"))
    expect(page.get_by_text("Заполнено: 2")).to_be_visible()
    assert rows(Person, born="1999-02-02") == 2


def test_a_teacher_proposes_and_the_school_confirms(chromium: Browser, address: str) -> None:
    before, card = rows(Publication), pk_of(HERE.key("person"))
    page = sit(chromium, address, Role.EDUCATOR)
    page.goto(f"{address}/people/{card}/proposals/publication/")
    go(page, page.get_by_label("Название"))
    page.keyboard.type("Урок на опорах")
    go(page, page.get_by_label("Дата").first)
    page.keyboard.type("03032025")
    press(page, page.get_by_role("button", name="Предложить"))
    expect(page.locator(".messages")).to_be_visible()
    school = sit(chromium, address, Role.COORDINATOR)
    school.goto(f"{address}/proposals/")
    press(school, school.locator("tbody th a").first)
    press(school, school.get_by_role("button", name="Подтвердить"))
    expect(school.locator(".messages")).to_be_visible()
    assert rows(Publication) == before + 1
