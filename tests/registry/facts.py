"""Random small datasets that have no faults: every table, every kind of value, letters that break things."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
from hypothesis import strategies as st

from opora.indicators.dataset.arrow import table_of_rows
from opora.indicators.dataset.schema import Column, Kind, Table
from opora.indicators.dataset.store import Dataset, dataset_of_tables
from opora.indicators.dataset.tables import STORED

Row = dict[str, Any]
Rows = dict[str, list[Row]]

TOWN = "город"
PERIODS = (
    ("since", "until"),
    ("started", "completed"),
    ("register_since", "register_until"),
    ("found_on", "closed_on"),
)
TEXTS = st.one_of(
    st.sampled_from(["математика", 'МБОУ «СОШ № 5», "филиал"', "два\nряда", "a,b;c\td", "\\N", "NULL", "ёЁ'"]),
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1).filter(lambda t: t.strip()),
)
DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2030, 12, 31))
BIRTHS = st.dates(dt.date(1950, 1, 1), dt.date(1990, 12, 31))
NUMBERS = st.floats(0, 1e12, allow_nan=False, allow_infinity=False)
WHOLE = st.integers(0, 2**63 - 1)


@st.composite
def datasets(draw: st.DrawFn, *, towns: int = 1) -> Dataset:
    """Of a country with one region and so many towns in it, called «город», «город 2» …"""
    rows: Rows = {"territory": territories(towns)}
    for name in STORED:
        if name != "territory":
            count = draw(st.integers(1, 3) if name in ("organisation", "person") else st.integers(0, 3))
            rows[name] = [{"id": f"{name[0]}{place}"} for place in range(count)]
    for name, found in rows.items():
        if name != "territory":
            full = [row | draw(_cells(STORED[name], rows)) for row in found]
            rows[name] = [row for row in full if _possible(STORED[name], row)]
    return dataset(sound(rows))


def territories(towns: int = 1) -> list[Row]:
    above: list[Row] = [
        {"id": "страна", "title": "Россия", "kind": "country", "parent": None},
        {"id": "регион", "title": "Томская область", "kind": "region", "parent": "страна"},
    ]
    names = [TOWN if place == 0 else f"{TOWN} {place + 1}" for place in range(towns)]
    return above + [{"id": name, "title": name.title(), "kind": "municipality", "parent": "регион"} for name in names]


def dataset(rows: Rows) -> Dataset:
    return dataset_of_tables({name: arrow(name, found) for name, found in rows.items()}, title="Набор")


def arrow(name: str, rows: list[Row]) -> pa.Table:
    return table_of_rows(STORED[name], rows)


@st.composite
def _cells(draw: st.DrawFn, table: Table, rows: Rows) -> Row:
    row = {column.name: draw(_cell(table, column, rows)) for column in table.columns if column.kind is not Kind.KEY}
    for start, end in PERIODS:
        if row.get(start) and row.get(end):
            row[start], row[end] = sorted((row[start], row[end]))
    return row


def _cell(table: Table, column: Column, rows: Rows) -> st.SearchStrategy[Any]:
    value = _value(table, column, rows)
    return value if column.required else st.none() | value


def _value(table: Table, column: Column, rows: Rows) -> st.SearchStrategy[Any]:
    if column.to == "territory":
        return st.sampled_from([row["id"] for row in rows["territory"] if row["kind"] == "municipality"])
    if column.kind is Kind.REF:
        return st.sampled_from([row["id"] for row in rows[column.to]] or [None])
    if (table.name, column.name) == ("coverage", "table"):
        return st.sampled_from(list(STORED))
    if column.name == "born":
        return BIRTHS
    return {
        Kind.CHOICE: st.sampled_from([code for code, _ in column.choices] or [""]),
        Kind.TEXT: TEXTS,
        Kind.DATE: DAYS,
        Kind.FLAG: st.booleans(),
        Kind.INTEGER: WHOLE,
        Kind.NUMBER: NUMBERS,
    }[column.kind]


def _possible(table: Table, row: Row) -> bool:
    """Whether there was something to refer to, and nobody mentors herself."""
    return all(row[column.name] is not None for column in table.columns if column.required) and (
        table.name != "mentorship" or row["mentor"] != row["mentee"]
    )


def sound(rows: Rows) -> Rows:
    """Without rows that repeat others, give somebody a second main job, or refer to what is not there."""
    busy: set[str] = set()
    for row in rows["employment"]:
        if row["kind"] == "main" and row["person"] in busy:
            row["kind"] = "internal"
        busy.add(row["person"])
    kept = {name: _distinct(STORED[name], found) for name, found in rows.items()}
    before = -1
    while before != (before := sum(map(len, kept.values()))):
        keys = {name: {None} | {row["id"] for row in found} for name, found in kept.items()}
        for name, found in kept.items():
            refs = list(STORED[name].refs())
            kept[name] = [row for row in found if all(row[ref.name] in keys[ref.to] for ref in refs)]
    return kept


def _distinct(table: Table, rows: list[Row]) -> list[Row]:
    seen: set[tuple[Any, ...]] = set()
    found = []
    for row in rows:
        told = [tuple(value for name, value in row.items() if name != "id")]
        told += [(unique, *values) for unique in table.unique if None not in (values := [row[name] for name in unique])]
        if not seen.intersection(told):
            found.append(row)
        seen.update(told)
    return found
