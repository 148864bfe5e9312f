"""Lines of a batch: from readings and a plan to the database, and back."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from sys import intern

import pyarrow as pa

from opora.indicators.dataset.tables import STORED
from opora.intake.domain.as_json import (
    Json,
    answer_of,
    cells_as_json,
    cells_of,
    change_as_json,
    changes_of,
    place_as_json,
    place_of,
    storable,
)
from opora.intake.domain.rows import Rows
from opora.intake.matching.planning import Name
from opora.intake.models import IntakeBatch, IntakeFile, IntakeLine
from opora.intake.plan import Answer, Fate, Plan, Planned
from opora.intake.reading import Line, Reading, Ref
from opora.snapshot.copying import execute, names, quoted, stage

_AT_ONCE = 5_000
_LINES, _STAGED = "intake_line", "staged_lines"
_WHOLE = ("file_id", "municipality_id", "batch_id", "number", "year", "person_id", "row_id")
_TYPES = dict.fromkeys(_WHOLE, pa.int64())
"""Of columns that are no texts."""
_PLANNED = ("fate", "row", "changes", "reason", "choices", "person_id", "row_id")
"""Columns that a plan fills."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a batch holds: as it was read, answered and planned."""

    readings: tuple[Reading, ...]
    answers: Mapping[Name, Answer]
    plan: Plan
    numbers: Mapping[Name, int]
    """Of the lines in the batch."""


def keep_lines(batch: IntakeBatch, files: Sequence[IntakeFile], readings: Sequence[Reading]) -> None:
    """In place of those of an earlier reading, with the answers that were given to them."""
    answers = {
        (line.file_id, line.name): line.answer
        for line in batch.lines.exclude(answer=None).only("file", "name", "answer")
    }
    batch.lines.all().delete()
    of_batch = {"municipality_id": batch.municipality_id, "batch_id": batch.pk}
    every = ((file, line) for file, reading in zip(files, readings, strict=True) for line in reading.lines)
    rows = (
        of_batch | {"number": number} | _as_read(file, line, answers.get((file.pk, line.name)))
        for number, (file, line) in enumerate(every)
    )
    for columns in _staged(rows):
        listed = names(columns)
        execute(f"INSERT INTO {_LINES} ({listed}) SELECT {listed} FROM {_STAGED}")


def _as_read(file: IntakeFile, line: Line, answer: Json | None) -> Json:
    return {
        "file_id": file.pk,
        "table_name": line.table,
        "name": storable(line.name),
        "place": _json(place_as_json(line.place)),
        "cells": _json(cells_as_json(line.cells)),
        "doubt": storable(line.doubt),
        "year": line.year,
        "answer": None if answer is None else _json(answer),
        "row": "",
        "changes": "[]",
        "reason": "",
        "choices": "[]",
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _staged(rows: Iterable[Json]) -> Iterator[list[str]]:
    """Some at a time in a temporary table, whose columns are told: Django would take minutes for a large batch."""
    rest = iter(rows)
    while some := list(islice(rest, _AT_ONCE)):
        columns = list(some[0])
        made = pa.Table.from_pylist(some, schema=pa.schema([(name, _TYPES.get(name, pa.string())) for name in columns]))
        stage(_STAGED, _LINES, {name: quoted(name) for name in columns}, made)
        yield columns
        execute(f"DROP TABLE {_STAGED}")


def kept_in(batch: IntakeBatch) -> Kept:
    lines: defaultdict[int, list[Line]] = defaultdict(list)
    answers, numbers, planned = {}, {}, []
    files = _numbers_of_files(batch)
    for kept in batch.lines.order_by("number").defer("before", "after").iterator(_AT_ONCE):
        file, line = files[kept.file_id], _line(kept)
        lines[file].append(line)
        numbers[file, line.name] = kept.number
        if kept.answer is not None:
            answers[file, line.name] = answer_of(kept.answer)
        if kept.fate is not None:
            planned.append(_planned(file, line, Fate(kept.fate), kept))
    readings = (Reading(tuple(lines[file])) for file in sorted(files.values()))
    return Kept(tuple(readings), answers, Plan(tuple(planned)), numbers)


def _numbers_of_files(batch: IntakeBatch) -> dict[int, int]:
    """By their ids: with a file its whole content would come."""
    return dict(batch.files.values_list("pk", "number"))


def _line(kept: IntakeLine) -> Line:
    cells = cells_of(kept.table_name, kept.cells)
    return Line(intern(kept.table_name), kept.name, cells, place_of(kept.place), kept.doubt, kept.year)


def _planned(file: int, line: Line, fate: Fate, kept: IntakeLine) -> Planned:
    changes = changes_of(kept.table_name, kept.changes)
    return Planned(file, line, fate, kept.row, changes, kept.reason, tuple(kept.choices))


def keep_plan(batch: IntakeBatch, numbers: Mapping[Name, int], plan: Plan, rows: Rows) -> None:
    """Writes what has changed since the last plan, and counts the fates. ``numbers``: of the lines."""
    people = _people(plan, rows)
    told = ({"number": numbers[_name(one)], **_as_columns(one, people, rows)} for one in plan.lines)
    was, becomes = (", ".join(f"{of}.{quoted(name)}" for name in _PLANNED) for of in "ls")
    for _ in _staged(told):
        execute(
            f"UPDATE {_LINES} l SET ({names(_PLANNED)}) = ROW ({becomes}) FROM {_STAGED} s "
            f"WHERE l.batch_id = {batch.pk} AND l.number = s.number AND ({was}) IS DISTINCT FROM ({becomes})"
        )
    batch.counts = {str(fate): sum(one.fate is fate for one in plan.lines) for fate in Fate}


def _name(planned: Planned) -> Name:
    return planned.reading, planned.line.name


def _as_columns(planned: Planned, people: Mapping[Name, int], rows: Rows) -> Json:
    return {
        "fate": str(planned.fate),
        "row": storable(planned.row),
        "changes": _json([change_as_json(change) for change in planned.changes]),
        "reason": storable(planned.reason),
        "choices": _json(list(planned.choices)),
        "person_id": people.get((planned.reading, planned.line.name)),
        "row_id": rows.ids(planned.line.table).get(planned.row),
    }


def _people(plan: Plan, rows: Rows) -> dict[Name, int]:
    """Whom each line is about, where her card is there: of those among whom one must choose, the likeliest."""
    ids = rows.ids("person")
    told: dict[Name, int] = {}
    for one in plan.lines:
        keys = [*_named(one), *one.choices] if one.line.table == "person" else _named(one)
        found = (told.get((one.reading, key.line)) if isinstance(key, Ref) else ids.get(key) for key in keys)
        person = next((pk for pk in found if pk is not None), None)
        if person is not None:
            told[one.reading, one.line.name] = person
    return told


def _named(planned: Planned) -> Iterable[str | Ref]:
    """By what a line names people: the one whose row it is goes first."""
    if planned.line.table == "person":
        return [planned.row]
    columns = [column.name for column in STORED[planned.line.table].refs() if column.to == "person"]
    values = (planned.line.cells[name].value for name in columns if name in planned.line.cells)
    return [value for value in values if isinstance(value, str | Ref)]
