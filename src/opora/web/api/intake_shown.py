"""Batches, files and lines in the shapes that programs are told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opora.intake.adapters import Asked, SheetAsked
from opora.intake.domain.numbers import RESULT
from opora.intake.models import IntakeBatch, IntakeFile, IntakeLine
from opora.intake.plan import Fate
from opora.intake.sheets.kinds import KINDS
from opora.web.api.intake_told import (
    AskedSheet,
    InTheWay,
    LikelyOrganisation,
    OneBatch,
    ToldBatch,
    ToldChoice,
    ToldFile,
    ToldLine,
    ToldMisread,
    ToldMoved,
    ToldMoves,
    ToldSheetColumn,
)
from opora.web.api.told import Number

Json = dict[str, Any]


def batch_as_told(kept: IntakeBatch) -> ToldBatch:
    return ToldBatch(**_batch(kept))


def one_batch(kept: IntakeBatch) -> OneBatch:
    numbers = None if kept.numbers is None else [_moves(each) for each in kept.numbers]
    return OneBatch(
        **_batch(kept),
        files=[_file(file) for file in kept.files.defer("content", "told")],
        numbers=numbers,
        refused=[InTheWay(**each) for each in kept.refused],
    )


def line_as_told(line: IntakeLine) -> ToldLine:
    assert line.fate is not None, "a line without a fate was not planned yet, and is not asked for"
    return ToldLine(
        number=line.number,
        file=line.file.number,
        name=line.name,
        table=line.table_name,
        fate=Fate(line.fate),
        reason=line.reason,
        place=line.place,
        cells=line.cells,
        changes=line.changes,
        row=line.row,
        row_id=line.row_id,
        choices=line.choices,
        answer=line.answer,
    )


def sheet_choices(sheet: SheetAsked) -> list[tuple[str, str]]:
    """What may be told of it: the meanings of a column, or of a sheet that nobody knows its kinds."""
    return sheet.mapping.choices() if sheet.mapping.kind else [(kind.code, kind.title) for kind in KINDS.values()]


def _batch(kept: IntakeBatch) -> Json:
    plain = ("title", "on", "state", "busy", "done", "total", "failure", "counts", "made_at")
    told = {name: getattr(kept, name) for name in (*plain, "committed_at", "undone_at")}
    return {"id": kept.pk, "town": kept.municipality_id, **told}


def _file(file: IntakeFile) -> ToldFile:
    asked = Asked.from_json(file.asked) if file.asked else Asked()
    return ToldFile(
        number=file.number,
        name=file.name,
        size=file.size,
        adapter=file.adapter,
        whose=asked.organisation,
        organisations=[LikelyOrganisation(key=e.key, title=e.title, sure=e.sure) for e in asked.organisations],
        sheets=list(_sheets(asked)),
        misread=[ToldMisread(**each) for each in file.misread],
    )


def _sheets(asked: Asked) -> Iterator[AskedSheet]:
    for sheet in asked.sheets:
        yield AskedSheet(
            key=sheet.key,
            title=sheet.title,
            kind=sheet.mapping.kind,
            sure=sheet.sure,
            columns=[ToldSheetColumn.from_orm(column) for column in sheet.mapping.columns],
            choices=[ToldChoice(code=code, title=title) for code, title in sheet_choices(sheet)],
            rows=[list(row) for row in sheet.rows],
        )


def _moves(told: Json) -> ToldMoves:
    return ToldMoves(programme=told["version"], title=told["title"], moved=[_moved(pair) for pair in told["moved"]])


def _moved(pair: Json) -> ToldMoved:
    was, becomes = (RESULT.validate_python(pair[side]) for side in ("was", "becomes"))
    told = (Number.from_orm(each.value) for each in (was, becomes))
    return ToldMoved(code=becomes.code, title=becomes.title, was=next(told), becomes=next(told))
