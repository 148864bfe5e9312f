"""A workbook that can be read: its sheets, their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from opora.indicators.dataset.cells import Raw, is_blank

Row = tuple[int, Sequence[Raw]]
"""Its number, from 1, as the file counts, and its cells."""
Area = tuple[int, int, int, int]
"""Of merged cells: top row, left place, bottom row, right place; all from 0, all included."""

MAX_BYTES = 40_000_000
MAX_UNPACKED = 200_000_000
MAX_CELLS = 4_000_000
"""Of the rectangles that all sheets fill: the parsers keep a place for every cell of them."""

SAVE_ANEW = "Откройте файл в Excel или LibreOffice и сохраните заново как .xlsx"


class UnreadableBook(Exception):
    """The file cannot be read at all; both texts are for the user."""

    def __init__(self, message: str, mend: str) -> None:
        self.message, self.mend = message, mend
        super().__init__(f"{message}. {mend}")


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    """Of a CSV file: the name of the file without its ending."""
    raw_rows: Callable[[], Iterator[Row]]
    """From the first row of the sheet to the last, the same again each time it is called."""
    hidden: bool = False
    merged: Sequence[Area] = ()
    broken: frozenset[tuple[int, int]] = frozenset()
    """Row (from 1) and place (from 0) of the cells whose formula failed; the parser gives them as empty."""
    is_file: bool = False
    """It is the whole file and has no title of its own."""

    def rows(self) -> Iterator[Row]:
        """Every cell of a merged area holds what its first one does."""
        return _filled(self.raw_rows(), self.merged) if self.merged else self.raw_rows()


@dataclass(frozen=True, slots=True)
class Book:
    name: str
    sheets: tuple[Sheet, ...] = ()
    macros: bool = field(default=False)


def _filled(rows: Iterator[Row], merged: Sequence[Area]) -> Iterator[Row]:
    starting: dict[int, list[Area]] = {}
    for area in merged:
        starting.setdefault(area[0], []).append(area)
    active: dict[int, tuple[int, Raw]] = {}
    for number, cells in rows:
        for _, left, bottom, right in starting.get(number - 1, ()):
            value = cells[left] if left < len(cells) else None
            active.update((place, (bottom, value)) for place in range(left, min(right + 1, len(cells))))
        yield number, _with_values(cells, active) if active else cells
        active = {place: kept for place, kept in active.items() if kept[0] > number - 1}


def _with_values(cells: Sequence[Raw], active: dict[int, tuple[int, Raw]]) -> Sequence[Raw]:
    return [active[place][1] if place in active and is_blank(cell) else cell for place, cell in enumerate(cells)]
