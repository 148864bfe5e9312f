"""Quoted strings: nested, of mixed signs, never closed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from opora.intake.words.hours import find_hours

_OPENING = "«„‹"
_CLOSING = "»”›"
_EITHER = "\"“‟'`"
_MOST = 600
_LONG = 400
"""A quotation is no longer: its closing sign was lost."""
_DATED = re.compile(r"[,;.(]\s*(?:(?:19|20)\d\d\s*(?:г|год)?\.?\s*(?:[,;.)]|$)|\d\d?\.\d\d\.\d{2,4})")
_CUT = re.compile(r"[,;(–—-]\s*(?:\d|об[ъь]?[её]м|в об|г\.|ООО|АНО|ФГ|ГАУ|ГБУ|ИРО)|\n|;")


@dataclass(frozen=True, slots=True)
class Quote:
    """``start`` and ``end`` include the signs, ``inside`` and ``inside_end`` do not."""

    start: int
    end: int
    inside: int
    inside_end: int


def find_quotes(text: str) -> list[Quote]:
    """The outermost quotations, in the order of the text."""
    quotes: list[Quote] = []
    place = 0
    while (start := _next_opening(text, place)) is not None and len(quotes) < _MOST:
        quote = _whole(text, start) or _broken(text, start)
        if quote is not None:
            quotes.append(quote)
        place = quote.end if quote else start + 1
    return quotes


def _next_opening(text: str, place: int) -> int | None:
    for at in range(place, len(text)):
        letter = text[at]
        if letter in _OPENING or (letter in _EITHER and _opens(text, at)):
            return at
    return None


def _opens(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    if text[at] in "'`":
        return text[at : at + 2] in ("''", "``") and not before.isalnum()
    return not before.isalnum() or (at + 1 < len(text) and text[at + 1].isupper())


def _whole(text: str, start: int) -> Quote | None:
    """The quotation with its nested ones; None where it is not closed, or runs over what cannot be within a title."""
    depth = 0
    at = start
    end = min(len(text), start + _LONG)
    while at < end:
        letter = text[at]
        wide = 2 if text[at : at + 2] in ("''", "``") else 1
        if letter in _OPENING or (at == start):
            depth += 1
        elif letter in _CLOSING:
            depth -= 1
        elif letter in _EITHER and (letter not in "'`" or wide == 2):
            depth += 1 if _nests(text, at) else -1
        elif letter == "\n" and _starts_anew(text, at):
            return None
        if depth == 0:
            inner = text[start + wide : at] if letter in "'`" else text[start + 1 : at]
            if _DATED.search(inner) or (find_hours(inner) and "," in inner):
                return None
            return Quote(start, at + wide, start + (wide if text[start] in "'`" else 1), at)
        at += wide
    return None


def _nests(text: str, at: int) -> bool:
    """Whether a sign that may open or close opens: after a space or an opening sign, before a letter."""
    following = text[at + 1] if at + 1 < len(text) else " "
    return (text[at - 1].isspace() or text[at - 1] in "(«„-–") and (following.isalnum() or following in _OPENING)


def _starts_anew(text: str, at: int) -> bool:
    """Whether the next line opens a quotation before it closes one: then this line's was never closed."""
    for letter in text[at + 1 : at + _LONG]:
        if letter in _CLOSING:
            return False
        if letter in _OPENING or letter == "\n":
            return True
        if letter in _EITHER:
            return text[at + 1] == letter
    return True


def _broken(text: str, start: int) -> Quote | None:
    """A quotation whose closing sign was lost ends before what no title has: a year, hours, a provider, a new line."""
    cut = _CUT.search(text, start + 1, start + _LONG)
    end = cut.start() if cut else min(len(text), start + _LONG)
    early = re.compile(f'[{_CLOSING}"“]').search(text, start + 1, end)
    if early and early.end() > start + 2:
        return Quote(start, early.end(), start + 1, early.start())
    return Quote(start, end, start + 1, end) if end - start > 8 else None
