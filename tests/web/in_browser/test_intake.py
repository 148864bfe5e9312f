"""The main path of files: dropped, answered about, looked at, committed; a number moves, and moves back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from opora.access.roles import Role
from opora.cycle.models import ProgrammeVersion
from opora.people.models import Person
from tests.access.world import SCHOOLS, user_of
from tests.web.counted import counted_programme
from tests.web.in_browser.seen import rows, signed_in
from tests.web.in_browser.test_roles import A_MINUTE, TEXT

HERE = SCHOOLS[0]
HEAD = "<tr><th>ФИО</th><th>Должность</th><th>Образование</th></tr>"
PEOPLE = ("Небывалова Анна Львовна", "Небылицына Ольга Ильинична")
ROWS = "".join(f"<tr><td>{name}</td><td>учитель</td><td>высшее</td></tr>" for name in PEOPLE)
STAFF = f'<meta charset="utf-8"><table>{HEAD}{ROWS}</table>'
WIDTHS = (1280, 390)


@pytest.fixture(scope="module")
def version(world: None) -> ProgrammeVersion:
    return counted_programme(TEXT, HERE)


def kept(page: Page, name: str) -> None:
    """As build output, to be looked at."""
    if folder := os.environ.get("OPORA_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"intake-{name}.png", full_page=True)


def ready(page: Page) -> None:
    """The worker is done, and the page comes anew by itself no more."""
    expect(page.locator("meta[http-equiv=refresh]")).to_have_count(0, timeout=A_MINUTE)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_of_a_school_becomes_rows_and_is_taken_back(
    chromium: Browser, address: str, version: ProgrammeVersion, tmp_path: Path, width: int
) -> None:
    file = tmp_path / "сотрудники.html"
    file.write_text(STAFF, "utf-8")
    user = user_of(Role.METHODIST, HERE, f"takes-in-{width}@example.org")
    context, _ = signed_in(chromium, address, user, width=width)
    page, before = context.new_page(), rows(Person)
    page.goto(f"{address}/intake/")
    kept(page, f"empty-{width}")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Прочитать").click()
    ready(page)
    page.get_by_role("link", name="Ответить о файлах").click()
    page.get_by_label("Чей это файл").select_option(index=1)
    kept(page, f"files-{width}")
    page.get_by_role("button", name="Прочитать").click()
    ready(page)
    kept(page, f"planned-{width}")
    page.get_by_role("link", name="Новые").click()
    expect(page.get_by_text(PEOPLE[0]).first).to_be_visible()
    kept(page, f"lines-{width}")
    page.go_back()
    page.get_by_role("button", name="Внести").click()
    ready(page)
    expect(page.get_by_role("button", name="Взять назад")).to_be_visible()
    kept(page, f"committed-{width}")
    assert rows(Person) == before + len(PEOPLE)
    page.get_by_role("button", name="Взять назад").click()
    kept(page, f"sure-{width}")
    page.get_by_role("button", name="Да, взять назад").click()
    ready(page)
    expect(page.get_by_text("отменён").first).to_be_visible()
    assert rows(Person) == before
    context.close()
