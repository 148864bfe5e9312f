"""What may stand in a cell of a table, and how it is written: on a page as HTML, elsewhere as plain words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from opora.papers.words import NOTHING, number
from opora.web.layout.icons import icon

SIGNS = {"good": "check", "bad": "cross", "warn": "warning", "info": "clock", "plain": ""}


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    url: str
    note: str = ""
    """A quieter second line."""

    def __html__(self) -> SafeString:
        return format_html('<a href="{}">{}</a>{}', self.url, self.text, _small(self.note))

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Opening:
    """A link that says the same in every row; ``of`` tells what it opens to whoever does not see the row."""

    url: str
    of: str

    def __html__(self) -> SafeString:
        return format_html('<a href="{}">Открыть<span class="visually-hidden">: {}</span></a>', self.url, self.of)

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Noted:
    text: str
    note: str

    def __html__(self) -> SafeString:
        return format_html("{}{}", self.text or NOTHING, _small(self.note))

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Badge:
    """A state in a word: «действует», «в архиве». ``tone``: good, bad, warn, info or plain."""

    words: str
    tone: str = "plain"

    def __html__(self) -> SafeString:
        name = SIGNS[self.tone]
        return format_html('<span class="badge {}">{}{}</span>', self.tone, icon(name) if name else "", self.words)

    def __str__(self) -> str:
        return self.words


def shown(value: Any) -> SafeString:
    """On a page. Whatever has ``__html__`` says itself how; nothing known is empty."""
    if hasattr(value, "__html__"):
        return conditional_escape(value)
    return conditional_escape(words(value))


def words(value: object) -> str:
    """31.12.2022, 12,5, да: as a Russian reader expects it."""
    match value:
        case None:
            return ""
        case bool():
            return "да" if value else "нет"
        case int() | float():
            return number(value)
        case dt.datetime():
            return f"{timezone.localtime(value):%d.%m.%Y %H:%M}"
        case dt.date():
            return f"{value:%d.%m.%Y}"
        case _:
            return str(value)


def _small(note: str) -> SafeString:
    return format_html("<small>{}</small>", note) if note else SafeString("")
