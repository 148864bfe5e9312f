"""The back office in a real browser, from signing in on; without JavaScript, at every width, by day and by night."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from opora.access.models import Grant, User
from opora.access.roles import Role
from opora.community.models import Contest
from opora.people.models import Person
from opora.registry.scope import scope
from tests.access.world import PASSWORD, SCHOOLS, TESTS, territory, user_of
from tests.papers.test_report_in_browser import FLAGS
from tests.programmes.files import GOOD
from tests.web.office_pages import a_programme, a_user
from tests.web.people import code, with_second_factor
from tests.web.test_server import free_port, serving, well

pytestmark = pytest.mark.usefixtures("world")
HERE = SCHOOLS[0]
LOOKS = {"light normal auto": 1280, "dark normal auto": 390, "dark huge more": 1280}
"""What the cookie of appearance says, and the width at which it is looked at."""
ELSEWHERE = ("/", "/organisations/", "/design/", "/account/", "/account/second-factor/", "/account/sessions/")
FAULTY = GOOD.replace("of: educator", "of: educater")


@pytest.fixture
def administrator(world: None) -> Iterator[User]:
    yield with_second_factor(user_of(Role.ADMINISTRATOR, HERE))
    Grant.objects.all().delete()
    User.objects.all().delete()


@pytest.fixture
def address(tmp_path: Path, administrator: User) -> Iterator[str]:
    port = free_port()
    with serving(port, tmp_path / "log"):
        assert well(port)
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def browser(address: str) -> Iterator[Browser]:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert found, "Chromium is needed: make browser"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield started
        started.close()


def sign_in(page: Page, address: str, email: str) -> None:
    page.goto(address)
    page.get_by_label("почт").fill(email)
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("button", name="Войти").click()
    page.get_by_label("Код").fill(code())
    page.get_by_role("button", name="Войти").click()
    expect(page).to_have_url(f"{address}/")


def test_a_faulty_programme_is_mended_taken_in_and_put_in_force_without_javascript(
    address: str, administrator: User, tmp_path: Path, browser: Browser
) -> None:
    file = tmp_path / "программа.yaml"
    file.write_text(FAULTY, "utf-8")
    context = browser.new_context(java_script_enabled=False, locale="ru-RU")
    page = context.new_page()
    sign_in(page, address, administrator.email)
    page.get_by_role("link", name="Управление").click()
    page.get_by_role("link", name="Программы").click()
    page.get_by_role("link", name="Загрузить программу").click()
    page.get_by_label("Файл программы").set_input_files(file)
    page.get_by_role("button", name="Проверить").click()
    expect(page.get_by_role("alert")).to_contain_text("Ошибок: 1")
    line, caret = (page.locator("pre").text_content() or "").split("\n")
    assert line[caret.index("^") :] == "educater"
    text = page.get_by_label("её текст")
    text.fill(text.input_value().replace("educater", "educator"))
    page.get_by_role("button", name="Проверить").click()
    expect(page.get_by_role("status")).to_contain_text("Ошибок нет: Программа развития")
    page.get_by_role("button", name="Принять").click()
    expect(page.get_by_role("status")).to_contain_text("Редакция 1 принята")
    page.get_by_label("Действует с").fill("2026-03-01")
    page.get_by_role("button", name="Ввести в действие").click()
    expect(page.get_by_role("status")).to_contain_text("Редакция 1 действует с 01.03.2026")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Скачать текст").click()
    assert downloading.value.path().read_text("utf-8") == GOOD
    context.close()


@pytest.fixture
def pages(administrator: User) -> list[str]:
    """Addresses of all the back office, for whatever there is."""
    user, programme = a_user(HERE)["pk"], a_programme(HERE)["pk"]
    with scope([territory("город")], TESTS):
        contest = Contest.objects.get(key=HERE.key("contest")).pk
        person = Person.objects.get(key=HERE.key("person")).pk
    here = f"role=methodist&territory={territory('город')}"
    return [
        "users/",
        f"users/{user}/",
        f"users/{user}/roles/new/",
        f"users/{user}/roles/new/?{here}",
        "invitations/",
        f"invitations/new/?{here}",
        "programmes/",
        "programmes/new/",
        f"programmes/{programme}/",
        "reference/",
        "reference/contest/",
        "reference/training_programme/new/",
        f"reference/contest/{contest}/",
        "trail/",
        "trail/people/?q=last",
        f"trail/people/{person}/",
        "installation/",
    ]


def test_nothing_sticks_out_complains_or_comes_from_elsewhere(
    pages: list[str], address: str, administrator: User, browser: Browser
) -> None:
    context = browser.new_context(locale="ru-RU")
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    sign_in(page, address, administrator.email)
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for name in pages:
            answer = page.goto(f"{address}/office/{name}")
            assert answer is not None
            assert (answer.status, page.url) == (200, f"{address}/office/{name}")
            assert page.evaluate("document.documentElement.scrollWidth") == width, (name, width)
            assert page.locator("h1").count() == 1, name
    assert complaints == []
    assert [url for url in asked if not url.startswith(address) and not url.startswith("data:")] == []
    context.close()


def test_nothing_on_a_page_hinders_people(
    pages: list[str], address: str, administrator: User, browser: Browser
) -> None:
    """axe finds nothing: by day, by night on a telephone, and in huge letters of high contrast."""
    paths = [*(f"/office/{name}" for name in pages), *ELSEWHERE]
    context = browser.new_context(locale="ru-RU")
    page = context.new_page()
    sign_in(page, address, administrator.email)
    found = {}
    for look, width in LOOKS.items():
        context.add_cookies([{"name": "appearance", "value": look, "url": address}])
        page.set_viewport_size({"width": width, "height": 900})
        for path in paths:
            page.goto(f"{address}{path}")
            faults = Axe().run(page).response["violations"]
            found[look, path] = [(fault["id"], fault["nodes"][0]["html"]) for fault in faults]
            assert page.evaluate("document.documentElement.scrollWidth") == width, (look, path)
    assert {where: faults for where, faults in found.items() if faults} == {}
    context.close()
