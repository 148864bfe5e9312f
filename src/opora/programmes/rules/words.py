"""Letters of one script; roles, not names of persons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opora.indicators.formula.slips import foreign_letter
from opora.programmes.rules.base import Faults, inside
from opora.programmes.tree import Fields, Items, Node, Text

_LONE_LATIN = re.compile(r"(?<=[а-яё] )[aockyAOCKBY](?= [а-яё«])", re.IGNORECASE)
_FORMULA_FIELDS = frozenset({"share", "of", "count", "to", "value", "yes_if", "formula", "exclude"})
_PERSON = re.compile(r"\b[А-ЯЁ]\.\s?[А-ЯЁ]\.|\b[А-ЯЁ][а-яё]+(?:вич|вна)\b")


def letters_of_one_script(root: Fields) -> Faults:
    """Letters that only look right: a search does not find the word. Formulas see to their letters themselves."""
    for key, text in _all_texts(root):
        if key not in _FORMULA_FIELDS:
            if fault := foreign_letter(text.value):
                yield inside(text, fault.at.start, fault.message)
            if lone := _LONE_LATIN.search(text.value):
                message = f"Слово «{lone.group()}» набрано латинской буквой; наберите её в русской раскладке"
                yield inside(text, lone.start(), message)


def _all_texts(node: Node, key: str = "") -> Iterator[tuple[str, Text]]:
    if isinstance(node, Text):
        yield key, node
    elif isinstance(node, Items):
        for item in node.items:
            yield from _all_texts(item, key)
    else:
        for name, value in node.entries:
            yield from _all_texts(value, name.value)


def roles_not_people(root: Fields) -> Faults:
    for section, field in (("measures", "responsible"), ("recommendations", "addressee")):
        for item in root.fields(section):
            text = item.text(field)
            if text and (name := _PERSON.search(text.value)):
                message = f"«{name.group()}» похоже на имя человека: в программе пишут должность или роль"
                yield inside(text, name.start(), message)
