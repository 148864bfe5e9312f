"""A table as a rectangle: merged cells stand in every place that they cover."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from opora.intake.pages.lines import prop_of, text_of

MAX_WIDTH = 60
MAX_SPAN = 500
MAX_PLACES = 300_000
"""Of one table: one cell may claim to cover a million places."""


@dataclass(frozen=True, slots=True, eq=False)
class GridCell:
    node: LexborNode
    text: str
    wide: int
    """How many columns it covers."""


@dataclass(frozen=True, slots=True)
class GridRow:
    cells: tuple[GridCell | None, ...]
    prop: str
    """``itemprop`` of the row."""

    def cell(self, column: int) -> GridCell | None:
        return self.cells[column] if column < len(self.cells) else None

    @property
    def distinct(self) -> list[GridCell]:
        return list(dict.fromkeys(cell for cell in self.cells if cell is not None))


def grid_of(table: LexborNode) -> list[GridRow]:
    """The table's own rows; those of tables inside its cells are text of the cells."""
    rows: list[GridRow] = []
    covered: dict[int, tuple[GridCell, int]] = {}
    places = 0
    for row in _own_rows(table):
        cells = _row_cells(row, covered)
        places += len(cells)
        if places > MAX_PLACES:
            break
        rows.append(GridRow(tuple(cells), prop_of(row)))
    return rows


def _own_rows(table: LexborNode) -> list[LexborNode]:
    rows = []
    for part in table.iter(include_text=False):
        if part.tag == "tr":
            rows.append(part)
        elif part.tag in ("thead", "tbody", "tfoot"):
            rows += [row for row in part.iter(include_text=False) if row.tag == "tr"]
    return rows


def _row_cells(row: LexborNode, covered: dict[int, tuple[GridCell, int]]) -> list[GridCell | None]:
    """``covered`` keeps, by column, the cells that reach down from rows above and how many rows they still cover."""
    cells: list[GridCell | None] = []
    for node in row.iter(include_text=False):
        if node.tag not in ("td", "th"):
            continue
        _take_covered(cells, covered)
        wide = min(_span(node, "colspan"), MAX_WIDTH - len(cells))
        if wide < 1:
            break
        cell = GridCell(node, text_of(node), wide)
        for column in range(len(cells), len(cells) + wide):
            cells.append(cell)
            if (down := _span(node, "rowspan") - 1) > 0:
                covered[column] = (cell, down)
    _take_covered(cells, covered)
    while covered and len(cells) <= max(covered):
        cells.append(None)
        _take_covered(cells, covered)
    return cells


def _take_covered(cells: list[GridCell | None], covered: dict[int, tuple[GridCell, int]]) -> None:
    while (above := covered.pop(len(cells), None)) is not None:
        cell, down = above
        if down > 1:
            covered[len(cells)] = (cell, down - 1)
            cells.append(cell)
            continue
        cells.append(cell)


def _span(node: LexborNode, name: str) -> int:
    written = (node.attributes.get(name) or "1").strip()
    return min(int(written), MAX_SPAN) if written.isdecimal() and written.isascii() and len(written) < 6 else 1
