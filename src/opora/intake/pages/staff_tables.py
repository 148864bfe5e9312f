"""Persons from tables with a header or with marks: which rows are people, which cells are theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from opora.intake.pages.columns import Columns, header_of
from opora.intake.pages.grid import GridCell, GridRow, grid_of
from opora.intake.pages.headings import COURSE_PARTS, STAFF_PROP, Field, Meaning, of_prop
from opora.intake.pages.lines import prop_of, text_of
from opora.intake.pages.record import Cell, Record
from opora.intake.words.names import FoundName, any_name
from opora.intake.words.posts import starts_post

_DEEPEST = 8
"""Tables in tables; layouts of old sites have three."""
_NOT_MARKED = "строка не отмечена как педагогическая, а другие отмечены"


def read_tables(top: LexborNode) -> list[Record]:
    records: list[Record] = []
    last: Columns | None = None
    for table in top.css("table"):
        if _depth(table) > _DEEPEST:
            continue
        rows = grid_of(table)
        columns = header_of(rows) or _continued(last, rows)
        if columns is None or not columns.about_staff:
            continue
        last = columns
        records += _Table(rows, columns).records()
    return records


def _depth(table: LexborNode) -> int:
    depth = 0
    parent = table.parent
    while parent is not None and depth <= _DEEPEST:
        depth += parent.tag == "table"
        parent = parent.parent
    return depth


def _continued(last: Columns | None, rows: Sequence[GridRow]) -> Columns | None:
    """The columns of the table before, for one without a header whose names stand in the same column."""
    if last is None or not rows or len(rows[0].cells) != len(last.meanings):
        return None
    names = [row.cell(last.name_at) for row in rows]
    found = [cell for cell in names if cell is not None and any_name(cell.text)]
    return last.without_header() if len(found) * 2 > len(rows) else None


@dataclass(slots=True)
class _Table:
    rows: Sequence[GridRow]
    columns: Columns

    def records(self) -> list[Record]:
        found: list[tuple[GridRow, Record]] = []
        last_cell: GridCell | None = None
        for number, row in enumerate(self.rows[self.columns.first_row :], self.columns.first_row):
            name_cell = row.cell(self.columns.name_at)
            if name_cell is None or _is_section(row, name_cell):
                continue
            if found and (name_cell is last_cell or self._continues(row, name_cell)):
                self._add(row, self.rows[number - 1], found[-1][1])
                continue
            record = self._begin(row)
            if record is not None:
                found.append((row, record))
                last_cell = name_cell
        return _with_doubts(found)

    def _continues(self, row: GridRow, name_cell: GridCell) -> bool:
        """Whether the row goes on with the person above: no name, no number, but a course."""
        if name_cell.text or not self.columns.has_course_parts:
            return False
        return any(cell.text for cell in row.distinct)

    def _begin(self, row: GridRow) -> Record | None:
        if row.prop and row.prop.lower() != STAFF_PROP and of_prop(row.prop) is None:
            return None
        cells = [pair for cell in row.distinct for pair in self._cells(row, cell)]
        parts = [cell for cell in cells if cell.field is Field.NAME]
        whole = Cell(parts[0].meaning, " ".join(cell.text for cell in parts)) if parts else None
        name = any_name(whole.text) if whole else None
        if whole is None or name is None:
            return None
        record = Record(name, whole)
        self._fill(record, cells)
        _add_beside_name(record, name)
        return record

    def _add(self, row: GridRow, above: GridRow, record: Record) -> None:
        """A further row of the same person: what is merged with the row above is known already."""
        known = set(above.distinct)
        self._fill(record, [pair for cell in row.distinct if cell not in known for pair in self._cells(row, cell)])

    def _fill(self, record: Record, cells: Sequence[Cell]) -> None:
        course: dict[Field, Cell] = {}
        for cell in cells:
            if cell.field in COURSE_PARTS:
                course.setdefault(cell.field, cell)
            elif cell.text and cell.field not in (Field.NAME, Field.NUMBER):
                record.cells.append(cell)
        if any(cell.text for cell in course.values()):
            record.course_rows.append(course)

    def _cells(self, row: GridRow, cell: GridCell) -> list[Cell]:
        """The cell with its meaning; several where several marks stand in it."""
        column = next(place for place, other in enumerate(row.cells) if other is cell)
        announced = self.columns.meanings[column] if column < len(self.columns.meanings) else Meaning(Field.OTHER)
        marked = _marked_within(cell.node)
        if len(marked) > 1:
            return [Cell(_joined(announced, mark, prop=True), text) for mark, text in marked]
        meaning = _joined(announced, marked[0][0]) if marked else announced
        return [Cell(meaning, cell.text)]


def _joined(announced: Meaning, marked: Meaning, *, prop: bool = False) -> Meaning:
    """What the heading and the mark say together. Marks of education and courses are used for anything, so there the
    heading wins; elsewhere headings are vaguer."""
    vague = marked.field in (Field.EDUCATION, Field.QUALIFICATION, Field.TRAINING, Field.OTHER)
    if vague and not prop and announced.field not in (Field.OTHER, Field.NUMBER):
        return announced
    return Meaning(marked.field, announced.heading, announced.stages or marked.stages)


def _marked_within(node: LexborNode) -> list[tuple[Meaning, str]]:
    """The marks of a cell: its own, or the outermost ones of different fields within."""
    if own := of_prop(prop_of(node)):
        return [(own, "")]
    marked: dict[Field, tuple[Meaning, str]] = {}
    for inner in node.css("[itemprop]"):
        meaning = of_prop(prop_of(inner))
        if meaning and meaning.field not in marked:
            marked[meaning.field] = (meaning, text_of(inner))
    return list(marked.values())


def _is_section(row: GridRow, name_cell: GridCell) -> bool:
    """A row that one cell covers: «Учителя начальных классов», «Итого»."""
    return len(row.distinct) == 1 or name_cell.wide * 2 > len(row.cells)


def _add_beside_name(record: Record, name: FoundName) -> None:
    """«Иванова Мария Петровна, воспитатель» where there is no column of posts."""
    beside = name.rest.strip(" ,;–—-\n")
    if starts_post(beside) and not record.of(Field.POST):
        record.cells.append(Cell(Meaning(Field.POST, record.name_cell.meaning.heading), beside))


def _with_doubts(found: Sequence[tuple[GridRow, Record]]) -> list[Record]:
    marked = [row.prop.lower() == STAFF_PROP for row, _ in found]
    if any(marked) and sum(marked) * 2 >= len(marked):
        for is_marked, (_, record) in zip(marked, found, strict=True):
            record.doubt = "" if is_marked else _NOT_MARKED
    return [record for _, record in found]
