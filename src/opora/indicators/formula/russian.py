"""Russian words that were written where a name must stand, and the names that are meant by them."""

from __future__ import annotations

import difflib
import re
from functools import cache

from opora.indicators.dataset.tables import TABLES
from opora.indicators.definitions import standard

_WORDS = re.compile(r"[А-Яа-яЁё][А-Яа-яЁё\-]*(?: [А-Яа-яЁё][А-Яа-яЁё\-]*){0,5}")
_COMPARED = re.compile(r"(?:[=<>]|\bin\s*\([^()]*)\s*$")

_LANGUAGE = {
    "и": "and",
    "или": "or",
    "не": "not",
    "имеет": "has",
    "есть": "has",
    "каждый": "every",
    "все": "every",
    "последний": "latest",
    "между": "between",
    "за период": "in period",
    "за год": "in period",
    "когда-либо": "ever",
    "известно": "is known",
    "неизвестно": "is unknown",
    "где": "where",
    "как": "as",
    "через": "via",
}


_LATIN = "имена пишутся латинскими буквами, а русский текст — в кавычках"


def russian_word(text: str, at: int) -> tuple[str, str]:
    """The word that begins there (several, if together they are known), and what to write instead."""
    compared = bool(_COMPARED.search(text[:at]))
    found = _WORDS.match(text, at)
    words = found.group().split(" ") if found else [text[at]]
    for length in range(len(words), 0, -1):
        written = " ".join(words[:length])
        if meant := _LANGUAGE.get(written.lower()):
            return written, f"в формуле пишут {meant}"
        if names := _meant(written, compared):
            return written, f"{_LATIN}; возможно, вы имели в виду {' или '.join(names)}"
    near = difflib.get_close_matches(words[0].lower(), _vocabulary(compared), n=1, cutoff=0.8)
    names = _meant(near[0], compared) if near else ()
    return words[0], f"{_LATIN}; возможно, вы имели в виду {' или '.join(names)}" if names else _LATIN


_MOST_NAMES = 3
"""A word that means more things than that says nothing."""


def _meant(written: str, compared: bool) -> tuple[str, ...]:
    names = _vocabulary(compared).get(written.lower(), ())
    return names if len(names) <= _MOST_NAMES else ()


@cache
def _vocabulary(compared: bool) -> dict[str, tuple[str, ...]]:
    """Russian words in small letters → names. After a sign of comparison the labels of choices come first."""
    names: dict[str, dict[str, None]] = {}
    labels: dict[str, dict[str, None]] = {}
    for table in TABLES.values():
        names.setdefault(table.title.lower(), {})[table.name] = None
        names.setdefault(table.words.one, {})[table.name] = None
        for column in table.columns:
            names.setdefault(column.title.lower(), {})[column.name] = None
            for code, label in column.choices:
                labels.setdefault(label.lower(), {})[f'{code} ("{label}")'] = None
    for named in standard().values():
        for name, definition in named.items():
            names.setdefault(definition.words[0], {})[name] = None
            if len(definition.words) == 1:  # «педагогический стаж» is also called «стаж»
                names.setdefault(definition.words[0].split()[-1], {})[name] = None
    first, second = (labels, names) if compared else (names, labels)
    return {word: tuple(found) for word, found in {**second, **first}.items()}
