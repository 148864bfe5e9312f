"""Texts folded for searching: no capitals, ё is е. By an alphabet of our own and not by the database's ``lower``, whose
letters depend on the locale of the server: what is kept folded must be the same after a restore into another one."""

from __future__ import annotations

_CYRILLIC, _LATIN = range(0x400, 0x530), range(0x41, 0x180)
_LETTERS = {
    letter: small
    for letter, small in ((chr(code), chr(code).lower()) for span in (_CYRILLIC, _LATIN) for code in span)
    if letter != small and len(small) == 1
} | {"Ё": "е", "ё": "е"}
_TABLE = str.maketrans(_LETTERS)


def folded(text: str) -> str:
    return text.translate(_TABLE)


def folded_sql(expression: str) -> str:
    """The same in SQL."""
    return f"translate({expression}, '{''.join(_LETTERS)}', '{''.join(_LETTERS.values())}')"
