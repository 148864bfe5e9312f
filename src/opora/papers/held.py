"""What is held on a person, for her: a workbook that she can read, and JSON that a program can."""

from __future__ import annotations

import json
from pathlib import Path

from opora.privacy.held import Held, HeldTable

from . import words
from .sheets import Book, Cell, Column, Head, Link, sheet_names

_ABOUT, _CHANGES, _READINGS = "О человеке", "Изменения", "Кто читал"
_NARROW, _WIDE = 14.0, 34.0
_LONG_TITLE = 12
_WHEN = Column("Когда", 17)
_WHO = (Column("Кто", 30), Column("Откуда", 16))


def write_held_workbook(held: Held, path: Path) -> None:
    names = sheet_names([table.title for table in held.tables], (_ABOUT, _CHANGES, _READINGS))
    with Book(path, title=f"Всё, что хранится: {held.person}", made=held.made_at.date()) as book:
        _about(book, held, names)
        for table, name in zip(held.tables, names, strict=True):
            _table(book, held, table, name)
        _changes(book, held)
        _readings(book, held)


def write_held_json(held: Held, path: Path) -> None:
    tables = {
        table.name: {
            "title": table.title,
            "rows": [
                {field: cell for field, cell in zip(table.fields, row, strict=True) if cell} for row in table.rows
            ],
            "titles": dict(zip(table.fields, table.columns, strict=True)),
        }
        for table in held.tables
    }
    told = {
        "person": held.person,
        "made_at": held.made_at.isoformat(),
        "snils": held.snils,
        "tables": tables,
        "changes": [
            {
                "at": each.at.isoformat(),
                "who": each.who,
                "address": each.address,
                "table": each.table,
                "action": each.action,
                "columns": [{"title": one.title, "before": one.before, "after": one.after} for one in each.columns],
            }
            for each in held.changes
        ],
        "readings": [
            {"at": each.at.isoformat(), "who": each.who, "address": each.address, "what": each.what}
            for each in held.readings
        ],
    }
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")


def _about(book: Book, held: Held, names: list[str]) -> None:
    lines = [
        f"Составлено {held.made_at.astimezone():%d.%m.%Y %H:%M} по запросу человека (152-ФЗ, ст. 14).",
        "Другие люди здесь не названы. Зачем каждое поле и сколько хранится — в реестре персональных данных.",
    ]
    if held.snils:
        lines.append(f"СНИЛС: {held.snils} (хранится зашифрованным)")
    sheet = book.sheet(_ABOUT, (Column("Что хранится", 46), Column("Строк", 10, "number")), _head(held, *lines))
    for table, name in zip(held.tables, names, strict=True):
        sheet.add(Link(words.capital(table.title), name), len(table.rows))
    sheet.add(Link("Журнал изменений", _CHANGES), len(held.changes))
    sheet.add(Link("Журнал чтений карточки", _READINGS), len(held.readings))
    sheet.finish()


def _table(book: Book, held: Held, table: HeldTable, name: str) -> None:
    """Columns in which nothing is filled are left out."""
    filled = [place for place in range(len(table.columns)) if any(row[place] for row in table.rows)]
    columns = [Column(table.columns[place], _width([row[place] for row in table.rows])) for place in filled]
    sheet = book.sheet(name, columns, _head(held, words.capital(table.title)))
    for row in table.rows:
        sheet.add(*(row[place] for place in filled))
    sheet.finish()


def _width(cells: list[str]) -> float:
    return _WIDE if max(map(len, cells)) > _LONG_TITLE else _NARROW


def _changes(book: Book, held: Held) -> None:
    columns = (_WHEN, *_WHO, Column("Таблица", 22), Column("Что", 12), Column("Было → стало", 70))
    sheet = book.sheet(_CHANGES, columns, _head(held, "Кто и что менял, начиная с последнего"))
    for each in held.changes:
        told = "\n".join(f"{one.title}: {one.before} → {one.after}" for one in each.columns)
        cells: tuple[Cell, ...] = (
            f"{each.at.astimezone():%d.%m.%Y %H:%M}",
            each.who,
            each.address,
            each.table,
            each.action,
            told,
        )
        sheet.add(*cells)
    sheet.finish()


def _readings(book: Book, held: Held) -> None:
    sheet = book.sheet(_READINGS, (_WHEN, *_WHO, Column("Что прочитано", 40)), _head(held, "Кто читал карточку"))
    for each in held.readings:
        sheet.add(f"{each.at.astimezone():%d.%m.%Y %H:%M}", each.who, each.address, each.what)
    sheet.finish()


def _head(held: Held, *lines: str) -> Head:
    return Head(held.person, lines)
