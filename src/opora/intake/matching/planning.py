"""From readings to a plan: for each line the row that it speaks of, and what it changes there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from opora.indicators.dataset.store import Dataset
from opora.indicators.dataset.tables import STORED
from opora.intake.matching.checks import fault_of, fault_of_dates
from opora.intake.matching.held import HeldTable, Row, held_table, same
from opora.intake.matching.natural import natural
from opora.intake.matching.same_person import Known, Match, People, Verdict
from opora.intake.plan import Answer, Change, Fate, Plan, Planned, Say, is_new, new_key
from opora.intake.reading import Cell, Line, Reading, Ref, Value

_WHICH = "подходит несколько строк"
_RENAMED = "в реестре имя записано иначе"
_SHARED = "строка общая: изменится у всех, кто на неё ссылается"
_BY_KEY = "найдено по коду"
_CHOSEN = "так решено"
_NOT_SETTLED = "сначала решите: {}"
_NO_SUCH = "«{}»: строки с кодом «{}» нет"
_NO_LINE = "Строки файла, на которую она ссылается, больше нет"
_LEFT_OUT = "решено не вносить"
_GONE = "строки, которую выбрали, больше нет: выберите снова"
_FOREIGN = "Эту строку ведёт другая территория: изменить её может только она"
_OTHER_TOWN = "Строка относится к другой территории"
_NO_TERRITORY = "Такой территории в Опоре нет: назовите её так, как она называется здесь, или уберите этот лист"
_ARCHIVED = "Строка с этим кодом в архиве: верните её оттуда или уберите код"
Name = tuple[int, str]
"""Of a line: the place of its reading, and its name there."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is known beside the readings and the snapshot."""

    municipality: str = ""
    """Key of the one that enters what is new; empty: rows of any."""
    foreign: Mapping[str, Collection[str]] = field(default_factory=dict)
    """By table the keys of rows that are seen here and kept by others."""
    archived: Mapping[str, Collection[str]] = field(default_factory=dict)
    """By table the keys that rows in the archive have."""
    answers: Mapping[Name, Answer] = field(default_factory=dict)
    faults: Mapping[Name, str] = field(default_factory=dict)
    """Of lines that contradict others once they are written; in Russian."""


def plan_of(readings: Sequence[Reading], dataset: Dataset, terms: Terms | None = None) -> Plan:
    """``dataset``: a snapshot of the municipality, whose keys the plan speaks of. What one reading makes new, the next
    ones find: a person on three pages is one."""
    planner = _Planner(dataset, terms or Terms())
    return Plan(tuple(planned for number, reading in enumerate(readings) for planned in planner.take(number, reading)))


@dataclass(frozen=True, slots=True)
class _Unsettled:
    """A reference to a line of which it is not settled which row it is."""

    fate: Fate
    reason: str


_LOST = _Unsettled(Fate.WRONG, _NO_LINE)


