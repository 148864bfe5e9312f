"""A unit beside its number: 1 мероприятие, 2 мероприятия, 5 мероприятий."""

from __future__ import annotations

import re

from .words import plural

_IRREGULAR = {
    "человек": ("человек", "человека", "человек"),
    "год": ("год", "года", "лет"),
    "лет": ("год", "года", "лет"),
    "место": ("место", "места", "мест"),
    "раз": ("раз", "раза", "раз"),
}
_VOWELS = "аеёиоуыэюя"
_HARD = "гкхжчшщ"
"""After these «ы» is not written."""


def unit_for(count: float, unit: str) -> str:
    """The unit in the form that the number asks for; what is no single Russian noun («чел.», «% в год») as it is."""
    return plural(count, *_forms(unit)) if re.fullmatch(r"[а-яё]{3,}", unit) else unit


def _forms(noun: str) -> tuple[str, str, str]:
    """One, two to four, five and more. By the endings of regular nouns in the nominative."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    stem, end = noun[:-1], noun[-1]
    match end:
        case "е" if stem.endswith("и"):
            return noun, f"{stem}я", f"{stem}й"
        case "я" if stem.endswith("и"):
            return noun, f"{stem}и", f"{stem}й"
        case "а":
            return noun, f"{stem}{'и' if stem[-1] in _HARD else 'ы'}", _bare(stem)
        case "й":
            return noun, f"{stem}я", f"{stem}ев"
        case "ь":
            return (noun, f"{stem}и", f"{stem}ей") if noun.endswith("сть") else (noun, f"{stem}я", f"{stem}ей")
        case "ц":
            return noun, f"{noun}а", f"{noun}ев"
        case "ж" | "ч" | "ш" | "щ":
            return noun, f"{noun}а", f"{noun}ей"
        case _ if end not in _VOWELS:
            return noun, f"{noun}а", f"{noun}ов"
    return noun, noun, noun


def _bare(stem: str) -> str:
    """Without the ending: «площадок», «групп»; a vowel comes between the last two consonants before «-ка»."""
    if stem.endswith("к") and stem[-2] not in _VOWELS:
        return f"{stem[:-1]}{'е' if stem[-2] in 'жчш' else 'о'}к" if stem[-2] not in "йь" else f"{stem[:-2]}ек"
    return stem
