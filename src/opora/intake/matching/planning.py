"""From readings to a plan: for each line the row that it speaks of, and what it changes there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from opora.indicators.dataset.store import Dataset
from opora.indicators.dataset.tables import STORED
from opora.intake.matching.checks import fault_of, fault_of_dates
from opora.intake.matching.held import HeldTable, Row, held_table, same
from opora.intake.matching.natural import natural
from opora.intake.matching.same_person import Known, Match, People, Verdict
from opora.intake.plan import Change, Fate, Plan, Planned, is_new, new_key
from opora.intake.reading import Cell, Line, Reading, Ref, Value

_WHICH = "подходит несколько строк"
_RENAMED = "в реестре имя записано иначе"
_SHARED = "строка общая: изменится у всех, кто на неё ссылается"
_BY_KEY = "найдено по коду"
_NOT_SETTLED = "сначала решите: {}"
_NO_SUCH = "«{}»: строки с кодом «{}» нет"


def plan_of(readings: Sequence[Reading], dataset: Dataset) -> Plan:
    """``dataset``: a snapshot of the municipality, whose keys the plan speaks of. What one reading makes new, the next
    ones find: a person on three pages is one."""
    planner = _Planner(dataset)
    return Plan(tuple(planned for number, reading in enumerate(readings) for planned in planner.take(number, reading)))


@dataclass(frozen=True, slots=True)
class _Unsettled:
    """A reference to a line of which it is not settled which row it is."""

    fate: Fate
    title: str


@dataclass(slots=True)
class _Planner:
    dataset: Dataset
    _held: dict[str, HeldTable] = field(default_factory=dict)
    _people: People | None = None
    _rows: dict[str, str | _Unsettled] = field(default_factory=dict)
    """Of the reading: by the name of the line the key of its row."""
    _works: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    """Of the reading: organisation and post by the name of the person's line."""

    def take(self, number: int, reading: Reading) -> Iterable[Planned]:
        self._rows.clear()
        self._works = _works_of(reading)
        for line in reading.lines:
            planned = self._planned(number, line)
            self._rows[line.name] = planned.row or _Unsettled(planned.fate, STORED[line.table].words.one)
            yield planned

    def _planned(self, number: int, line: Line) -> Planned:
        stated: dict[str, object] = {}
        for name, cell in line.cells.items():
            value = self._rows[cell.value.line] if isinstance(cell.value, Ref) else cell.value
            if isinstance(value, _Unsettled):
                return Planned(number, line, value.fate, "", reason=_NOT_SETTLED.format(value.title))
            stated[name] = value
        if fault := self._fault(line, stated):
            return Planned(number, line, Fate.WRONG, "", reason=fault)
        found = self._found(line, stated)
        if found.verdict is Verdict.SURE:
            return self._changed(number, line, stated, found.candidates[0], found.reason)
        if found.verdict is Verdict.ASK:
            return Planned(number, line, Fate.UNSURE, "", reason=found.reason, choices=found.candidates)
        return self._new(number, line, stated)

    def _fault(self, line: Line, stated: Mapping[str, object]) -> str:
        table = STORED[line.table]
        if fault := fault_of(table, stated, new=False):
            return fault
        for column in table.refs():
            key = stated.get(column.name)
            if isinstance(key, str) and key not in self._of(column.to).rows:
                return _NO_SUCH.format(column.title, key)
        return ""

    def _found(self, line: Line, stated: Mapping[str, object]) -> Match:
        key = stated.get("id")
        if key is not None:
            known = key in self._of(line.table).rows
            return Match(Verdict.SURE, _BY_KEY, (str(key),)) if known else Match(Verdict.DIFFERENT, "")
        if line.table == "person":
            return self._known().find(self._told("", stated, self._places(line.name)))
        keys = tuple(self._of(line.table).like(stated, line.year))
        if len(keys) > 1:
            return Match(Verdict.ASK, _WHICH, keys)
        return Match(Verdict.SURE if keys else Verdict.DIFFERENT, "", keys)

    def _places(self, name: str) -> set[tuple[str, str]]:
        keys = ((self._rows.get(place, place), post) for place, post in self._works.get(name, ()))
        return {(place, post) for place, post in keys if isinstance(place, str)}

    def _told(self, key: str, row: Mapping[str, object], works: Iterable[tuple[str, str]]) -> Known:
        last, first, patronymic = (str(row.get(part) or "") for part in ("last_name", "first_name", "patronymic"))
        born = row.get("born")
        places = frozenset(place for place, _ in works if place)
        posts = frozenset(post for _, post in works if post)
        return Known(key, last, first, patronymic, born if isinstance(born, dt.date) else None, places, posts)

    def _known(self) -> People:
        if self._people is None:
            works: dict[str, set[tuple[str, str]]] = {}
            for job in self._of("employment").rows.values():
                works.setdefault(str(job["person"]), set()).add((str(job["organisation"]), str(job["post"] or "")))
            people = self._of("person").rows.items()
            self._people = People.of(self._told(key, row, works.get(key, set())) for key, row in people)
        return self._people

    def _changed(self, number: int, line: Line, stated: Mapping[str, object], key: str, reason: str) -> Planned:
        row = self._of(line.table).rows[key]
        changes = tuple(self._changes(line, stated, row))
        if not changes:
            return Planned(number, line, Fate.UNCHANGED, key, reason=reason)
        becomes: Row = row | {change.column: change.becomes for change in changes}
        if fault := fault_of_dates(STORED[line.table], becomes):
            return Planned(number, line, Fate.WRONG, key, reason=fault)
        doubt = line.doubt or _doubt_of(changes) or self._doubt_of_shared(line, key)
        if not doubt:
            row.update(becomes)
        return Planned(number, line, Fate.UNSURE if doubt else Fate.CHANGED, key, changes, doubt or reason)

    @staticmethod
    def _doubt_of_shared(line: Line, key: str) -> str:
        """A list of one school would change what stands in the courses of others."""
        table = STORED[line.table]
        shared = not table.owner and table.column("municipality") is None
        return _SHARED if shared and not is_new(key) else ""

    def _changes(self, line: Line, stated: Mapping[str, object], row: Row) -> Iterable[Change]:
        table, keyed = STORED[line.table], natural(line.table)
        found_by = {*keyed.must, *keyed.tells_apart}
        for name, cell in line.cells.items():
            was, becomes = row.get(name), stated[name]
            if name == "id" or _says_the_same(was, becomes) or (name in found_by and same(was, becomes)):
                continue
            if name == table.observed and not _tells_more(row, table.start, was, becomes):
                continue
            renamed = line.table == "person" and name in keyed.must and was
            yield Change(name, _value(was), _value(becomes), cell.doubt or (_RENAMED if renamed else ""))

    def _new(self, number: int, line: Line, stated: Mapping[str, object]) -> Planned:
        table = STORED[line.table]
        fault = fault_of(table, stated, new=True) or fault_of_dates(table, stated)
        if fault:
            return Planned(number, line, Fate.WRONG, "", reason=fault)
        key = str(stated["id"]) if stated.get("id") is not None else new_key(number, line.name)
        changes = tuple(Change(name, None, _value(stated[name]), cell.doubt) for name, cell in line.cells.items())
        doubt = line.doubt or _doubt_of(changes)
        self._of(line.table).add(key, {**stated, "year": line.year})
        if line.table == "person":
            self._known().add(self._told(key, stated, self._places(line.name)))
        return Planned(number, line, Fate.UNSURE if doubt else Fate.NEW, key, changes, doubt)

    def _of(self, table: str) -> HeldTable:
        if table not in self._held:
            self._held[table] = held_table(self.dataset, table)
        return self._held[table]


