"""The Data Package descriptor: what a folder of tables says about itself (https://datapackage.org)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opora.indicators.dataset.faults import unreadable
from opora.indicators.dataset.schema import Column, Kind, Table

DESCRIPTOR = "datapackage.json"
FORMAT = 1
"""Version of the layout; grows when an older Opora could no longer read it."""

_TYPES = {
    Kind.TEXT: "string",
    Kind.CHOICE: "string",
    Kind.INTEGER: "integer",
    Kind.NUMBER: "number",
    Kind.FLAG: "boolean",
    Kind.DATE: "date",
}


@dataclass(frozen=True, slots=True)
class Descriptor:
    title: str
    synthetic: bool = False


def read_descriptor(folder: Path) -> Descriptor:
    """What the folder says of itself; without a descriptor it is called by its own name and taken for real data."""
    path = folder / DESCRIPTOR
    if not path.exists():
        return Descriptor(folder.name)
    try:
        written = json.loads(path.read_text("utf-8-sig"))
    except ValueError as error:
        raise unreadable("Описание набора данных испорчено", "Запишите папку заново", f"файл {DESCRIPTOR}") from error
    if not isinstance(written, dict):
        raise unreadable("Описание набора данных испорчено", "Запишите папку заново", f"файл {DESCRIPTOR}")
    if written.get("opora:format", FORMAT) != FORMAT:
        raise unreadable("Набор данных записан более новой Опорой", "Обновите Опору", f"файл {DESCRIPTOR}")
    return Descriptor(str(written.get("title") or folder.name), written.get("opora:synthetic") is True)


def descriptor_text(descriptor: Descriptor, tables: Iterator[Table], key_type: str) -> str:
    """The descriptor of a folder of Parquet files with these tables."""
    package = {
        "profile": "data-package",
        "name": "opora-dataset",
        "title": descriptor.title,
        "opora:format": FORMAT,
        "opora:synthetic": descriptor.synthetic,
        "resources": [_resource(table, key_type) for table in tables],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _resource(table: Table, key_type: str) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": table.title,
        "description": table.meaning,
        "path": f"{table.name}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "opora:time": table.time.value,
        "opora:personal": table.personal,
        "schema": {
            "fields": [_field(column, key_type) for column in table.columns],
            "primaryKey": table.key,
            "foreignKeys": [
                {"fields": column.name, "reference": {"resource": column.to, "fields": "id"}} for column in table.refs()
            ],
        },
    }


def _field(column: Column, key_type: str) -> dict[str, Any]:
    described = {
        "name": column.name,
        "title": column.title,
        "description": column.meaning,
        "type": _TYPES.get(column.kind, key_type),
        "constraints": _constraints(column),
        "opora:labels": dict(column.choices),
        "opora:personal": column.personal,
    }
    return {name: value for name, value in described.items() if value}


def _constraints(column: Column) -> dict[str, Any]:
    constraints = {
        "required": column.required or None,
        "minimum": column.minimum,
        "enum": [code for code, _ in column.choices] or None,
    }
    return {name: value for name, value in constraints.items() if value is not None}
