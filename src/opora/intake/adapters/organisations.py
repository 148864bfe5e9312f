"""Which of the organisations that we know a file names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from opora.intake.adapters.base import Organisations, Proposed
from opora.intake.words.letters import plain, tidy

_NUMBER = re.compile(r"\d+")
_SIGNS = re.compile(r"[^\w]+")
_SHORT = {"сош": "школа", "оош": "школа", "нош": "школа", "доу": "детский сад", "дс": "детский сад"}
_ENOUGH, _SURE, _APART = 60.0, 92.0, 8.0
_MOST = 8


def proposed(texts: Iterable[str], organisations: Organisations) -> tuple[Proposed, ...]:
    """The likeliest first. Sure is one whose whole name is there, its number too, and that no other comes near."""
    told = [_words(text) for text in texts if text]
    scored = [
        (max((_score(_words(title), each) for each in told), default=0.0), key, title) for key, title in organisations
    ]
    likely = sorted((each for each in scored if each[0] >= _ENOUGH), key=lambda each: -each[0])[:_MOST]
    second = likely[1][0] if len(likely) > 1 else 0.0
    return tuple(
        Proposed(key, title, place == 0 and score >= _SURE and score - second >= _APART)
        for place, (score, key, title) in enumerate(likely)
    )


def _words(text: str) -> str:
    words = _SIGNS.sub(" ", plain(tidy(text))).split()
    return " ".join(_SHORT.get(word, word) for word in words)


def _score(title: str, text: str) -> float:
    """Of two schools that differ by a number alone, only that of the number."""
    numbers = set(_NUMBER.findall(title))
    if not numbers <= set(_NUMBER.findall(text)):
        return 0.0
    return fuzz.token_set_ratio(title, text) if numbers else fuzz.partial_ratio(title, text)
