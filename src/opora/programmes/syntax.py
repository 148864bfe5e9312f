"""Syntax errors of YAML in Russian, with the remedy."""

from __future__ import annotations

import yaml
from yaml.reader import ReaderError

from opora.programmes.faults import ProgrammeFault

# A part of the parser's English message → what to tell. libyaml and the pure parser word some of them differently.
_RUSSIAN = (
    ("mapping values are not allowed", "Лишнее двоеточие: если оно часть текста, возьмите весь текст в кавычки"),
    ("unexpected end of stream", "Не закрыты кавычки, открытые в строке {opened}"),
    ("',' or ']'", "Список, открытый в строке {opened} скобкой «[», не закрыт или в нём не хватает запятой"),
    ("',' or '}'", "Скобка «{{», открытая в строке {opened}, не закрыта или не хватает запятой"),
    ("unknown escape character", "Непонятный знак после «\\»: возьмите текст в одинарные кавычки"),
    ("expected ':'", "Не хватает двоеточия после имени поля"),
    ("'-' indicator", "Отступ не тот: здесь ожидается следующий пункт списка, начатого в строке {opened}"),
    ("expected key", "Отступ или знак не тот: здесь ожидается следующее поле группы, начатой в строке {opened}"),
    ("<block end>", "Отступ или знак не тот: здесь ожидается продолжение группы, начатой в строке {opened}"),
    ("node content", "Скобка закрыта, но не открыта"),
    ("comment or line break", "После знака «|» или «>» текст начинается с новой строки"),
    ("indentation indicators", "После знака «|» или «>» текст начинается с новой строки"),
)


def syntax_fault(text: str, error: yaml.YAMLError) -> ProgrammeFault:
    """The fault of a file that is not YAML; there is only ever one, since the parser stops there."""
    if isinstance(error, ReaderError):
        before = text[: error.position]
        message = "Невидимый управляющий знак: удалите его"
        return ProgrammeFault(before.count("\n") + 1, len(before) - before.rfind("\n"), message)
    assert isinstance(error, yaml.MarkedYAMLError)
    mark = error.problem_mark or error.context_mark
    assert mark is not None
    opened = (error.context_mark or mark).line + 1
    return ProgrammeFault(mark.line + 1, mark.column + 1, _message(text, error.problem or "", mark.index, opened))


def _message(text: str, problem: str, index: int, opened: int) -> str:
    if "cannot start any token" in problem:
        return _bad_start(text[index : index + 1])
    for part, russian in _RUSSIAN:
        if part in problem:
            return russian.format(opened=opened)
    return "Запись не по правилам YAML"


def _bad_start(sign: str) -> str:
    if sign == "\t":
        return "Табуляция вместо отступа: замените её пробелами"
    return f"С знака «{sign}» текст начинаться не может: возьмите его в кавычки"
