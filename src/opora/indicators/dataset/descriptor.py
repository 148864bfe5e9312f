"""The Data Package descriptor: what a folder of tables says about itself (https://datapackage.org)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

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
class FileForm:
    """Of the files of a folder."""

    ending: str
    media_type: str


PARQUET = FileForm("parquet", "application/vnd.apache.parquet")
CSV = FileForm("csv", "text/csv")
_NUMBERS, _TEXTS = "integer", "string"


@dataclass(frozen=True, slots=True)
class Descriptor:
    title: str
    synthetic: bool = False
    numbered: bool = False
    """Keys are whole numbers; of CSV files only the descriptor can tell it."""


def key_words(key_type: pa.DataType) -> str:
    return _NUMBERS if pa.types.is_integer(key_type) else _TEXTS


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
    title, synthetic = str(written.get("title") or folder.name), written.get("opora:synthetic") is True
    return Descriptor(title, synthetic, written.get("opora:keys") == _NUMBERS)


def descriptor_text(descriptor: Descriptor, tables: Iterator[Table], key_type: str, form: FileForm = PARQUET) -> str:
    """The descriptor of a folder of files with these tables."""
    package = {
        "profile": "data-package",
        "name": "opora-dataset",
        "title": descriptor.title,
        "opora:format": FORMAT,
        "opora:synthetic": descriptor.synthetic,
        "opora:keys": key_type,
        "resources": [_resource(table, key_type, form) for table in tables],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _resource(table: Table, key_type: str, form: FileForm) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": table.title,
        "description": table.meaning,
        "path": f"{table.name}.{form.ending}",
        "format": form.ending,
        "mediatype": form.media_type,
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
