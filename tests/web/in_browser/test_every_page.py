"""Every page of Opora as its readers see it: at every width, by day and by night, in huge letters."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from opora.access.models import User
from opora.access.roles import Role
from tests.web.every_page import Address, count_numbers, readers, shown
from tests.web.in_browser.seen import Seen, signed_in

pytestmark = pytest.mark.usefixtures("world")
WIDTHS = (320, 390, 640, 1280)
"""640: a page of 1280 magnified twice."""
LOOKS = {"light normal auto": 1280, "dark normal auto": 390, "light huge more": 1280, "dark huge more": 640}
"""What the cookie of appearance says, and the width at which it is looked at."""
PICTURES = os.environ.get("OPORA_SCREENSHOTS", "")
"""A folder for pictures of every page at 1280 and 390 px, if somebody wants to look at them."""


@dataclass
class Walk:
    """One browser for each reader."""

    address: str
    pages: dict[Role | None, Page]
    seen: dict[Role | None, Seen]
    paths: list[Address]

    def visits(self) -> Iterator[tuple[Address, Page]]:
        for one in self.paths:
            page = self.pages[one.role]
            answer = page.goto(f"{self.address}{one.path}")
            assert answer is not None
            assert answer.status == 200, one
            yield one, page

    def look(self, appearance: str, width: int) -> None:
        for page in self.pages.values():
            page.context.add_cookies([{"name": "appearance", "value": appearance, "url": self.address}])
            page.set_viewport_size({"width": width, "height": 900})


@pytest.fixture(scope="module")
def people(world: None) -> dict[Role | None, User | None]:
    count_numbers()
    return readers()


@pytest.fixture(scope="module")
def walk(chromium: Browser, address: str, people: dict[Role | None, User | None]) -> Iterator[Walk]:
    pages, seen = {}, {}
    for role, user in people.items():
        context, seen[role] = signed_in(chromium, address, user)
        pages[role] = context.new_page()
        seen[role].watch(pages[role])
    paths = list(shown())
    assert len(paths) > 55
    yield Walk(address, pages, seen, paths)
    for page in pages.values():
        page.context.close()


def test_nothing_sticks_out_complains_or_comes_from_elsewhere(walk: Walk) -> None:
    out: list[Any] = []
    for width in WIDTHS:
        walk.look("light normal auto", width)
        for one, page in walk.visits():
            wide, heads = page.evaluate(
                "[document.documentElement.scrollWidth, document.querySelectorAll('h1').length]"
            )
            if (wide, heads) != (width, 1):
                out.append((one.name, width, wide, heads))
            _keep_picture(page, one, width)
    assert out == []
    assert {role: seen.complaints for role, seen in walk.seen.items() if seen.complaints} == {}
    asked = [url for seen in walk.seen.values() for url in seen.requests]
    assert [url for url in asked if not url.startswith((walk.address, "data:"))] == []


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_on_a_page_hinders_people(look: str, walk: Walk) -> None:
    """axe finds nothing, and nothing is cut off or sticks out."""
    walk.look(look, LOOKS[look])
    found = {}
    for one, page in walk.visits():
        faults = Axe().run(page).response["violations"]
        found[one.name] = [(fault["id"], fault["nodes"][0]["html"]) for fault in faults]
        if page.evaluate("document.documentElement.scrollWidth") != LOOKS[look]:
            found[one.name].append(("sticks out", one.path))
    assert {name: faults for name, faults in found.items() if faults} == {}


def _keep_picture(page: Page, one: Address, width: int) -> None:
    if PICTURES and width in (390, 1280):
        folder = Path(PICTURES)
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{one.name}-{width}.png", full_page=True)
