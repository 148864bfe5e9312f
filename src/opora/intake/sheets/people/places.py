"""Organisations that are named outside columns: over the table, or over the rows of their people."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NAMED = re.compile(
    r"\b(?:(?:М[БАК]|Г[БКА]|Ч)?Д?ОУ|М[БАК]У|СОШ|ООШ|НОШ)\b|\b(?:гимнази|лицей|лице[ея]|колледж)|\bдетск\w+ сад|\bд/с\b"
    r"|^школа\s*(?:№|\d)|\bцентр \w*образовани|\bдом \w* ?творчества",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"\b(?:(?:М[БАК]|Г[БКА]|Ч)Д?ОУ|М[БАК]У)\b.*")
_REST = re.compile(r"\s+(?:на|за|в)\s+(?:\d|20|[а-я]+ \d{4}).*|[,;(].*", re.IGNORECASE)


def names_organisation(text: str) -> bool:
    return bool(_NAMED.search(text))


def organisation_in(titles: Iterable[str]) -> str:
    """«МБОУ СОШ № 3» of «Курсовая подготовка педагогов МБОУ СОШ № 3 за 2024 год»; empty where none is named."""
    for title in titles:
        if found := _ABBREVIATED.search(title):
            return _REST.sub("", found[0]).strip(" .:–-")
    return ""