@dataclass(slots=True)
class _Planner:
    dataset: Dataset
    terms: Terms
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
            self._rows[line.name] = planned.row or _unsettled(planned)
            yield planned

    def _planned(self, number: int, line: Line) -> Planned:
        answer = self.terms.answers.get((number, line.name))
        if answer is not None and answer.say is Say.LEAVE:
            return Planned(number, line, Fate.LEFT_OUT, "", reason=_LEFT_OUT)
        stated: dict[str, object] = {}
        for name, cell in line.cells.items():
            value = self._rows.get(cell.value.line, _LOST) if isinstance(cell.value, Ref) else cell.value
            if isinstance(value, _Unsettled):
                return Planned(number, line, value.fate, "", reason=value.reason)
            stated[name] = value
        if fault := self.terms.faults.get((number, line.name)) or self._fault(line, stated):
            return Planned(number, line, Fate.WRONG, "", reason=fault)
        return self._of_row(number, line, stated, answer)

    def _of_row(self, number: int, line: Line, stated: Mapping[str, object], answer: Answer | None) -> Planned:
        found = self._chosen(line, answer) or self._found(line, stated)
        if found.verdict is Verdict.SURE:
            return self._changed(number, line, stated, found.candidates[0], found.reason)
        if found.verdict is Verdict.ASK:
            return Planned(number, line, Fate.UNSURE, "", reason=found.reason, choices=found.candidates)
        return self._new(number, line, stated)

    def _chosen(self, line: Line, answer: Answer | None) -> Match | None:
        if answer is None or answer.say in (Say.RIGHT, Say.SURE):
            return None
        if answer.say is Say.NEW:
            return Match(Verdict.DIFFERENT, "")
        known = answer.row in self._of(line.table).rows
        return Match(Verdict.SURE, _CHOSEN, (answer.row,)) if known else Match(Verdict.ASK, _GONE)

    def _doubt(self, number: int, line: Line, doubts: Iterable[str]) -> str:
        """Why somebody must look at it; empty where she has."""
        if (number, line.name) in self.terms.answers:
            return ""
        return "; ".join(dict.fromkeys(doubt for doubt in doubts if doubt))

    def _taken(self, number: int, line: Line, changes: Iterable[Change]) -> tuple[Change, ...]:
        answer = self.terms.answers.get((number, line.name))
        without = answer is not None and answer.say in (Say.SURE, Say.ROW)
        return tuple(change for change in changes if not (without and change.doubt))

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
        changes = self._taken(number, line, self._changes(line, stated, row))
        if not changes or line.table == "territory":  # territories are the administrator's
            return Planned(number, line, Fate.UNCHANGED, key, reason=reason)
        becomes: Row = row | {change.column: change.becomes for change in changes}
        foreign = _FOREIGN if key in self.terms.foreign.get(line.table, ()) else ""
        if fault := foreign or self._fault_of_town(becomes) or fault_of_dates(STORED[line.table], becomes):
            return Planned(number, line, Fate.WRONG, key, reason=fault)
        doubts = (line.doubt, *(change.doubt for change in changes), self._doubt_of_shared(line, key))
        doubt = self._doubt(number, line, doubts)
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
        every = (Change(name, None, _value(stated[name]), cell.doubt) for name, cell in line.cells.items())
        changes = self._taken(number, line, every)
        stated = {change.column: change.becomes for change in changes}
        fault = fault_of(table, stated, new=True) or fault_of_dates(table, stated) or self._fault_of_town(stated)
        if line.table == "territory":
            fault = _NO_TERRITORY
        if fault:
            return Planned(number, line, Fate.WRONG, "", reason=fault)
        if doubt := self._doubt(number, line, (line.doubt, *(change.doubt for change in changes))):
            return Planned(number, line, Fate.UNSURE, "", changes, doubt)
        key = str(stated["id"]) if stated.get("id") is not None else new_key(number, line.name)
        if key in self.terms.archived.get(line.table, ()):
            return Planned(number, line, Fate.WRONG, "", reason=_ARCHIVED)
        self._of(line.table).add(key, {**stated, "year": line.year})
        if line.table == "person":
            self._known().add(self._told(key, stated, self._places(line.name)))
        return Planned(number, line, Fate.NEW, key, changes)

    def _fault_of_town(self, row: Mapping[str, object]) -> str:
        """A sheet may have the rows of a whole region."""
        town = row.get("municipality")
        return _OTHER_TOWN if self.terms.municipality and town not in (None, self.terms.municipality) else ""

    def _of(self, table: str) -> HeldTable:
        if table not in self._held:
            self._held[table] = held_table(self.dataset, table)
        return self._held[table]


def _unsettled(planned: Planned) -> _Unsettled:
    title = STORED[planned.line.table].words.one
    if planned.fate is Fate.LEFT_OUT:
        return _Unsettled(planned.fate, f"{title}: {_LEFT_OUT}")
    fate = Fate.WRONG if planned.fate is Fate.WRONG else Fate.WAITING
    return _Unsettled(fate, _NOT_SETTLED.format(title))


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


def _value(value: object) -> Value | None:
    assert value is None or isinstance(value, str | int | float | bool | dt.date)
    return value
