"""A sheet of people from its first row to its last."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from opora.indicators.dataset.cells import Raw, is_blank
from opora.intake.reading import Cell, Misread, Place
from opora.intake.sheets.kinds import KINDS
from opora.intake.sheets.layout import Layout, body
from opora.intake.sheets.mapping import MappedColumn, SheetMapping
from opora.intake.sheets.opening import Sheet
from opora.intake.sheets.people.courses import tell_courses
from opora.intake.sheets.people.deeds import about_of, tell_contests, tell_diagnostics, tell_membership
from opora.intake.sheets.people.person import People, Who
from opora.intake.sheets.people.places import names_organisation, organisation_in
from opora.intake.sheets.people.row import Gathered, Of, Row
from opora.intake.sheets.people.standing import tell_standing
from opora.intake.sheets.people.work import tell_mentioned_job, tell_work
from opora.intake.sheets.told import Told
from opora.intake.sheets.values import words
from opora.intake.words.letters import plain
from opora.intake.words.names import any_name

_Telling = Callable[[Row, Who], None]
_OF_KIND: dict[str, tuple[_Telling, ...]] = {
    "staff": (tell_work, tell_standing, tell_courses),
    "courses": (tell_mentioned_job, tell_courses),
    "diagnostics": (tell_mentioned_job, tell_diagnostics),
    "contests": (tell_mentioned_job, tell_contests),
    "members": (tell_mentioned_job, tell_membership),
}
_NEEDS_DAY = ("experience_total", "experience_pedagogical", "experience_position")
_NEEDS_TITLE = {
    "members": ("association", "Не сказано, какое это объединение: без названия его состав не записать"),
    "contests": ("contest", "Не сказано, какой это конкурс: без названия его итоги не записать"),
}
_FROM_TITLE = "организация понята из заголовка листа"
_ABOUT_ONE = frozenset({"members", "contests", "diagnostics"})


def read_people(
    gathered: Gathered, people: People, file: str, sheet: Sheet, layout: Layout, mapping: SheetMapping, told: Told
) -> None:
    of = _of(gathered, file, sheet, layout, mapping, told)
    _tell_missing(of, mapping.kind)
    for number, cells in body(sheet, layout):
        if title := _part_title(cells):
            _begin_part(of, number, title)
            continue
        row = Row(of, number, cells)
        if of.broken:
            row.tell_broken()
        who = people.who(row)
        if who is not None:
            for tell in _OF_KIND[mapping.kind]:
                tell(row, who)


def _part_title(cells: Sequence[Raw]) -> str:
    """Of a row that is one text and names nobody: «МБОУ СОШ № 1», «Начальные классы»."""
    filled = (cell for cell in cells if not is_blank(cell))
    first = next(filled)
    if not isinstance(first, str) or any(cell != first for cell in filled):
        return ""
    title = " ".join(words(first).split())
    return title if names_organisation(title) or not any_name(title) else ""


def _begin_part(of: Of, number: int, title: str) -> None:
    """A list of a town is cut by schools: their titles stand over their people."""
    if names_organisation(title):
        ref = of.gathered.refer(Place(of.file, of.sheet, number), "organisation", {"title": Cell(title)})
        of.organisation = Cell(ref)


def _titles(sheet: Sheet, layout: Layout, kind: str) -> Sequence[str]:
    """Those over the table; without them that of the sheet, unless it is «Лист1»."""
    of_sheet = [sheet.title] if re.search(KINDS[kind].told_by, plain(sheet.title)) else []
    return layout.titles or of_sheet


def _tell_missing(of: Of, kind: str) -> None:
    """What all the rows need and none of them says."""
    place = Place(of.file, of.sheet)
    if of.on is None and any(meaning in of.columns for meaning in _NEEDS_DAY):
        message = "Не сказано, на какой день составлен список: без этого дня стаж не записать"
        of.gathered.misread.append(Misread(place, message, "Укажите день списка при загрузке"))
    meaning, question = _NEEDS_TITLE.get(kind, ("", ""))
    if meaning and meaning not in of.columns and not of.about:
        of.gathered.misread.append(Misread(place, question, "Укажите название при загрузке"))


def _of(gathered: Gathered, file: str, sheet: Sheet, layout: Layout, mapping: SheetMapping, told: Told) -> Of:
    columns: dict[str, list[MappedColumn]] = {}
    for column in mapping.columns:
        if column.meaning:
            columns.setdefault(column.meaning, []).append(column)
    title = "" if sheet.is_file else sheet.title
    about = told.about or (about_of(_titles(sheet, layout, mapping.kind)) if mapping.kind in _ABOUT_ONE else "")
    of = Of(gathered, file, title, columns, sheet.broken, layout.as_of or told.on, about)
    if told.organisation or told.organisation_key:
        stated = {"title": told.organisation, "id": told.organisation_key}
        cells = {name: Cell(value) for name, value in stated.items() if value}
        of.organisation = Cell(gathered.refer(Place(file), "organisation", cells))
    elif "organisation" not in columns and (named := organisation_in(layout.titles)):
        cells = {"title": Cell(named, doubt=_FROM_TITLE)}
        of.organisation = Cell(gathered.refer(Place(file, title), "organisation", cells))
    return of
