"""Faults of a formula: what, where, how to mend it, in Russian."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken

from opora.indicators.formula.tree import NOWHERE, Place


@dataclass(frozen=True, slots=True)
class FormulaFault:
    message: str
    at: Place = NOWHERE


class FormulaFaults(Exception):
    """All the faults of one formula."""

    def __init__(self, faults: list[FormulaFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(fault.message for fault in faults))


DEEPEST = 40
"""Levels of a formula, and of its brackets. The deepest that anybody has written has eight."""

TOO_DEEP = f"Формула вложена слишком глубоко, больше {DEEPEST} уровней; разбейте её на именованные условия"

_WORD = re.compile(r"\w+")
_LATIN, _CYRILLIC = re.compile(r"[A-Za-z]"), re.compile(r"[А-Яа-яЁё]")
_QUOTED = re.compile(r'"[^"\n]*"|#[^\n]*')


def first_fault(text: str) -> FormulaFault | None:
    """What is told before the text is parsed."""
    return foreign_letter(text) or _too_many_brackets(text)


def _too_many_brackets(text: str) -> FormulaFault | None:
    depth = 0
    for place, letter in enumerate(_bare(text)):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth > DEEPEST:
            return FormulaFault(TOO_DEEP, place_of(text, place, 1))
    return None


def _bare(text: str) -> str:
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
            message = f"В слове «{word.group()}» буква «{odd.group()}» — {script}; наберите её в другой раскладке"
            return FormulaFault(message, place_of(text, word.start() + odd.start(), 1))
    return None


def place_of(text: str, start: int, length: int) -> Place:
    line = text.count("\n", 0, start) + 1
    return Place(start, start + length, line, start - text.rfind("\n", 0, start))


def syntax_fault(text: str, error: UnexpectedInput) -> FormulaFault:
    bare = _bare(text)
    opened, closed = bare.count("("), bare.count(")")
    if opened > closed:
        return FormulaFault(f"Не хватает закрывающей скобки: открыто {opened}, закрыто {closed}", _end(text))
    if '"' in bare:
        return FormulaFault("Не закрыты кавычки", place_of(text, bare.index('"'), 1))
    if isinstance(error, UnexpectedEOF) or (isinstance(error, UnexpectedToken) and error.token.type == "$END"):
        return FormulaFault("Формула обрывается: после последнего слова чего-то не хватает", _end(text))
    if isinstance(error, UnexpectedToken):
        word = str(error.token)
        start = error.token.start_pos or 0
        place = place_of(text, start, len(word))
        if word == ")" and closed > opened:
            return FormulaFault(f"Лишняя закрывающая скобка: открыто {opened}, закрыто {closed}", place)
        return FormulaFault(f"Здесь не ожидается «{word}»{_hint(word, text[:start])}", place)
    assert isinstance(error, UnexpectedCharacters)
    at = cast(int, error.pos_in_stream)
    return FormulaFault(f"Непонятный знак «{text[at]}»{_hint(text[at], text[:at])}", place_of(text, at, 1))


_HINTS = {
    "where": "условие where (…) ставят сразу после таблицы, до промежутка времени",
    "!": "«не» пишется словом not",
    "&": "«и» пишется словом and",
    "|": "«или» пишется словом or",
}


def _hint(word: str, before: str) -> str:
    """How to mend it, told from the word that was not expected and from what stands before it."""
    before = before.rstrip()
    if before.endswith("where"):
        return "; условие пишется в скобках: where (…)"
    if before[-1:].isdigit() and re.fullmatch(r"[eE]\d*", word):
        return "; число пишется цифрами, без степени"
    if word.startswith("=") and before.endswith("="):
        return "; сравнение пишется одним знаком «=»"
    if _CYRILLIC.match(word) and before[-1:].isdigit():
        return "; срок пишется словами years, months, days"
    if not word.isascii() and word.isalpha():
        return "; имена пишутся латинскими буквами, а русский текст — в кавычках"
    return f"; {_HINTS[word]}" if word in _HINTS else ""


def _end(text: str) -> Place:
    return place_of(text, max(len(text) - 1, 0), 1)
