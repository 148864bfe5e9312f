"""Slips of the hand, told before a formula is parsed: letters, signs, quotes and brackets that only look right."""

from __future__ import annotations

import re

from opora.indicators.formula.faults import DEEPEST, TOO_DEEP, FormulaFault, place_of

_WORD = re.compile(r"\w+")
_LATIN, _CYRILLIC = re.compile(r"[A-Za-z]"), re.compile(r"[\u0400-\u04FF]")
_QUOTED = re.compile(r'"[^"\n]*"|#[^\n]*')

_SIGNS = {
    "=>": "«>=»",
    "=<": "«<=»",
    "==": "«=»",
    "<>": "«!=»",
    "&&": "and",
    "||": "or",
    "≥": "«>=»",
    "≤": "«<=»",
    "≠": "«!=»",
    "−": "обычный дефис «-»",
    "–": "обычный дефис «-»",
    "—": "обычный дефис «-»",
    "×": "«*»",
    "·": "«*»",
    "÷": "«/»",
}
_QUOTES = "«»„“”‘’'`"
_SIGN = re.compile("|".join(map(re.escape, [*_SIGNS, *_QUOTES])))


def first_slip(text: str) -> FormulaFault | None:
    """The first that is found; of the rest nothing can be said before it is mended."""
    bare = without_texts(text)
    return foreign_letter(text) or _too_many_brackets(bare) or _sign(text, bare)


def without_texts(text: str) -> str:
    """The text with spaces in place of strings and comments."""
    return _QUOTED.sub(lambda found: " " * len(found.group()), text)


def foreign_letter(text: str) -> FormulaFault | None:
    """A word in which Latin and Cyrillic letters are mixed: they look alike, and nobody finds it by eye."""
    for word in _WORD.finditer(text):
        latin, cyrillic = _LATIN.search(word.group()), _CYRILLIC.search(word.group())
        if latin and cyrillic:
            few = min((_LATIN, _CYRILLIC), key=lambda letters: len(letters.findall(word.group())))
            odd = few.search(word.group())
            assert odd is not None
            script = "латинская" if few is _LATIN else "русская"
            letter = f"{odd.start() + 1}-я буква, «{odd.group()}», — {script}"
            message = f"В слове «{word.group()}» {letter}; наберите её в другой раскладке"
            return FormulaFault(message, place_of(text, word.start() + odd.start(), 1))
    return None


def _too_many_brackets(bare: str) -> FormulaFault | None:
    depth = 0
    for place, letter in enumerate(bare):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth > DEEPEST:
            return FormulaFault(TOO_DEEP, place_of(bare, place, 1))
    return None


def _sign(text: str, bare: str) -> FormulaFault | None:
    """A sign of another language, or of a text editor that puts in its own."""
    found = _SIGN.search(bare)
    if found is None or '"' in bare[: found.start()]:  # quotes that are not closed are told first
        return None
    sign = found.group()
    instead = _SIGNS.get(sign)
    message = f"Вместо «{sign}» пишут {instead}" if instead else 'Кавычки в формуле — прямые двойные: "…"'
    return FormulaFault(message, place_of(text, found.start(), len(sign)))
