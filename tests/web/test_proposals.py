"""A teacher proposes on her card, the school's coordinator or a methodist answers; and nobody else sees any of it."""

from __future__ import annotations

import json
import os
import re
import shutil
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from playwright.sync_api import Page, expect, sync_playwright

from opora.access.domain.grants import NewGrant, give
from opora.access.models import User
from opora.access.roles import Role
from opora.community.models import Publication
from opora.learning.models import Training
from opora.people.models import Person
from opora.privacy.models import Proposal
from opora.privacy.reading import readings_of
from opora.registry.scope import scope
from tests.access.world import LONG_AGO, PASSWORD, SCHOOLS, TESTS, School, seat_of, territory, user_of
from tests.papers.test_report_in_browser import FLAGS
from tests.web.people import a_proposal, browser, said
from tests.web.test_server import free_port, serving, well

pytestmark = pytest.mark.usefixtures("world")
HERE, NEIGHBOUR, _, _ = SCHOOLS
SCAN = b"%PDF-1.7 scan"
COURSE = {
    "title": "Читательская грамотность",
    "kind": "pk",
    "hours": "36",
    "completed": "2025-03-01",
    "document_number": "70 АА 017",
}


@pytest.fixture(scope="module")
def users(world: None) -> dict[Role, User]:
    roles = (Role.METHODIST, Role.COORDINATOR, Role.EDUCATOR)
    return {role: user_of(role, HERE, f"proposals.{role}@example.org") for role in roles}


def card(school: School = HERE) -> int:
    with scope([territory(school.town)], TESTS):
        return Person.objects.get(key=school.key("person")).pk


def proposed(user: User, table: str = "training", row: int | None = None, /, **typed: Any) -> Any:
    name, more = ("propose_correction", [row]) if row else ("propose_new", [])
    return browser(user).post(reverse(name, args=[card(), table, *more]), {"place": territory(HERE.town)} | typed)


def last() -> Proposal:
    with scope([territory(HERE.town)], TESTS):
        return Proposal.objects.select_related("person").latest("pk")


def answered(user: User, proposal: int, act: str, words: str = "") -> Any:
    return browser(user).post(reverse("proposal", args=[proposal]), {"act": act, "words": words})


def courses() -> list[str | None]:
    with scope([territory(HERE.town)], TESTS):
        return list(Training.objects.filter(person=card()).order_by("pk").values_list("document_number", flat=True))


@pytest.mark.parametrize(("role", "day"), [(Role.COORDINATOR, "2025-03-01"), (Role.METHODIST, "2025-04-01")])
def test_a_new_fact_counts_when_it_is_confirmed(role: Role, day: str, users: dict[Role, User]) -> None:
    before, number = courses(), f"70 АА {role}"
    told = {"document_number": number, "completed": day, "file": SimpleUploadedFile("удостоверение.pdf", SCAN)}
    answer = proposed(users[Role.EDUCATOR], **COURSE | told)
    assert (answer.status_code, courses()) == (302, before)
    proposal = last().pk
    seen = said(browser(users[role]).get(reverse("proposal", args=[proposal])))
    assert "Название Читательская грамотность" in seen
    assert "удостоверение.pdf" in seen
    sent = browser(users[role]).get(reverse("proposal_file", args=[proposal]))
    assert (sent.content, sent.headers["Content-Type"]) == (SCAN, "application/pdf")
    assert sent.headers["Content-Disposition"].startswith("attachment")
    assert answered(users[role], proposal, "confirm").status_code == 302
    assert courses() == [*before, number]
    assert answered(users[role], proposal, "confirm").status_code == 200
    assert courses() == [*before, number]
    herself = said(browser(users[Role.EDUCATOR]).get(reverse("person", args=[card()])))
    assert "Читательская грамотность" in herself


def test_a_correction_shows_what_was_and_what_becomes(users: dict[Role, User]) -> None:
    with scope([territory(HERE.town)], TESTS):
        row = Publication.objects.get(key=HERE.key("publication"))
    page = browser(users[Role.EDUCATOR]).get(reverse("propose_correction", args=[card(), "publication", row.pk]))
    seen = unescape(re.findall(r'name="seen" value="([^"]+)"', page.content.decode())[0])
    typed = {name: value or "" for name, value in json.loads(seen).items()} | {"title": "Уроки", "seen": seen}
    assert proposed(users[Role.EDUCATOR], "publication", row.pk, **typed).status_code == 302
    assert (last().seen, last().becomes) == ({"title": row.title}, {"title": "Уроки"})
    seen = said(browser(users[Role.COORDINATOR]).get(reverse("proposal", args=[last().pk])))
    assert f"Название {row.title} → Уроки" in seen
    answered(users[Role.COORDINATOR], last().pk, "confirm")
    with scope([territory(HERE.town)], TESTS):
        row.refresh_from_db()
        assert row.title == "Уроки"


def test_who_declines_says_why_and_she_reads_it(users: dict[Role, User]) -> None:
    proposed(users[Role.EDUCATOR], **COURSE | {"title": "Другая программа", "document_number": "70 АА 099"})
    proposal = last().pk
    assert "напишите причину" in said(answered(users[Role.COORDINATOR], proposal, "decline")).lower()
    assert last().verdict is None
    assert answered(users[Role.COORDINATOR], proposal, "decline", "Документа нет").status_code == 302
    assert "Ответ: Документа нет" in said(browser(users[Role.EDUCATOR]).get(reverse("proposing", args=[card()])))


