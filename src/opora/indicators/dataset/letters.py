"""Letters of two alphabets in one word: they look the same to a person and differ to a program."""

from __future__ import annotations

import re

RUSSIAN_DOUBLES = "АВЕКМНОРСТУХаеорсухк"
LATIN_DOUBLES = "ABEKMHOPCTYXaeopcyxk"
_LATIN_OF = str.maketrans(RUSSIAN_DOUBLES, LATIN_DOUBLES)
_WORD = re.compile(r"[^\W\d_]+")
_NAMED = 3


def look(text: str) -> str:
    """The text with every Russian letter that has a Latin double replaced by it: equal looks give equal texts."""
    return text.translate(_LATIN_OF)


def strayed_letters(text: str) -> str:
    """The end of a message, «: буква 3 — латинская «c»», letter by letter; empty where no alphabets are mixed."""
    words = _WORD.findall(text)
    told = [
        f"{f'в слове «{word}» ' if len(words) > 1 else ''}буква {place + 1} — {alphabet} «{word[place]}»"
        for word in words
        for place, alphabet in _strayed(word)
    ]
    rest = f" и ещё {len(told) - _NAMED}" if len(told) > _NAMED else ""
    return f": {', '.join(told[:_NAMED])}{rest}" if told else ""


def _strayed(word: str) -> list[tuple[int, str]]:
    """Places of the letters of the alphabet that has fewer in the word."""
    latin = [place for place, letter in enumerate(word) if letter.isascii()]
    russian = [place for place, letter in enumerate(word) if re.match("[а-яё]", letter.lower())]
    if not latin or not russian:
        return []
    if len(latin) <= len(russian):
        return [(place, "латинская") for place in latin]
    return [(place, "русская") for place in russian]


def told_apart(written: str, known: str) -> str:
    """How a code differs from a known one that looks the same: «буква 1 — латинская «K», а там русская»."""
    place = next(place for place, (one, other) in enumerate(zip(written, known, strict=True)) if one != other)
    here, there = ("латинская", "русская") if written[place].isascii() else ("русская", "латинская")
    return f"знак {place + 1} здесь — {here} «{written[place]}», а там — {there}"
