"""By what a row is found whose key a source does not know."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from opora.indicators.dataset.schema import Kind, Table, Time
from opora.indicators.dataset.tables import STORED


@dataclass(frozen=True, slots=True)
class Natural:
    must: tuple[str, ...]
    """What is stated of these is equal."""
    tells_apart: tuple[str, ...] = ()
    """Rows in which one of these is known and another than stated are other rows."""


_DECLARED = {
    "person": Natural(("last_name", "first_name", "patronymic")),
    "organisation": Natural(("title",)),
    "employment": Natural(("person", "organisation", "post"), ("kind", "since")),
    "leave": Natural(("person",), ("kind", "since")),
    "teaching": Natural(("person", "organisation", "subject"), ("classes", "since")),
    "experience": Natural(("person", "kind", "date")),
    "education": Natural(("person", "level"), ("institution", "speciality", "qualification", "date")),
    "attestation": Natural(("person", "category"), ("post", "since")),
    "training_programme": Natural(("title",), ("kind", "hours", "provider")),
    "training": Natural(("person", "programme"), ("completed", "document_number")),
    "instrument": Natural(("title",)),
    "diagnostic_result": Natural(("person", "date"), ("instrument", "measures", "subject")),
    "contest": Natural(("title",), ("level", "date")),
    "contest_entry": Natural(("person", "contest"), ("date",)),
    "association": Natural(("title",)),
    "membership": Natural(("person", "association"), ("since",)),
}
_APART = frozenset({Kind.REF, Kind.TEXT})


@cache
def natural(table: str) -> Natural:
    return _DECLARED.get(table) or _of_declaration(STORED[table])


def _of_declaration(table: Table) -> Natural:
    """The first set that is declared unique, else what is required; its other references, texts and day tell apart."""
    if table.unique:
        return Natural(table.unique[0])
    must = tuple(
        column.name for column in table.columns if column.required and column.name not in ("id", "municipality")
    )
    days = (table.start,) if table.time is not Time.ENTITY else ()
    apart = tuple(
        column.name
        for column in table.columns
        if column.name not in must and column.name != "municipality" and (column.kind in _APART or column.name in days)
    )
    return Natural(must, apart)
