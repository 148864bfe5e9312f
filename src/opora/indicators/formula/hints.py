"""What is told of a text that is no formula: where it goes wrong, and what to write instead."""

from __future__ import annotations

import re
from typing import cast

from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken

from opora.indicators.formula.faults import FormulaFault, place_of
from opora.indicators.formula.russian import russian_word
from opora.indicators.formula.slips import without_texts
from opora.indicators.formula.tree import Place

_CYRILLIC = re.compile(r"[\u0400-\u04FF]")


def syntax_fault(text: str, error: UnexpectedInput) -> FormulaFault:
    bare = without_texts(text)
    opened, closed = bare.count("("), bare.count(")")
    if '"' in bare:
        return FormulaFault("Не закрыты кавычки", place_of(text, bare.index('"'), 1))
    if opened > closed:
        message = f"Эта скобка не закрыта: открыто {opened}, закрыто {closed}"
        return FormulaFault(message, place_of(text, _not_closed(bare), 1))
    if isinstance(error, UnexpectedEOF) or (isinstance(error, UnexpectedToken) and error.token.type == "$END"):
        return FormulaFault("Формула обрывается: после последнего слова чего-то не хватает", _end(text))
    if isinstance(error, UnexpectedToken):
        word = str(error.token)
        start = error.token.start_pos or 0
        place = place_of(text, start, len(word))
        if word == ")" and closed > opened:
            return FormulaFault(f"Лишняя закрывающая скобка: открыто {opened}, закрыто {closed}", place)
        return FormulaFault(f"Здесь не ожидается «{word}»{_hint(word, text[:start], text[start:])}", place)
    assert isinstance(error, UnexpectedCharacters)
    return _strange(text, cast(int, error.pos_in_stream))


def _not_closed(bare: str) -> int:
    """The innermost bracket that has no other."""
    waiting: list[int] = []
    for place, letter in enumerate(bare):
        if letter == "(":
            waiting.append(place)
        elif letter == ")" and waiting:
            waiting.pop()
    return waiting[-1]


_UNIT = re.compile(r"(лет|год|месяц|день|дня|дней|недел|сут)\w*")


def _strange(text: str, at: int) -> FormulaFault:
    """A character with which nothing begins: most often a Russian word."""
    if not _CYRILLIC.match(text, at):
        return FormulaFault(f"Непонятный знак «{text[at]}»{_HINTS.get(text[at], '')}", place_of(text, at, 1))
    if (unit := _UNIT.match(text, at)) and text[:at].rstrip()[-1:].isdigit():
        message = f"Слово «{unit.group()}»: срок пишется словами years, months, days"
        return FormulaFault(message, place_of(text, at, len(unit.group())))
    word, message = russian_word(text, at)
    return FormulaFault(f"Слово «{word}»: {message}", place_of(text, at, len(word)))


_QUANTITY = re.compile(r"\b(at\s+least|at\s+most|exactly)\s+[\d.]+\s*(times|people|%)?$")
_ORDER = "; порядок такой: has training as … via … where (…) within 3 years at least 2 times"
_HINTS = {
    "where": "; условие where (…) ставят сразу после таблицы, до промежутка времени и числа",
    "as": _ORDER,
    "via": _ORDER,
    "began": _ORDER,
    "ended": _ORDER,
    "!": "; «не» пишется словом not",
    "&": "; «и» пишется словом and",
    "|": "; «или» пишется словом or",
    ",": "; дробная часть пишется через точку, а значения перечисляют так: kind in (a, b)",
}
_TIMES = ("within", "in", "since", "on", "ever")


def _hint(word: str, before: str, after: str) -> str:
    """How to mend it, told from the word that was not expected and from what stands around it."""
    before = before.rstrip()
    if before.endswith(("where", "satisfies")):
        asked = "where" if before.endswith("where") else "satisfies"
        return f"; условие пишется в скобках: {asked} (…)"
    if before[-1:].isdigit() and re.fullmatch(r"[eE]\d*", word):
        return "; число пишется цифрами, без степени"
    if word == "," and before[-1:].isdigit() and re.match(r",\d", after):
        return "; дробная часть пишется через точку: 0.5"
    if word == "not" and re.match(r"not\s+in\b", after):
        return "; not ставят перед всем условием: not kind in (…)"
    if word == "not" and before.endswith("is"):
        return "; пишут is known или is unknown"
    if word in _TIMES and _QUANTITY.search(before):
        return "; промежуток времени ставят до числа: has training within 3 years at least 2 times"
    if re.search(r"\b(has|every)(\s+at)?$", before) and re.match(r"(least|most|exactly)\b", word):
        return "; число ставят в конце: has training at least 2 times"
    return _HINTS.get(word, "")


def _end(text: str) -> Place:
    return place_of(text, max(len(text) - 1, 0), 1)
