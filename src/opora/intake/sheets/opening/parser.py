"""The parser of workbooks, with its failures told as refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from opora.intake.sheets.opening.book import MAX_CELLS, SAVE_ANEW, Area, Row, Sheet, UnreadableBook

LOCKED = UnreadableBook("Книга под паролем", "Откройте её, снимите пароль и сохраните заново")
_Merged = Callable[[CalamineSheet], Sequence[Area]]


def spoilt() -> UnreadableBook:
    return UnreadableBook("Книга испорчена", SAVE_ANEW)


@dataclass(slots=True)
class Room:
    """What is left of the cells that a book may take, all its sheets together."""

    left: int = MAX_CELLS

    def take(self, title: str, rows: int, width: int) -> None:
        self.left -= rows * width
        if self.left < 0:
            message = f"Лист «{title}» занят слишком широко: строк {rows}, столбцов {width}"
            mend = "Удалите пустые строки и столбцы за таблицей или разделите книгу на несколько"
            raise UnreadableBook(message, mend)


@contextmanager
def parsing() -> Iterator[None]:
    try:
        yield
    except PasswordError:
        raise LOCKED from None
    except BaseException as error:
        # A panic of the Rust parser is no Exception, and its class has no name that could be imported.
        if isinstance(error, CalamineError | OSError | ValueError) or type(error).__name__ == "PanicException":
            raise spoilt() from error
        raise


def sheets_of(
    file: IO[bytes],
    broken: Mapping[str, frozenset[tuple[int, int]]],
    merged: Mapping[str, Sequence[Area]] | None = None,
) -> tuple[Sheet, ...]:
    """All the sheets of cells. ``merged`` where the parser itself does not tell it."""
    with parsing():
        book = CalamineWorkbook.from_filelike(file)
        found = []
        for about in book.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            areas = merged.get(about.name, ()) if merged is not None else None
            hidden = about.visible != SheetVisibleEnum.Visible
            found.append(_sheet(book.get_sheet_by_name(about.name), hidden, areas, broken.get(about.name, frozenset())))
    return tuple(found)


def _sheet(
    parsed: CalamineSheet, hidden: bool, areas: Sequence[Area] | None, broken: frozenset[tuple[int, int]]
) -> Sheet:
    if areas is None:
        areas = [(top, left, bottom, right) for (top, left), (bottom, right) in parsed.merged_cell_ranges or ()]
    return Sheet(parsed.name, lambda: _rows(parsed), hidden, areas, broken)


def _rows(parsed: CalamineSheet) -> Iterator[Row]:
    if parsed.start is None:
        return
    # The parser drops the empty columns on the left, but not the empty rows above.
    left = [""] * parsed.start[1]
    with parsing():
        for number, cells in enumerate(parsed.iter_rows(), start=1):
            yield number, [*left, *cells] if left else cells
