"""The guide inside Opora: whole, safe, and led to from every page."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from opora.access.roles import Role
from opora.web.guide.about import GUIDE_OF, guide_of
from opora.web.guide.html import anchor, html_of
from opora.web.guide.texts import INDEX, REFERENCE, folder, pictures, texts
from opora.web.urls import urlpatterns
from tests.access.world import SCHOOLS, user_of
from tests.web.people import browser
from tests.web.test_gates import PAGES

OF_ITSELF = {"guide", "guide_contents", "guide_picture"}
NAMES = list(texts())
GUIDES = [name for name in NAMES if name not in (INDEX, *REFERENCE)]


def test_every_page_of_opora_has_its_page_of_the_guide() -> None:
    assert {name for name in PAGES if name not in OF_ITSELF and guide_of(name) not in texts()} == set()


def test_the_map_speaks_of_pages_that_exist() -> None:
    names = [str(pattern.name) for pattern in urlpatterns]
    assert {beginning for beginning in GUIDE_OF if not any(name.startswith(beginning) for name in names)} == set()


def test_the_first_page_leads_to_every_other() -> None:
    assert [name for name in GUIDES if f"({name}.md)" not in texts()[INDEX].source] == []


@pytest.mark.parametrize("name", NAMES)
def test_links_and_pictures_of_a_page_lead_to_what_is_there(name: str) -> None:
    tree = LexborHTMLParser(html_of(name))
    for link in tree.css("a"):
        address, _, place = unquote(link.attributes["href"] or "").partition("#")
        page = address.rstrip("/").rpartition("/")[2] if address else name
        page = INDEX if page == "guide" else page
        headings = [anchor(line) for line in re.findall(r"^#+ (.+)$", texts()[page].source, re.MULTILINE)]
        assert not place or place in headings, (address, place)
    for picture in tree.css("img"):
        assert (picture.attributes["src"] or "").rpartition("/")[2] in pictures()
        assert picture.attributes["alt"]


def test_tags_in_a_text_stay_text(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "guide").mkdir()
    bad = "# Плохая\n\n<script>alert(1)</script> [сюда](javascript:alert(1)) [туда](https://elsewhere.example/)\n"
    for name in ("guide/index", *REFERENCE):
        (tmp_path / f"{name}.md").write_text(bad, "utf-8")
    monkeypatch.setattr("opora.web.guide.texts.folder", lambda: tmp_path)
    texts.cache_clear()
    html_of.cache_clear()
    try:
        assert not LexborHTMLParser(html_of(INDEX)).css("script, a")
    finally:
        monkeypatch.undo()
        texts.cache_clear()
        html_of.cache_clear()


def test_an_installed_package_brings_all_that_the_guide_shows() -> None:
    told = (folder().parent / "pyproject.toml").read_text("utf-8")
    shipped = dict(re.findall(r'^"docs/([\w.-]+)" = "opora/web/guide/docs/([\w.-]+)"$', told, re.MULTILINE))
    assert shipped == {name: name for name in ("guide", "img", *(f"{page}.md" for page in REFERENCE))}


@pytest.mark.usefixtures("world")
def test_a_page_that_the_guide_has_not_is_not_there() -> None:
    reader = browser(user_of(Role.EDUCATOR, SCHOOLS[0]))
    assert reader.get(reverse("guide", args=["nothing"])).status_code == 404
    assert reader.get(reverse("guide_picture", args=["..%2Findex.md"])).status_code == 404


@pytest.mark.usefixtures("world")
def test_a_page_leads_to_the_page_of_the_guide_about_it() -> None:
    text = browser(user_of(Role.METHODIST, SCHOOLS[0])).get(reverse("organisations")).content.decode()
    assert f'href="{reverse("guide", args=["organizacii"])}"' in text
