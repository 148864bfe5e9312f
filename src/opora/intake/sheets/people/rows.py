"""A sheet of people from its first row to its last."""

from __future__ import annotations

from collections.abc import Callable

from opora.intake.reading import Cell, Misread, Place
from opora.intake.sheets.layout import Layout, body
from opora.intake.sheets.mapping import MappedColumn, SheetMapping
from opora.intake.sheets.opening import Sheet
from opora.intake.sheets.people.courses import tell_courses
from opora.intake.sheets.people.deeds import tell_contests, tell_diagnostics, tell_membership
from opora.intake.sheets.people.person import People, Who
from opora.intake.sheets.people.row import Gathered, Of, Row
from opora.intake.sheets.people.standing import tell_standing
from opora.intake.sheets.people.work import tell_work
from opora.intake.sheets.told import Told

_Telling = Callable[[Row, Who], None]
_OF_KIND: dict[str, tuple[_Telling, ...]] = {
    "staff": (tell_work, tell_standing, tell_courses),
    "courses": (tell_courses,),
    "diagnostics": (tell_diagnostics,),
    "contests": (tell_contests,),
    "members": (tell_membership,),
}
_NEEDS_DAY = ("experience_total", "experience_pedagogical", "experience_position")
_ABOUT_ONE = frozenset({"members", "contests", "diagnostics"})


def read_people(
    gathered: Gathered, people: People, file: str, sheet: Sheet, layout: Layout, mapping: SheetMapping, told: Told
) -> None:
    of = _of(gathered, file, sheet, layout, mapping, told)
    if of.on is None and any(meaning in of.columns for meaning in _NEEDS_DAY):
        message = "Не сказано, на какой день составлен список: без этого дня стаж не записать"
        gathered.misread.append(Misread(Place(file, of.sheet), message, "Укажите день списка при загрузке"))
    for number, cells in body(sheet, layout):
        row = Row(of, number, cells)
        if of.broken:
            row.tell_broken()
        who = people.who(row)
        if who is not None:
            for tell in _OF_KIND[mapping.kind]:
                tell(row, who)


def _of(gathered: Gathered, file: str, sheet: Sheet, layout: Layout, mapping: SheetMapping, told: Told) -> Of:
    columns: dict[str, list[MappedColumn]] = {}
    for column in mapping.columns:
        if column.meaning:
            columns.setdefault(column.meaning, []).append(column)
    title = "" if sheet.is_file else sheet.title
    about = told.about or (layout.titles[-1] if layout.titles and mapping.kind in _ABOUT_ONE else "")
    of = Of(gathered, file, title, columns, sheet.broken, layout.as_of or told.on, about)
    if told.organisation or told.organisation_key:
        stated = {"title": told.organisation, "id": told.organisation_key}
        cells = {name: Cell(value) for name, value in stated.items() if value}
        of.organisation = Cell(gathered.refer(Place(file), "organisation", cells))
    return of
