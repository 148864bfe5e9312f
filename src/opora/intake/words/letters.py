"""Text of a page as a person reads it: spaces, what is not seen, entities escaped twice, letters of two alphabets."""

from __future__ import annotations

import html
import re

from opora.indicators.dataset.letters import LATIN_DOUBLES, RUSSIAN_DOUBLES

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))
_SPACES = re.compile(r"[^\S\n]+")
_ENTITY = re.compile(
    r"&(?:amp;)?(#\d{2,6}|#x[0-9a-fA-F]{2,5}|nbsp|quot|laquo|raquo|ndash|mdash|lt|gt|amp|shy|bdquo|ldquo|rdquo);"
)
_WORD = re.compile("[A-Za-zА-Яа-яЁё]+")
_RUSSIAN_OF = str.maketrans(LATIN_DOUBLES, RUSSIAN_DOUBLES)
_LATIN_LETTER = re.compile("[A-Za-z]")
_RUSSIAN_LETTER = re.compile("[А-Яа-яЁё]")


def tidy(text: str) -> str:
    """Without what the eye does not see; a word of both alphabets becomes Russian where its Latin letters look so."""
    text = _ENTITY.sub(lambda found: html.unescape(f"&{found.group(1)};"), text)
    text = _SPACES.sub(" ", text.translate(_INVISIBLE))
    return _WORD.sub(lambda found: _russian(found.group()), text)


def _russian(word: str) -> str:
    if not (_LATIN_LETTER.search(word) and _RUSSIAN_LETTER.search(word)):
        return word
    russian = word.translate(_RUSSIAN_OF)
    return word if _LATIN_LETTER.search(russian) else russian


def plain(text: str) -> str:
    """As headings and words are compared: small letters, no ё, one space."""
    return " ".join(text.casefold().replace("ё", "е").split())