def test_what_is_typed_wrong_is_told_beside_the_field_and_nothing_of_it_is_lost(users: dict[Role, User]) -> None:
    made = last().pk
    wrong = {"hours": "много", "completed": "", "file": SimpleUploadedFile("а.pdf", SCAN)}
    page = proposed(users[Role.EDUCATOR], **COURSE | wrong)
    assert (page.status_code, last().pk) == (200, made)
    text, words = page.content.decode(), said(page)
    assert f'value="{COURSE["title"]}"' in text
    assert 'value="много"' in text
    faults = re.findall(r'<div class="field faulty[^"]*">\s*<label[^>]*>([^<]+)', text)
    assert faults == ["Часов", "Завершено", "Копия документа"]
    assert "Выберите файл ещё раз" in words


def test_nobody_answers_herself_and_a_teacher_answers_nobody(users: dict[Role, User]) -> None:
    herself, proposal = users[Role.EDUCATOR], a_proposal(HERE)["pk"]
    assert answered(herself, proposal, "confirm").status_code == 403
    with scope([territory(HERE.town)], TESTS):
        (grant,) = give(
            [NewGrant(herself, seat_of(Role.COORDINATOR, HERE), LONG_AGO)], within=[territory(HERE.town)], by=TESTS
        )
    assert answered(herself, proposal, "confirm").status_code == 403
    assert reverse("proposal", args=[proposal]) not in browser(herself).get(reverse("proposals")).content.decode()
    grant.delete()
    assert last().verdict is None


def test_nobody_proposes_for_somebody_else(users: dict[Role, User]) -> None:
    theirs = reverse("propose_new", args=[card(NEIGHBOUR), "training"])
    assert browser(users[Role.EDUCATOR]).post(theirs, COURSE | {"place": territory("город")}).status_code == 404
    assert browser(users[Role.EDUCATOR]).get(reverse("propose_new", args=[card(), "deficit"])).status_code == 404


def test_a_list_holds_the_proposals_of_ones_own_people_and_their_reading_is_logged(users: dict[Role, User]) -> None:
    mine, theirs = a_proposal(HERE)["pk"], a_proposal(NEIGHBOUR)["pk"]
    for role, seen in ((Role.COORDINATOR, {mine}), (Role.METHODIST, {mine, theirs})):
        page = browser(users[role]).get(reverse("proposals")).content.decode()
        assert {pk for pk in (mine, theirs) if reverse("proposal", args=[pk]) in page} == seen
    with scope([territory(HERE.town)], TESTS):
        assert readings_of(card())[0].what == "предложения"


def test_a_file_is_not_for_who_may_not_see_the_proposal(users: dict[Role, User]) -> None:
    theirs = reverse("proposal_file", args=[a_proposal(NEIGHBOUR)["pk"]])
    answers = [browser(users[role]).get(theirs).status_code for role in (Role.COORDINATOR, Role.EDUCATOR)]
    assert answers == [404, 404]


def sign_in(page: Page, address: str, email: str) -> None:
    page.goto(address)
    page.get_by_label("почт").fill(email)
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("button", name="Войти").click()
    expect(page).to_have_url(f"{address}/")


def test_in_a_browser_without_javascript_a_proposal_on_a_phone_ends_in_a_row(
    users: dict[Role, User], tmp_path: Path
) -> None:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert found, "Chromium is needed: make browser"
    scan = tmp_path / "диплом.pdf"
    scan.write_bytes(SCAN)
    port, before = free_port(), courses()
    own, listed = reverse("person", args=[card()]), reverse("proposals")
    with serving(port, tmp_path / "log"), sync_playwright() as playwright:
        assert well(port)
        address = f"http://127.0.0.1:{port}"
        started = playwright.chromium.launch(executable_path=found, args=FLAGS)

        def opened() -> Page:
            viewport: Any = {"width": 390, "height": 844}
            return started.new_context(java_script_enabled=False, locale="ru-RU", viewport=viewport).new_page()

        page = opened()
        sign_in(page, address, users[Role.EDUCATOR].email)
        page.goto(f"{address}{own}")
        page.get_by_role("link", name="Исправить или дополнить").click()
        page.get_by_role("link", name="Добавить курсы").click()
        page.get_by_label("Название").fill("Наставничество в школе")
        page.get_by_label("Вид", exact=True).select_option("pk")
        page.get_by_label("Завершено").fill("2025-05-20")
        page.get_by_label("Номер документа").fill("70 АА 555")
        page.get_by_label("Копия документа").set_input_files(scan)
        page.get_by_role("button", name="Предложить").click()
        expect(page.get_by_role("status")).to_contain_text("Предложение отправлено")
        page = opened()
        sign_in(page, address, users[Role.COORDINATOR].email)
        page.goto(f"{address}{listed}?sort=-when")
        page.get_by_role("rowheader").get_by_role("link").first.click()
        page.get_by_label("Ответ педагогу").fill("Сверено с удостоверением")
        page.get_by_role("button", name="Подтвердить").click()
        expect(page.get_by_role("status")).to_contain_text("Подтверждено")
        started.close()
    assert courses() == [*before, "70 АА 555"]
