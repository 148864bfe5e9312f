"""Whose file it is: what it calls itself, against the titles of the organisations that are known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from opora.intake.adapters.base import Organisations, Proposed
from opora.intake.words.letters import plain, tidy

_MOST, _LIKELY, _SURE = 5, 60, 90
_FORMS = re.compile(
    r"\b(?:(?:м|г|ч|ф)[абк]?д?оу(?:\s?до)?|м[абк]у(?:\s?до)?|(?:муниципальн|государственн|частн)\w+|"
    r"(?:бюджетн|казенн|автономн)\w+|(?:обще)?образовательн\w+|дошкольн\w+|учреждени\w+|организаци\w+|"
    r"средн\w+|основн\w+|начальн\w+|имени|им)\b"
)
_KINDS = (
    ("школа", r"\b(?:[сон]ош|школ\w*)\b"),
    ("сад", r"\bдетск\w+ сад\w*|\bд/с\b|\bдс\b|\bсад(?:а|у|ом|ик\w*)?\b"),
    ("гимназия", r"\bгимнази\w*"),
    ("лицей", r"\bлице[йяею]\w*"),
    ("колледж", r"\bколледж\w*"),
    ("центр", r"\bцентр\w*"),
)
_NUMBER = re.compile(r"(?:№|\bn)\s*(\d{1,3})\b")
_BARE_NUMBER = re.compile(r"\b(?:школа|сад|гимназия|лицей)\s*(\d{1,3})\b(?!\s+\w)")
"""«Школа 5.html», and not «школа 1 сентября»."""
_WORD = re.compile(r"[^\W_]+")
_FEWEST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class _Called:
    """A title, or a text in which one stands, as titles are compared."""

    kinds: frozenset[str]
    numbers: frozenset[str]
    names: tuple[str, ...]
    """What is left without the legal form, the kind and the number."""


def proposed(texts: Iterable[str], organisations: Organisations) -> tuple[Proposed, ...]:
    """Those that one of the texts seems to name, the likeliest first; of two that fit as well none is sure."""
    said = [_called(text) for text in texts if text.strip()]
    scored = [(_best(said, _called(title)), key, title) for key, title in organisations]
    likely = sorted((each for each in scored if each[0] >= _LIKELY), key=lambda each: (-each[0], each[2]))
    alone = sum(score >= _SURE for score, _, _ in likely) == 1
    return tuple(Proposed(key, title, alone and score >= _SURE) for score, key, title in likely[:_MOST])


def _called(text: str) -> _Called:
    words = plain(tidy(text)).replace("_", " ")
    kinds: set[str] = set()
    for kind, pattern in _KINDS:
        words, found = re.subn(pattern, kind, words)
        kinds.update({kind} if found else ())
    numbers = frozenset([*_NUMBER.findall(words), *_BARE_NUMBER.findall(words)])
    rest = _WORD.findall(_FORMS.sub(" ", words))
    names = [word for word in rest if word not in kinds and len(word) >= _FEWEST_LETTERS and not word.isdecimal()]
    return _Called(frozenset(kinds), numbers, tuple(names))


def _best(said: Iterable[_Called], title: _Called) -> float:
    return max((_likeness(each, title) for each in said), default=0.0)


def _likeness(said: _Called, title: _Called) -> float:
    """From 0 to 100. Numbers and kinds that disagree are other organisations, however alike the rest is."""
    if said.kinds and title.kinds and not said.kinds & title.kinds:
        return 0.0
    if (said.numbers or title.numbers) and not said.numbers & title.numbers:
        return 0.0
    by_kind = bool(said.kinds & title.kinds)
    if said.numbers & title.numbers:
        return 100.0 if by_kind else _LIKELY + _by_name(said, title) / 4
    named = _by_name(said, title)
    return named if by_kind or named == 100 else named * 0.8


def _by_name(said: _Called, title: _Called) -> float:
    """How much of the title's own name stands in the text; of a title that is nothing but a kind nothing is known."""
    if not title.names or not said.names:
        return 0.0
    nearest = (max(fuzz.ratio(name, word) for word in said.names) for name in title.names)
    return sum(nearest) / len(title.names)
