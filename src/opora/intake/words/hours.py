"""Hours of a course: «72 ч.», «в объёме 36 часов», «(108 ак.ч.)», «кол-во часов: 16»."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST = 3000
_UNIT = (
    r"(?:(?:ак(?:ад(?:емич(?:еск\w*)?)?)?|уч(?:ебн\w*)?|аудит\w*)\.?\s*|а\.\s*)?"
    r"(?:час\w*\.?|ч(?!\w)\.?|\(ч(?:ас\w*)?\.?\))"
)
_IN_WORDS = r"(?:\([а-яё\s]{3,40}\)\s*)?"
_VOLUME = r"об[ъь]?[её]м\w*"
_HOURS = re.compile(
    rf"(?<![\d№./])(?<!\d,)(?<!№ )(?<!\d[-–])(\d{{1,4}})(?:[.,]0+)?\s*[-–]?\s*(?:х\s*)?{_IN_WORDS}{_UNIT}"
    rf"|(?:{_VOLUME}|кол(?:ичеств\w*|\.|-?во)\s*(?:час\w*|ч\.)|час(?:ов|ы|\.)?)\s*[:–—-]\s*(\d{{1,4}})(?![\d.])"
    rf"|{_VOLUME}\s+(\d{{1,4}})(?![\d.])(?:\s*{_UNIT})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class HoursMark:
    start: int
    end: int
    hours: int


def find_hours(text: str) -> list[HoursMark]:
    """In the order of the text."""
    marks = []
    for match in _HOURS.finditer(text):
        hours = int(match[1] or match[2] or match[3])
        if 1 <= hours <= MOST:
            marks.append(HoursMark(match.start(), match.end(), hours))
    return marks
