"""Where in a sheet the table is: its header of one or several storeys, and the rows under it that are rows of facts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from opora.indicators.dataset.cells import Raw, is_blank
from opora.indicators.dataset.workbook_scan import column_letters
from opora.intake.sheets.opening.book import Row, Sheet
from opora.intake.words.dates import find_dates
from opora.intake.words.letters import plain, tidy

_FIRST_ROWS = 40
_STOREYS = 4
_LONGEST_HEADING = 250
_TOTAL = re.compile(
    r"(?:итого|всего|в том числе|из них|подытог|промежуточный итог|средн\w+ (?:стаж|возраст|значение))\b"
)
_AS_OF = re.compile(r"\bна\s*$", re.IGNORECASE)
_OF_ORDER = re.compile(r"приказ|утвержд|протокол|соглас|распоряж|№", re.IGNORECASE)
"""«Утверждено приказом от 30.08.2024»: the day of the order is not the day of the list."""
_NUMBERED = 3
"""Columns: «1 2 3» under a header numbers them."""


@dataclass(frozen=True, slots=True)
class Heading:
    place: int
    text: str
    above: str = ""
    """Of the storeys above, from the top."""

    @property
    def whole(self) -> str:
        return f"{self.above} {self.text}".strip()

    @property
    def shown(self) -> str:
        """With the letter of its column, as a person finds it in the sheet."""
        return f"{column_letters(self.place + 1)} — {self.whole}" if self.whole else column_letters(self.place + 1)


@dataclass(frozen=True, slots=True)
class Layout:
    headings: tuple[Heading, ...]
    """Of every column, in order; of those without one the text is empty."""
    first_row: int
    """Number of the first row under the header."""
    titles: tuple[str, ...] = ()
    """What is written above the header."""

    @property
    def as_of(self) -> dt.date | None:
        """The day for which the sheet was made, where a title names one: «на 01.09.2025»."""
        marks = [(title, mark) for title in self.titles for mark in find_dates(title)]
        plain_ones = [mark.period.issued for title, mark in marks if not _OF_ORDER.search(title)]
        as_of = [mark.period.issued for title, mark in marks if _AS_OF.search(title[: mark.start])]
        return next((day for day in [*reversed(as_of), *reversed(plain_ones)] if day), None)


Known = Callable[[str], bool]


def find_layout(sheet: Sheet, known: Known) -> Layout | None:
    """``known`` tells whether a text may head a column. None where nothing in the sheet looks like a header."""
    head = [(number, list(map(_text, cells))) for number, cells in islice(sheet.rows(), _FIRST_ROWS)]
    scores = [len({text for text in texts if _may_head(text) and known(text)}) for _, texts in head]
    best = max(scores, default=0)
    if not best:
        return None
    top = next(place for place, score in enumerate(scores) if score * 2 > best)
    last = _last_storey(sheet, head, top)
    titles = tuple(dict.fromkeys(text for _, texts in head[:top] for text in texts if text))
    return Layout(_headings([texts for _, texts in head[top : last + 1]]), head[last][0] + 1, titles)


def _text(raw: Raw) -> str:
    return " ".join(tidy(raw).split()) if isinstance(raw, str) else "" if raw is None else str(raw)


def _may_head(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_HEADING


def _last_storey(sheet: Sheet, head: Sequence[tuple[int, list[str]]], top: int) -> int:
    row = head[top][0] - 1
    bottoms = [bottom for first, _, bottom, _ in sheet.merged if first == row and bottom > row]
    if bottoms:
        return min(top + min(max(bottoms) - row, _STOREYS), len(head) - 1)
    following = top + 1
    return following if following < len(head) and _goes_on(head[top][1], head[following][1]) else top


def _goes_on(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether a row is a second storey though nothing is merged: words under the gaps of the first."""
    filled = [place for place, text in enumerate(lower) if text]
    gaps = [place for place in filled if place >= len(upper) or not upper[place]]
    covered = sum(1 for place, text in enumerate(upper) if text and place in filled)
    beside = sum(1 for text in upper if text) - covered
    words = all(_may_head(lower[place]) and not _is_number(lower[place]) for place in filled)
    return len(filled) > 1 and bool(gaps) and words and beside > covered


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "").isdecimal()


def _headings(storeys: Sequence[Sequence[str]]) -> tuple[Heading, ...]:
    width = max(map(len, storeys))
    above = [""] * width
    for storey in storeys[:-1]:
        carried = ""
        for place in range(width):
            text = storey[place] if place < len(storey) else ""
            lower = storeys[-1][place] if place < len(storeys[-1]) else ""
            carried = text or (carried if lower else "")
            if carried and not above[place].endswith(carried):
                above[place] = f"{above[place]} {carried}".strip()
    return tuple(_heading(place, storeys[-1], above[place]) for place in range(width))


def _heading(place: int, lowest: Sequence[str], above: str) -> Heading:
    text = lowest[place] if place < len(lowest) else ""
    if not text or above.endswith(text):
        return Heading(place, above if above.endswith(text) else text)
    return Heading(place, text, above)


def body(sheet: Sheet, layout: Layout) -> Iterator[Row]:
    """The rows of facts: without empty ones, totals, numbers of columns and headers that are repeated on every page."""
    headings = {plain(heading.text) for heading in layout.headings if heading.text}
    for number, cells in sheet.rows():
        if number < layout.first_row:
            continue
        filled = [cell for cell in cells if not is_blank(cell)]
        if filled and not (_is_total(filled) or _is_numbering(filled) or _is_header(filled, headings)):
            yield number, cells


def _is_total(filled: Sequence[Raw]) -> bool:
    first = next((cell for cell in filled if isinstance(cell, str)), "")
    return bool(_TOTAL.match(plain(first[:60])))


def _is_numbering(filled: Sequence[Raw]) -> bool:
    if len(filled) < _NUMBERED or str(filled[0]) not in ("1", "1.0"):
        return False
    return all(str(cell) in (str(place), f"{place}.0") for place, cell in enumerate(filled, start=1))


def _is_header(filled: Sequence[Raw], headings: set[str]) -> bool:
    if len(filled) < 2 or not isinstance(filled[-1], str):
        return False
    if len(filled[-1]) > _LONGEST_HEADING or plain(_text(filled[-1])) not in headings:
        return False
    same = sum(1 for cell in filled if isinstance(cell, str) and plain(_text(cell)) in headings)
    return same * 2 > len(filled) and same > 1
