"""What a program tells of files, held against what was asked: as the form of the page does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from opora.intake.adapters import Asked, FileTold, SheetAsked
from opora.intake.models import IntakeBatch, IntakeFile
from opora.people.models import Organisation
from opora.registry.verbs import Fault, Refused
from opora.web.api.intake_shown import sheet_choices
from opora.web.api.intake_told import ColumnAnswer, FileAnswer

_SEE_FILES = "Посмотрите в ответе на запрос приёма (files)"


def files_told(kept: IntakeBatch, answers: Sequence[FileAnswer]) -> dict[int, FileTold]:
    """By the numbers of the files. Raises ``Refused`` with all that does not fit, told by the place of the answer."""
    files = {file.number: file for file in kept.files.defer("content")}
    own = Organisation.objects.filter(archived_at=None, municipality=kept.municipality_id)
    keys = set(own.values_list("key", flat=True))
    faults = [
        Fault(place, name, message, _SEE_FILES)
        for place, answer in enumerate(answers)
        for name, message in _faults(answer, files.get(answer.number), keys)
    ]
    if faults:
        raise Refused(tuple(faults))
    return {answer.number: _told(files[answer.number], answer) for answer in answers}


def _faults(answer: FileAnswer, file: IntakeFile | None, organisations: set[str]) -> Iterator[tuple[str, str]]:
    if file is None:
        yield "number", f"Файла {answer.number} в этом приёме нет"
        return
    asked = _asked(file)
    if answer.organisation and answer.organisation not in organisations:
        yield "organisation", f"Организации «{answer.organisation}» в реестре нет"
    sheets = {sheet.key: sheet for sheet in asked.sheets}
    for key, kind in answer.kinds.items():
        if key not in sheets or sheets[key].mapping.kind or kind not in dict(sheet_choices(sheets[key])):
            yield "kinds", f"О листе «{key}» не спрашивали, или вида «{kind}» нет"
    for each in answer.columns:
        if message := _column_fault(each, sheets.get(each.sheet)):
            yield "columns", message


def _column_fault(answer: ColumnAnswer, sheet: SheetAsked | None) -> str:
    if sheet is None or not sheet.mapping.kind:
        return f"О столбцах листа «{answer.sheet}» не спрашивали"
    places, known = {column.place for column in sheet.mapping.columns}, {"", *dict(sheet_choices(sheet))}
    if answer.place in places and answer.meaning in known:
        return ""
    return f"На листе «{sheet.title}» нет столбца {answer.place}, или «{answer.meaning}» в нём стоять не может"


def _told(file: IntakeFile, answer: FileAnswer) -> FileTold:
    """What was told before and is not told again stays."""
    before = FileTold.from_json(file.told)
    mappings = {
        sheet.key: sheet.mapping.corrected(
            {each.place: each.meaning for each in answer.columns if each.sheet == sheet.key}
        )
        for sheet in _asked(file).sheets
        if sheet.key not in answer.kinds
    }
    return replace(
        before,
        on=answer.on or before.on,
        organisation_key="" if answer.nobodys else answer.organisation or before.organisation_key,
        nobodys=answer.nobodys,
        about=answer.about or before.about,
        kinds={**before.kinds, **answer.kinds},
        mappings=mappings,
    )


def _asked(file: IntakeFile) -> Asked:
    return Asked.from_json(file.asked) if file.asked else Asked()
