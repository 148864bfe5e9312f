"""Staff pages of sites: «Педагогический состав»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from opora.intake.adapters.base import Asked, Dropped, FileTold, Organisations
from opora.intake.adapters.organisations import proposed
from opora.intake.pages import UnreadablePage, read_page
from opora.intake.pages.facts import lines_of_page
from opora.intake.pages.source import page_text, what_else
from opora.intake.reading import Misread, Place, Reading

_NAMING = "title, h1, h2, meta[property='og:site_name'], meta[property='og:title'], header, .site-name, .logo"
_LONGEST = 300
_LOOKS_SO = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|table|div|meta)\b", re.IGNORECASE)
_START = 20_000


class StaffPages:
    code = "page"
    title = "страница сайта"

    def knows(self, file: Dropped) -> bool:
        if what_else(file.content):
            return False
        start = file.content[:_START].replace(b"\0", b"")
        return bool(_LOOKS_SO.search(start)) or b"mime-version:" in start[:2_000].lower()

    def asks(self, file: Dropped, told: FileTold, organisations: Organisations) -> Asked:
        likely = proposed([file.name, *_names(file)], organisations)
        return Asked(not told.organisation_key and not told.nobodys, likely)

    def read(self, file: Dropped, told: FileTold) -> Reading:
        try:
            return lines_of_page(read_page(file.content, file.name), told.told)
        except UnreadablePage as refused:
            return Reading(misread=(Misread(Place(file.name), str(refused)),))


def _names(file: Dropped) -> Iterator[str]:
    """Where a page says whose it is."""
    try:
        tree = LexborHTMLParser(page_text(file.content))
    except UnreadablePage:
        return
    for node in tree.css(_NAMING):
        text = (node.attributes.get("content") or "") if node.tag == "meta" else node.text(separator=" ")
        yield " ".join(text.split())[:_LONGEST]
