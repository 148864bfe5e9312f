"""A reader opens the file from disk: nothing leaves, nothing breaks, nothing sticks out."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from opora.papers.report import write_report

from .fakes import large_result, programme_for

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WIDTHS = [320, 390, 768, 1024, 1280]


@dataclass
class Seen:
    """What happened while a page was open."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert found, "Chromium is needed: make browser"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "отчёт.html"
    write_report(large_result(), programme_for(large_result()), path)
    return path


def opened(
    browser: Browser, report: Path, *, width: int = 1280, scheme: Literal["light", "dark"] = "light"
) -> tuple[Page, Seen]:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page, seen = context.new_page(), Seen()
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("console", lambda message: seen.complaints.append(message.text))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.goto(report.as_uri())
    return page, seen


def test_it_opens_from_disk_and_asks_the_network_for_nothing(browser: Browser, report: Path) -> None:
    page, seen = opened(browser, report)
    page.locator("#about").scroll_into_view_if_needed()
    assert page.title() == "Еловый муниципальный район: показатели на 31.12.2022"
    assert [url for url in seen.requests if url != report.as_uri() and not url.startswith("data:")] == []
    assert seen.complaints == []
    page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_sticks_out_at_the_side(browser: Browser, report: Path, width: int) -> None:
    page, _ = opened(browser, report, width=width)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.evaluate("document.querySelectorAll('.indicator').forEach(one => one.style.contentVisibility = 'visible')")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.context.close()


def test_a_chart_takes_the_colours_of_the_night(browser: Browser, report: Path) -> None:
    strokes = set()
    grounds = set()
    for scheme in ("light", "dark"):
        page, _ = opened(browser, report, scheme=scheme)
        strokes.add(page.evaluate("getComputedStyle(document.querySelector('.chart .mark-line path')).stroke"))
        grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        page.context.close()
    assert len(strokes) == len(grounds) == 2


def test_the_text_of_a_chart_is_text(browser: Browser, report: Path) -> None:
    page, _ = opened(browser, report)
    assert "31.12.2022" in (page.locator(".chart").first.text_content() or "")
    page.context.close()


def test_a_code_at_the_top_leads_to_its_indicator(browser: Browser, report: Path) -> None:
    page, _ = opened(browser, report)
    page.locator(".tile", has_text="E-3.4").first.click()
    expect(page.locator(r"#i-E-3\.4 h4")).to_be_in_viewport()
    assert page.url.endswith("#i-E-3.4")
    page.context.close()


def test_the_keyboard_reaches_the_contents_first_and_shows_where_it_is(browser: Browser, report: Path) -> None:
    page, _ = opened(browser, report)
    texts = []
    for _ in range(3):
        page.keyboard.press("Tab")
        texts.append(page.evaluate("document.activeElement.innerText"))
    assert texts == ["К итогу", "Итог", "Показатели"]
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.context.close()


def test_whatever_scrolls_sideways_can_be_reached_by_keyboard(browser: Browser, report: Path) -> None:
    page, _ = opened(browser, report, width=390)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    unreachable = page.evaluate(
        """[...document.querySelectorAll('main *')].filter(one =>
            one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === 'auto' && one.tabIndex < 0
        ).map(one => one.className)"""
    )
    assert unreachable == []
    page.context.close()


def test_headings_go_down_step_by_step(browser: Browser, report: Path) -> None:
    page, _ = opened(browser, report)
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5')].map(one => +one.tagName[1])")
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    page.context.close()


def test_every_name_that_can_be_touched_is_large_enough(browser: Browser, report: Path) -> None:
    page, _ = opened(browser, report, width=390)
    heights = page.evaluate(
        "[...document.querySelectorAll('.tile, summary')].map(one => one.getBoundingClientRect().height)"
    )
    assert min(height for height in heights if height) >= 24
    page.context.close()


def test_it_prints_with_nothing_cut_off(browser: Browser, report: Path) -> None:
    page, _ = opened(browser, report)
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('.contents')).display") == "none"
    assert page.evaluate("getComputedStyle(document.querySelector('.indicator')).contentVisibility") == "visible"
    page.context.close()
