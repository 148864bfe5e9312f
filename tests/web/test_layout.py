"""The design system: colours that can be read, choices that are kept, tables that sort."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from opora.access.roles import Role
from opora.web.layout import appearance
from opora.web.layout.cells import Badge, Link, shown
from opora.web.layout.navigation import rail_of
from opora.web.layout.table import Column, Order, Table
from tests.web.people import browser

STYLES = Path(appearance.__file__).parent / "static" / "layout"
TEXTS = [
    *((ink, ground) for ink in ("ink", "muted", "accent") for ground in ("paper", "rail", "tint")),
    *((tone, "paper") for tone in ("good", "bad", "warn", "info", "plain")),
    *((tone, f"{tone}-soft") for tone in ("good", "bad", "warn", "info", "plain", "accent")),
    *(("ink", f"{tone}-soft") for tone in ("good", "bad", "warn", "info", "plain", "accent")),
    *(("ink", f"heat-{step}") for step in ("met", "close", "far", "farthest")),
    ("accent-ink", "accent"),
    ("muted", "accent-soft"),
    ("chart-target", "paper"),
]
"""Words on their ground: 4,5 : 1."""
EDGES = [
    *((sign, ground) for sign in ("edge", "focus") for ground in ("paper", "rail", "tint")),
    ("chart-line", "paper"),
    ("focus", "accent-soft"),
]
"""What must be seen, and is no text: 3 : 1."""


def colours(*files: str) -> dict[str, str]:
    text = "".join((STYLES / file).read_text("utf-8") for file in files)
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", text))


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_the_largest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("files", [("tokens.css",), ("tokens.css", "dark.css")], ids=["day", "night"])
def test_every_colour_can_be_read_on_its_ground(files: tuple[str, ...]) -> None:
    known = colours(*files)
    faint = {pair: round(contrast(known[pair[0]], known[pair[1]]), 2) for pair in [*TEXTS, *EDGES]}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < (4.5 if pair in TEXTS else 3)} == {}


def test_the_night_changes_colours_that_the_day_has() -> None:
    assert colours("dark.css").keys() <= colours("tokens.css").keys()


def test_a_style_sheet_names_no_token_that_does_not_exist() -> None:
    declared = set(re.findall(r"--([\w-]+):", (STYLES / "tokens.css").read_text("utf-8"))) | {"tone", "soft"}
    for file in STYLES.glob("*.css"):
        assert set(re.findall(r"var\(--([\w-]+)", file.read_text("utf-8"))) <= declared, file.name


# ── how a reader likes it ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("world")
def test_a_choice_of_how_pages_look_is_kept_before_signing_in_and_without_a_script() -> None:
    client = browser()
    back = "/account/login/?next=/"
    assert client.post("/appearance/", {"theme": "dark", "next": back}).headers["Location"] == back
    client.post("/appearance/", {"size": "huge"})
    page = client.get(back).content.decode()
    assert 'data-size="huge"' in page
    assert re.search(r'layout/dark[^"]*" media="all"', page)
    assert re.search(r'layout/contrast[^"]*" media="\(prefers-contrast: more\)"', page)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("away", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_a_choice_leads_nowhere_else(away: str) -> None:
    assert browser().post("/appearance/", {"theme": "dark", "next": away}).headers["Location"] == "/"


def test_whatever_a_cookie_says_only_what_can_be_chosen_is() -> None:
    request = HttpRequest()
    request.COOKIES[appearance.COOKIE] = 'dark "><script> more'
    assert appearance.appearance_of(request) == appearance.Appearance("dark", "normal", "more")


# ── sections ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_section_is_shown_to_whoever_may_open_it() -> None:
    def offered(*roles: Role) -> list[str]:
        return [line.title for lines in rail_of(frozenset(roles), "start").groups.values() for line in lines]

    assert {"Начало", "Организации", "Управление"} <= set(offered(Role.ADMINISTRATOR))
    assert "Управление" not in offered(Role.METHODIST)
    assert {"Начало", "Организации"} <= set(offered())


def test_pages_of_a_section_are_its_tabs_as_far_as_they_open() -> None:
    rail = rail_of(frozenset({Role.HEAD}), "office_programme_upload")
    assert [(tab.title, tab.here) for tab in rail.tabs] == [("Программы", True), ("Таблицы для всех", False)]


# ── tables ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Row:
    name: str
    hours: int | None


ROWS = [Row("Яковлев", 36), Row("Ёлкин", None), Row("Жуков", 72), Row("Ершов", 16)]
COLUMNS = (
    Column[Row]("name", "Фамилия", lambda row: Link(row.name, "/"), key=lambda row: row.name, head=True),
    Column[Row]("hours", "Часов", lambda row: row.hours, key=lambda row: row.hours),
)


def sorted_by(asked: str) -> list[str]:
    request = RequestFactory().get("/", {"sort": asked})
    return [row.name for row in Order(request, COLUMNS, "name").of_rows(ROWS)]


def test_rows_sort_as_asked_with_yo_beside_ye_and_the_unknown_last() -> None:
    assert sorted_by("name") == ["Ёлкин", "Ершов", "Жуков", "Яковлев"]
    assert sorted_by("hours") == ["Ершов", "Яковлев", "Жуков", "Ёлкин"]
    assert sorted_by("-hours") == ["Жуков", "Яковлев", "Ершов", "Ёлкин"]
    assert sorted_by("passwords") == sorted_by("name")


def test_a_click_on_the_sorted_column_turns_it_round() -> None:
    request = RequestFactory().get("/", {"sort": "hours"})
    table = Table(COLUMNS, ROWS, order=Order(request, COLUMNS, "name"))
    assert [(head.sorts, head.state) for head in table.heads] == [("name", ""), ("-hours", "ascending")]


@pytest.mark.parametrize(
    ("value", "page"),
    [
        (None, ""),
        (True, "да"),
        (1234.5, "1234,5"),
        (dt.date(2022, 12, 31), "31.12.2022"),
        ("<b>", "&lt;b&gt;"),
        (Link("<b>", "/a?b&c"), '<a href="/a?b&amp;c">&lt;b&gt;</a>'),
        (Badge("в архиве"), '<span class="badge plain">в архиве</span>'),
    ],
)
def test_a_cell_is_written_as_a_russian_reader_expects_and_safely(value: object, page: str) -> None:
    assert shown(value) == page
