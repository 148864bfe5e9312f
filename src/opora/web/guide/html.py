"""A text of the guide as HTML: tags in it stay text, links lead to pages of the guide, pictures come from it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, MutableMapping
from functools import cache

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from opora.web.guide.texts import INDEX, pictures, texts


@cache
def html_of(name: str) -> SafeString:
    """Without its title, which is the page's."""
    reader = _reader()
    environment: MutableMapping[str, object] = {}
    tokens = [*_led(_without_title(reader.parse(texts()[name].source, environment)))]
    made: str = reader.renderer.render(tokens, reader.options, environment)
    return mark_safe(made)


@cache
def words_of(name: str) -> str:
    """What it says, without marks: for the search."""
    inline = (token for token in _reader().parse(texts()[name].source) if token.type == "inline")
    return " ".join(child.content for token in inline for child in token.children or () if child.content)


def anchor(heading: str) -> str:
    """As GitHub makes them: the texts are read there too."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _reader() -> MarkdownIt:
    """Wide tables and lines of code are scrolled by keys, too."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.add_render_rule(
        "fence", lambda _, tokens, place, *__: f'<pre tabindex="0">{escape(tokens[place].content)}</pre>\n'
    )
    reader.add_render_rule("table_open", lambda *_: '<div class="table-box" tabindex="0"><table class="table">\n')
    reader.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return reader


def _without_title(tokens: list[Token]) -> list[Token]:
    return tokens[3:] if tokens and tokens[0].tag == "h1" else tokens


def _led(tokens: list[Token]) -> Iterator[Token]:
    """With anchors at headings, and links and pictures as addresses of Opora."""
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", anchor(tokens[place + 1].content))
        if token.children:
            token.children = [*_inside(token.children)]
        yield token


def _inside(children: list[Token]) -> Iterator[Token]:
    """A link to what is no page of the guide leaves its words alone."""
    open_links: list[bool] = []
    for child in children:
        if child.type == "image":
            child.attrSet("src", reverse("guide_picture", args=[_picture(child)]))
            child.attrSet("loading", "lazy")
        elif child.type == "link_open":
            address = address_of(str(child.attrGet("href")))
            open_links.append(bool(address))
            child.attrSet("href", address)
            if not address:
                continue
        elif child.type == "link_close" and not open_links.pop():
            continue
        yield child


def address_of(link: str) -> str:
    """Of a link as a text writes it; empty if Opora has no such page."""
    path, _, place = link.partition("#")
    name, kind = posixpath.splitext(posixpath.basename(path))
    below = f"#{place}" if place else ""
    if not path:
        return below
    if kind != ".md" or name not in texts():
        return ""
    return (reverse("guide_contents") if name == INDEX else reverse("guide", args=[name])) + below


def _picture(image: Token) -> str:
    name = posixpath.basename(str(image.attrGet("src")))
    assert name in pictures(), name
    return name
