"""What somebody has typed to find something, as the words that may have been meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from opora.registry.folding import folded

LONGEST = 100
"""Characters of a query; the rest is not read."""
MOST_WORDS = 8
_WORD = re.compile(r"[^\W_]+")
_LATIN = re.compile(r"[a-z]")
_CYRILLIC = re.compile(r"[а-я]")
_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_SHORTEST_TYPO = 4
"""In a shorter word almost any other is one slip away."""

_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_TYPED = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_LAYOUT = str.maketrans(_KEYS + '~{}:"<>', _TYPED + "ёхъжэбю")
_ALIKE = str.maketrans("abcehkmoptxy", "авсенкмортху")
"""Latin letters and the Russian ones that look like them, small or capital."""


@dataclass(frozen=True, slots=True)
class Query:
    """``readings``: what may have been meant, the likeliest first; each is a list of words, all of which must be found.
    Never without words."""

    text: str
    readings: tuple[tuple[str, ...], ...]

    @property
    def words(self) -> frozenset[str]:
        return frozenset(word for reading in self.readings for word in reading)


def words_in(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(folded(text)))


def parse(text: str) -> Query | None:
    """None where there is no word in it."""
    asked = " ".join(text[:LONGEST].split())
    readings = dict.fromkeys(reading for reading in map(_cut, _readings(asked)) if reading)
    return Query(asked, tuple(readings)) if readings else None


def look_alike(text: str) -> str:
    """One for all texts that look the same, whatever alphabet their letters are of."""
    return folded(text).translate(_ALIKE)


def initials_of(reading: tuple[str, ...]) -> tuple[str, ...]:
    """«м», «п» of «Иванова М. П.»: of the first name and of the patronymic. Empty where it is not written so."""
    letters = tuple(word for word in reading if len(word) == 1 and word.isalpha())
    return letters if len(letters) in (1, 2) and len(letters) < len(reading) else ()


def slips_of(word: str) -> frozenset[str]:
    """All that one slip of a finger makes of a word: a letter left out, put in, changed, or two exchanged."""
    if len(word) < _SHORTEST_TYPO or not word.isalpha():
        return frozenset({word})
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    left_out = {head + tail[1:] for head, tail in cuts if tail}
    exchanged = {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    changed = {head + letter + tail[1:] for head, tail in cuts if tail for letter in _LETTERS}
    put_in = {head + letter + tail for head, tail in cuts for letter in _LETTERS}
    return frozenset(left_out | exchanged | changed | put_in)


def _readings(text: str) -> Iterator[tuple[str, ...]]:
    """As typed; with Latin letters for those that they look like; as if the keyboard had been left in Latin letters."""
    yield words_in(text)
    tokens = folded(text).split()
    if any(map(_LATIN.search, tokens)):
        yield words_in(" ".join(_russian(token) for token in tokens))
        yield words_in(" ".join(_retyped(token) for token in tokens))


def _russian(token: str) -> str:
    return token.translate(_ALIKE)


def _retyped(token: str) -> str:
    return token if _CYRILLIC.search(token) else folded(token.translate(_LAYOUT))


def _cut(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[:MOST_WORDS]
