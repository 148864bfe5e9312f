"""The back office in a real browser without JavaScript, from signing in on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from opora.access.models import Grant, User
from opora.access.roles import Role
from tests.access.world import PASSWORD, SCHOOLS, user_of
from tests.programmes.files import GOOD
from tests.web.people import code, with_second_factor

pytestmark = pytest.mark.usefixtures("world")
HERE = SCHOOLS[0]
FAULTY = GOOD.replace("of: educator", "of: educater")


@pytest.fixture
def administrator(world: None) -> Iterator[User]:
    yield with_second_factor(user_of(Role.ADMINISTRATOR, HERE))
    Grant.objects.all().delete()
    User.objects.all().delete()


def sign_in(page: Page, address: str, email: str) -> None:
    page.goto(address)
    page.get_by_label("почт").fill(email)
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("button", name="Войти").click()
    page.get_by_label("Код").fill(code())
    page.get_by_role("button", name="Войти").click()
    expect(page).to_have_url(f"{address}/")


def test_a_faulty_programme_is_mended_taken_in_and_put_in_force_without_javascript(
    address: str, administrator: User, tmp_path: Path, chromium: Browser
) -> None:
    file = tmp_path / "программа.yaml"
    file.write_text(FAULTY, "utf-8")
    context = chromium.new_context(java_script_enabled=False, locale="ru-RU")
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
