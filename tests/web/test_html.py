"""Every page is HTML as the standard has it: nothing unclosed or misplaced, no name twice, no reference to nothing."""

from __future__ import annotations

from collections import Counter

import pytest
from selectolax.lexbor import LexborHTMLParser
from tinyhtml5.parser import HTMLParser

from tests.web.every_page import count_numbers, shown

pytestmark = pytest.mark.usefixtures("world", "nobody")
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "headers", "list", "popovertarget", "form")
"""Attributes that name other elements of the page."""


def test_pages_are_html(world: None) -> None:
    count_numbers()
    pages = {one.name: text for one, text in shown().items()}
    assert len(pages) > 55
    assert {name: faults for name, text in pages.items() if (faults := faults_of(text))} == {}


def test_faults_are_found() -> None:
    assert faults_of("<!doctype html><title>a</title><p><div id=a></p><b><i></b></i><div id=a><label for=c>") == [
        "1:48 unexpected-end-tag",
        "1:58 adoption-agency-1.3",
        "1:62 adoption-agency-1.2",
        "1:85 expected-closing-tag-but-got-eof",
        "id a twice",
        "for c leads nowhere",
    ]


def faults_of(text: str) -> list[str]:
    parser = HTMLParser()
    parser.parse(text)
    found = [f"{line}:{column} {code}" for (line, column), code, _ in parser.errors]
    tree = LexborHTMLParser(text)
    ids = Counter(node.attributes["id"] for node in tree.css("[id]"))
    found += [f"id {name} twice" for name, number in ids.items() if number > 1]
    for attribute in REFERENCES:
        for node in tree.css(f"[{attribute}]"):
            named = (node.attributes[attribute] or "").split()
            found += [f"{attribute} {name} leads nowhere" for name in named if name not in ids]
    return found
