"""Which cells a condition reads, so that one that is empty can be named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from opora.indicators.dataset.coverage import DECIDED_BY
from opora.indicators.dataset.tables import STORED, TABLES
from opora.indicators.formula import bound as b
from opora.indicators.formula.kinds import column_of, innermost
from opora.indicators.formula.words import phrase, value

Path = tuple[b.Follow, ...]
"""References from a row to the one of which something is asked."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Something that a condition reads; ``words`` say what is missing where it is empty."""

    item: b.Item
    words: str


def core(item: b.Item) -> tuple[Path, b.Item]:
    """What is asked, without names, and the references that lead to the row of which it is asked."""
    path: Path = ()
    while isinstance(item, (b.Defined, b.Follow)):
        path = (*path, item) if isinstance(item, b.Follow) else path
        item = item.item
    return path, item


def along(path: Path, item: b.Item) -> b.Item:
    """``item`` of the row at the end of the references."""
    for follow in reversed(path):
        item = replace(follow, item=item, type=item.type)
    return item


def key_at(path: Path, table: str) -> tuple[str, b.Item]:
    """The table at the end of the references, and the key of its row."""
    if not path:
        return table, b.Key(table)
    return path[-1].to, along(path[:-1], _reference(path[-1]))


def cells(item: object, path: Path = ()) -> Iterator[Cell]:
    """What an item reads of its own row and of those to which references lead, in the order of reading."""
    match item:
        case b.Attribute():
            yield Cell(along(path, item), _empty(item))
        case b.Follow(item=inner):
            yield from cells(_reference(item), path)
            yield from cells(inner, (*path, item))
        case b.Outer(_, inner):
            known = innermost(inner)
            yield Cell(item, _empty(known) if isinstance(known, b.Attribute) else f"не известно: {value(inner)}")
        case b.Instant("programme_start"):
            yield Cell(item, "в программе не указано, когда она начинается")
        case b.Latest(rows):
            yield Cell(along(path, item), _no_latest(item))
            yield from _window_cells(rows.window, path)
        case b.Has(rows) | b.Every(rows) | b.Tally(rows=rows):
            yield from _window_cells(rows.window, path)
        case b.IsKnown():
            return
        case _:
            for part in b.parts(item):
                yield from cells(part, path)


def _window_cells(window: b.Window, path: Path) -> Iterator[Cell]:
    if isinstance(window, b.From):
        yield from cells(window.start, path)


def _reference(follow: b.Follow) -> b.Attribute:
    column = TABLES[follow.table].column(follow.ref)
    assert column is not None
    return b.Attribute(follow.table, column, b.Type.KEY)


def _empty(attribute: b.Attribute) -> str:
    return _said(attribute.column.title, sheet(attribute.table))


def _said(title: str, sheet: str) -> str:
    return f"не указано «{title}» (лист «{sheet}»)"


def named_cell(words: str) -> tuple[str, str] | None:
    """The stored table and its column of which these words say that it is empty: where to go to fill it."""
    return next((cell for said, cell in _every_cell().items() if said in words), None)


def named_list(words: str) -> str | None:
    """The stored table of which these words say that it lacks rows, or may."""
    found = re.search(r"(?:на листе|что лист) «([^»]+)»", words)
    return _every_list().get(found[1]) if found else None


@cache
def _every_cell() -> dict[str, tuple[str, str]]:
    return {
        _said(column.title, table.title): (table.name, column.name)
        for table in STORED.values()
        for column in table.columns
    }


@cache
def _every_list() -> dict[str, str]:
    return {table.title: table.name for table in STORED.values()}


def sheet(table: str) -> str:
    """The sheet into which the rows are written: of a derived table, that from which it is made."""
    return TABLES[DECIDED_BY.get(table, table)].title


def _no_latest(item: b.Latest) -> str:
    """Said only where no other cell is found empty: nothing was found, or what was found is empty."""
    inner = column_of(item.item)
    nothing = phrase(b.Has(item.rows, None), negated=True)
    return f"{nothing}, или в последней записи не указано «{inner.title}»" if inner is not None else nothing


def first_empty(found: Sequence[Cell], empty: Sequence[bool]) -> str:
    return next((cell.words for cell, is_empty in zip(found, empty, strict=True) if is_empty), "")
