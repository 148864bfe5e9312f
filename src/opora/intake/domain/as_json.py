"""Lines and plans as they are kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from sys import intern
from typing import Any

from opora.indicators.dataset.schema import Column, Kind
from opora.indicators.dataset.tables import STORED
from opora.intake.plan import Answer, Change, Say
from opora.intake.reading import Cell, Misread, Place, Ref, Value

Json = dict[str, Any]


def storable(text: str) -> str:
    """PostgreSQL has no place for the character 0 and for halves of letters: they are shown as unreadable."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def cells_as_json(cells: Mapping[str, Cell]) -> Json:
    return {name: _cell_as_json(cell) for name, cell in cells.items()}


def cells_of(table: str, told: Mapping[str, Json]) -> dict[str, Cell]:
    """Columns that another Opora had are left out."""
    declared = STORED[table]
    return {
        column.name: _cell(column, each) for name, each in told.items() if (column := declared.column(name)) is not None
    }


def _cell_as_json(cell: Cell) -> Json:
    value = {"line": storable(cell.value.line)} if isinstance(cell.value, Ref) else _value_as_json(cell.value)
    return {"value": value, "column": storable(cell.column), "doubt": storable(cell.doubt)}


def _cell(column: Column, told: Json) -> Cell:
    value = told["value"]
    if isinstance(value, dict):
        return Cell(Ref(value["line"]), intern(told["column"]), intern(told["doubt"]))
    return Cell(_value(column, value), intern(told["column"]), intern(told["doubt"]))


def _value_as_json(value: Value | None) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    return storable(value) if isinstance(value, str) else value


def _value(column: Column, told: Any) -> Value | None:
    """What is no date where there ought to be one stays as it is: the plan tells so."""
    if column.kind is Kind.DATE and isinstance(told, str):
        try:
            return dt.date.fromisoformat(told)
        except ValueError:
            return told
    value: Value | None = told
    return value


def change_as_json(change: Change) -> Json:
    was, becomes = (_value_as_json(value) for value in (change.was, change.becomes))
    return {"column": change.column, "was": was, "becomes": becomes, "doubt": storable(change.doubt)}


def changes_of(table: str, told: list[Json]) -> tuple[Change, ...]:
    declared = STORED[table]
    return tuple(
        Change(column.name, _value(column, each["was"]), _value(column, each["becomes"]), each["doubt"])
        for each in told
        if (column := declared.column(each["column"])) is not None
    )


def place_as_json(place: Place) -> Json:
    return {"file": storable(place.file), "sheet": storable(place.sheet), "row": place.row, "column": place.column}


def place_of(told: Json) -> Place:
    """What many lines share is kept once, here as in their cells: a large sheet has hundreds of thousands of them."""
    return Place(intern(told["file"]), intern(told["sheet"]), told["row"], intern(told["column"]))


def misread_as_json(misread: Misread) -> Json:
    return {"place": storable(str(misread.place)), "message": storable(misread.message), "mend": misread.mend}


def answer_as_json(answer: Answer) -> Json:
    return asdict(answer)


def answer_of(told: Json) -> Answer:
    return Answer(Say(told["say"]), told["row"])
