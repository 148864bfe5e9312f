"""Lines of a batch: from readings and a plan to the database, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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

_AT_ONCE = 2_000
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
    lines = [
        IntakeLine(
            municipality_id=batch.municipality_id,
            batch=batch,
            file=file,
            table_name=line.table,
            name=storable(line.name),
            place=place_as_json(line.place),
            cells=cells_as_json(line.cells),
            doubt=storable(line.doubt),
            year=line.year,
            answer=answers.get((file.pk, line.name)),
        )
        for file, reading in zip(files, readings, strict=True)
        for line in reading.lines
    ]
    for number, line in enumerate(lines):
        line.number = number
    IntakeLine.objects.bulk_create(lines, _AT_ONCE)


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
    return Line(kept.table_name, kept.name, cells, place_of(kept.place), kept.doubt, kept.year)


def _planned(file: int, line: Line, fate: Fate, kept: IntakeLine) -> Planned:
    changes = changes_of(kept.table_name, kept.changes)
    return Planned(file, line, fate, kept.row, changes, kept.reason, tuple(kept.choices))


def keep_plan(batch: IntakeBatch, plan: Plan, rows: Rows) -> None:
    """Writes what has changed since the last plan, and counts the fates."""
    people, told = _people(plan, rows), {}
    for one in plan.lines:
        told[one.reading, one.line.name] = _as_columns(one, people, rows)
    files, changed = _numbers_of_files(batch), []
    for line in batch.lines.only("file", "name", *_PLANNED).iterator(_AT_ONCE):
        columns = told[files[line.file_id], line.name]
        if any(getattr(line, name) != value for name, value in columns.items()):
            for name, value in columns.items():
                setattr(line, name, value)
            changed.append(line)
    IntakeLine.objects.bulk_update(changed, _PLANNED, _AT_ONCE)
    batch.counts = {str(fate): sum(one.fate is fate for one in plan.lines) for fate in Fate}


def _as_columns(planned: Planned, people: Mapping[Name, int], rows: Rows) -> Json:
    return {
        "fate": str(planned.fate),
        "row": storable(planned.row),
        "changes": [change_as_json(change) for change in planned.changes],
        "reason": storable(planned.reason),
        "choices": list(planned.choices),
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