def _works_of(reading: Reading) -> dict[str, set[tuple[str, str]]]:
    """A person's line stands before those of her jobs, and is known by them."""
    works: dict[str, set[tuple[str, str]]] = {}
    for line in reading.lines:
        person, place = (_name_of(line.cells.get(name)) for name in ("person", "organisation"))
        if line.table == "employment" and person and place:
            post = line.cells.get("post")
            works.setdefault(person, set()).add((place, str(post.value) if post else ""))
    return works


def _name_of(cell: Cell | None) -> str:
    if cell is None or cell.value is None:
        return ""
    return cell.value.line if isinstance(cell.value, Ref) else str(cell.value)


def _says_the_same(was: object, becomes: object) -> bool:
    if isinstance(was, str) and isinstance(becomes, str):
        return " ".join(was.split()) == " ".join(becomes.split())
    return was == becomes


def _tells_more(row: Row, start: str, was: object, becomes: object) -> bool:
    """That a state was seen later than it is known to hold tells nothing."""
    if row.get(start) is not None:
        return False
    return not (isinstance(was, dt.date) and isinstance(becomes, dt.date) and was <= becomes)


def _doubt_of(changes: Iterable[Change]) -> str:
    return "; ".join(dict.fromkeys(change.doubt for change in changes if change.doubt))


def _value(value: object) -> Value | None:
    assert value is None or isinstance(value, str | int | float | bool | dt.date)
    return value
