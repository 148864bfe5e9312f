"""The main path of each role, from her list or card to a row that is there and a number that has moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from opora.access.models import User
from opora.access.roles import Role
from opora.community.models import Contest, Event, Meeting, Publication
from opora.cycle.models import ProgrammeVersion
from opora.learning.models import Deficit, DiagnosticResult, Support
from opora.people.models import Person
from opora.registry.models import Row
from opora.registry.scope import scope
from tests.access.world import SCHOOLS, TESTS, territory, user_of
from tests.programmes.files import GOOD
from tests.web.counted import counted_programme
from tests.web.in_browser.seen import rows, signed_in
from tests.web.people import with_second_factor

HERE, BESIDE = SCHOOLS[:2]
COUNTED: dict[type[Row], str] = {
    Publication: "X-3",
    Support: "X-4",
    Meeting: "X-5",
    DiagnosticResult: "X-6",
    Contest: "X-7",
    Event: "X-8",
    Deficit: "X-9",
}
"""By table: the indicator that counts its rows."""
_ADDED = [f"  - {{code: {code}, title: Всего, count: {model.dataset.name}}}\n" for model, code in COUNTED.items()]
TEXT = GOOD.replace("measures:\n", "".join([*_ADDED, "measures:\n"]))
WRITES: dict[Role, type[Row]] = {
    Role.HEAD: Event,
    Role.METHODIST: DiagnosticResult,
    Role.ADMINISTRATOR: Contest,
    Role.COORDINATOR: Publication,
    Role.MENTOR: Support,
    Role.ASSOCIATION_HEAD: Meeting,
    Role.PSYCHOLOGIST: Deficit,
}
A_MINUTE = 60_000


@pytest.fixture(scope="module")
def version(world: None) -> ProgrammeVersion:
    return counted_programme(TEXT, HERE)


@dataclass
class Desk:
    """Where people sit down before their browsers."""

    chromium: Browser
    address: str

    def of(self, role: Role) -> Page:
        email = f"{role}.0@example.org"
        user = User.objects.filter(email=email).first() or with_second_factor(user_of(role, HERE))
        context, _ = signed_in(self.chromium, self.address, user)
        return context.new_page()

    def number(self, version: ProgrammeVersion, code: str, role: Role = Role.METHODIST) -> tuple[Page, Locator]:
        """The page of the indicator once its count is over: until then it comes anew by itself."""
        page = self.of(role)
        page.goto(f"{self.address}/indicators/{version.pk}/{code}/")
        expect(page.locator("meta[http-equiv=refresh]")).to_have_count(0, timeout=A_MINUTE)
        return page, page.locator(".figure .value").first


@pytest.fixture
def desk(chromium: Browser, address: str, version: ProgrammeVersion) -> Iterator[Desk]:
    yield Desk(chromium, address)
    for context in chromium.contexts:
        context.close()


def fill(page: Page) -> None:
    """The day, and whatever else the form demands, as somebody would who has the facts before her."""
    page.locator("main form input[type=date]").first.fill("2025-10-01")
    for field in page.locator("main form .field:not(.optional)").filter(visible=True).all():
        control = field.locator("input:not([type=hidden]), select, textarea").first
        kind = control.evaluate("one => one.type")
        if control.evaluate("one => !!one.closest('.choose')"):
            control.press_sequentially("а" if "person" in (control.get_attribute("name") or "") else "t")
            field.locator("input[type=radio]").first.check()
        elif kind == "select-one":
            control.select_option(index=1)
        elif kind == "radio":
            control.check()
        elif kind == "date":
            control.fill("2025-10-01")
        else:
            control.fill("1" if control.get_attribute("inputmode") in ("numeric", "decimal") else "Новое")


@pytest.mark.parametrize("role", WRITES)
def test_what_a_role_enters_is_there_and_moves_the_number(role: Role, desk: Desk, version: ProgrammeVersion) -> None:
    model = WRITES[role]
    _, number = desk.number(version, COUNTED[model])
    before, told = rows(model), int(number.inner_text())
    page = desk.of(role)
    page.goto(f"{desk.address}/lists/{model.dataset.name}/")
    page.get_by_role("link", name="Добавить").first.click()
    fill(page)
    page.get_by_role("button", name="Добавить", exact=True).last.click()
    expect(page.get_by_role("status")).to_be_visible()
    assert rows(model) == before + 1
    _, number = desk.number(version, COUNTED[model])
    expect(number).to_have_text(str(told + 1), timeout=A_MINUTE)


def test_a_teacher_proposes_with_a_scan_the_school_confirms_and_the_number_moves(
    desk: Desk, version: ProgrammeVersion, tmp_path: Path
) -> None:
    scan = tmp_path / "статья.pdf"
    scan.write_bytes(b"%PDF-1.7")
    _, number = desk.number(version, COUNTED[Publication])
    before, counted = rows(Publication), int(number.inner_text())
    with scope([territory(HERE.town)], TESTS):
        card = Person.objects.get(key=HERE.key("person")).pk
    teacher = desk.of(Role.EDUCATOR)
    teacher.goto(f"{desk.address}/people/{card}/proposals/publication/")
    teacher.get_by_label("Название").fill("Урок на опорах")
    teacher.get_by_label("Дата").first.fill("2025-03-01")
    teacher.locator("input[type=file]").set_input_files(scan)
    teacher.get_by_role("button", name="Предложить").click()
    expect(teacher.get_by_role("status")).to_be_visible()
    assert rows(Publication) == before
    school = desk.of(Role.COORDINATOR)
    school.goto(f"{desk.address}/proposals/")
    school.locator("tbody th a").first.click()
    with school.expect_download() as scanned:
        school.get_by_role("link", name="статья.pdf").click()
    assert scanned.value.path().read_bytes() == b"%PDF-1.7"
    school.get_by_role("button", name="Подтвердить").click()
    expect(school.get_by_role("status")).to_be_visible()
    assert rows(Publication) == before + 1
    _, number = desk.number(version, COUNTED[Publication])
    expect(number).to_have_text(str(counted + 1), timeout=A_MINUTE)
    teacher.goto(f"{desk.address}/people/{card}/")
    expect(teacher.get_by_text("Урок на опорах").first).to_be_visible()


def test_a_methodist_goes_from_a_number_to_the_names_to_what_is_missing_and_mends_it_there(
    desk: Desk, version: ProgrammeVersion
) -> None:
    with scope([territory(HERE.town)], TESTS):
        Person.objects.update(born=None)
    page, number = desk.number(version, "X-1")
    page.get_by_role("link", name="«Дата рождения» (Люди)").click(timeout=A_MINUTE)
    page.locator("[name=every]").fill("1999-02-03")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_text("Заполнено: 2")).to_be_visible()
    expect(number).to_have_text("100,0 %", timeout=A_MINUTE)
    with scope([territory(HERE.town)], TESTS):
        assert {str(one) for one in Person.objects.exclude(born=None).values_list("born", flat=True)} == {"1999-02-03"}


def test_an_observer_sees_the_moved_number_of_the_town_and_no_name(desk: Desk, version: ProgrammeVersion) -> None:
    _, seen = desk.number(version, "X-3")
    page, number = desk.number(version, "X-3", Role.OBSERVER)
    expect(number).to_have_text(seen.inner_text())
    assert not any(f"last_name {school.name}" in page.content() for school in SCHOOLS)
    page.goto(f"{desk.address}/region/")
    assert not any(f"last_name {school.name}" in page.content() for school in SCHOOLS)


def test_an_expert_finds_the_entries_of_a_contest(desk: Desk) -> None:
    page = desk.of(Role.EXPERT)
    page.goto(f"{desk.address}/lists/contest_entry/")
    expect(page.locator("tbody tr")).to_have_count(2)
    page.locator("tbody tr a").last.click()
    expect(page.locator("dl.facts")).to_be_visible()
