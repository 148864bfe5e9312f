"""Who a row is about: a new person, one whom the file has named before, or the one of the row above."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from opora.indicators.dataset.cells import Raw, Unread
from opora.intake.reading import Cell, Ref
from opora.intake.sheets.choices import SEX
from opora.intake.sheets.people.places import names_organisation
from opora.intake.sheets.people.row import Row
from opora.intake.sheets.values import Understood, choice_of, words
from opora.intake.words.letters import plain
from opora.intake.words.names import FoundName, any_name

_NAMES = ("name", "last_name", "first_name", "patronymic")
_BESIDES = frozenset(_NAMES)
_SIGNATURE = re.compile(
    r"директор|заведующ|руководител|начальник|председател|исполнител|ответственн|составил|утвержд|согласован|подпис"
    r"|главн\w+ бухгалтер|экономист|м\. ?п\.|«?_+",
    re.IGNORECASE,
)
_SHOUTED = re.compile(r"^[А-ЯЁ]{3,}(?=\s+[А-ЯЁ]\.)")
"""«ЛУЖИН П.И.»"""
_VACANCY = re.compile(r"вакан", re.IGNORECASE)
_FIRST_BORN, _LAST_BORN = 1930, 2010
_FROM_ABOVE = "имя не указано: взято из строки {}"
_STRANGE_AGE = "год рождения {}: проверьте"
_NO_NAME = Unread("Не сказано, о ком эта строка", "Впишите фамилию, имя и отчество")


@dataclass(frozen=True, slots=True)
class Who:
    person: Ref
    organisation: Cell | None
    rest: str = ""
    """What follows her name in its cell: «(декретный отпуск)»."""
    doubt: str = ""


@dataclass(slots=True)
class _Known:
    cells: dict[str, Cell]
    """The very dictionary of her line: what later rows say of her is added to it."""
    ref: Ref
    place: object
    """Where she works, as far as it is said."""


@dataclass(slots=True)
class People:
    """Those whom the file has named so far."""

    _known: dict[str, list[_Known]] = field(default_factory=dict)
    _above: tuple[int, int, Who] | None = None
    """The last row, the row that named its person, and the person."""

    def who(self, row: Row) -> Who | None:
        """None for a row that is about nobody; told if it should have been about somebody."""
        if not row.says(*_NAMES):
            return self._of_above(row)
        self._above = None
        if _VACANCY.search(row.text("name") + row.text("last_name")):
            return None
        names = _name_cells(row)
        if names is None:
            return None
        cells, rest = names
        who = Who(self._person(row, cells), _organisation(row), rest)
        self._above = (row.number, row.number, who)
        return who

    def _of_above(self, row: Row) -> Who | None:
        filled = [meaning for meaning in row.filled() if meaning not in _BESIDES]
        above = self._above
        if above is None or above[0] != row.number - 1:
            if len(filled) > 1:
                row.misread(row.of.heading("name") or row.of.heading("last_name"), _NO_NAME)
            return None
        if not any(isinstance(row.raw(meaning), str) for meaning in filled):
            return None
        _, named, who = above
        self._above = (row.number, named, who)
        return Who(who.person, _organisation(row) or who.organisation, doubt=_FROM_ABOVE.format(named))

    def _person(self, row: Row, cells: dict[str, Cell]) -> Ref:
        cells |= _about(row)
        name = plain(" ".join(str(cells[part].value) for part in _NAMES if part in cells))
        organisation = _organisation(row)
        known = self._known.setdefault(name, [])
        place = organisation and organisation.value
        if (same := _same(known, cells, place)) is not None:
            for column, cell in cells.items():
                same.cells.setdefault(column, cell)
            same.place = same.place or place
            return same.ref
        ref = row.of.gathered.always_refer(row.place, "person", cells)
        known.append(_Known(cells, ref, place))
        return ref


def _same(known: Sequence[_Known], cells: dict[str, Cell], place: object) -> _Known | None:
    """She of the same place; else the only one of whom it is not said that she is of another."""
    agreeing = [one for one in known if _agree(one.cells, cells, "born")]
    exact = next((one for one in agreeing if one.place == place), None)
    loose = [one for one in agreeing if one.place is None or place is None]
    return exact or (loose[0] if len(loose) == 1 else None)


def _agree(told: dict[str, Cell], cells: dict[str, Cell], column: str) -> bool:
    return column not in told or column not in cells or told[column].value == cells[column].value


def _name_cells(row: Row) -> tuple[dict[str, Cell], str] | None:
    if row.says("last_name") and row.says("first_name"):
        cells = {part: row.cell(part) for part in _NAMES[1:]}
        return {part: cell for part, cell in cells.items() if cell}, ""
    found = row.of.gathered.understood(_found_name, row.raw("name") if row.says("name") else row.raw("last_name"))
    if found is None:
        written = row.text("name") or row.text("last_name")
        # In the row of a title of a part of the list nothing else stands.
        if not _SIGNATURE.match(written) and any(meaning not in _BESIDES for meaning in row.filled()):
            message = f"«{written[:80]}» не похоже на фамилию, имя и отчество"
            row.misread(row.of.heading("name") or row.of.heading("last_name"), Unread(message, "Впишите их полностью"))
        return None
    parts = {"last_name": found.name.surname, "first_name": found.name.given, "patronymic": found.name.patronymic}
    meaning = "name" if row.says("name") else "last_name"
    return {part: row.stated(value, meaning, found.doubt) for part, value in parts.items() if value}, found.rest


def _found_name(raw: Raw) -> FoundName | None:
    text = _SHOUTED.sub(lambda surname: surname[0].capitalize(), words(raw))
    return None if names_organisation(text) else any_name(text)


def _about(row: Row) -> dict[str, Cell]:
    cells = {
        "born": _plausible(row.exact_day("born")),
        "career_start": row.exact_day("career_start"),
        "sex": row.cell("sex", _sex),
    }
    return {name: cell for name, cell in cells.items() if cell}


def _plausible(born: Cell | None) -> Cell | None:
    if born is None or not isinstance(born.value, dt.date) or _FIRST_BORN <= born.value.year <= _LAST_BORN:
        return born
    return replace(born, doubt=_STRANGE_AGE.format(born.value.year))


def _sex(raw: Raw) -> Understood[str] | Unread:
    return choice_of(words(raw), SEX, "Впишите «женский» или «мужской»")


def _organisation(row: Row) -> Cell | None:
    """From the column, else what the caller has told."""
    title = row.cell("organisation")
    if title is None:
        return row.of.organisation
    ref = row.refer("organisation", {"title": title})
    return Cell(ref, title.column, title.doubt)
