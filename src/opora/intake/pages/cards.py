"""Persons from cards: any markup in which a name is followed by lines with labels, up to the next name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from selectolax.lexbor import LexborNode

from opora.intake.pages.headings import STAFF_PROP, Field, Meaning, of_prop
from opora.intake.pages.labels import clauses, label_of
from opora.intake.pages.lines import BUTTON, Box, Line, lines_of
from opora.intake.pages.record import Cell, Record
from opora.intake.words.category import read_category
from opora.intake.words.courses.words import find_kinds
from opora.intake.words.names import FoundName, any_name, full_name
from opora.intake.words.posts import starts_post
from opora.intake.words.stages import stages_of

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NAME_LABEL = re.compile(
    r"\s*(?:ф\.?\s*и\.?\s*о\.?|фамилия,? имя,? отчество)\s*(?:педагога|сотрудника|учителя)?\s*[:–—-]\s*", re.IGNORECASE
)
_REST_OF_NAME = re.compile(r"\s*(?:[,;:(–—-].*|[а-яё].*)?", re.DOTALL)
_EXPERIENCE = re.compile(r"\bстаж", re.IGNORECASE)
_LEVEL = re.compile(
    r"\s*(?:образование\s*)?(?:высш(?:ее|\.)|средн|ср\.|незакон|неокон|бакалавр|магистр)", re.IGNORECASE
)
_ONE_LINE = frozenset({Field.POST, Field.CATEGORY, Field.EXPERIENCE, Field.DEGREE, Field.ACADEMIC_TITLE, Field.AWARDS})
"""Fields whose value is one line; what follows it unlabelled is something else."""
_LONGEST_POST = 200
_MOST_LINES = 600
"""Of one card; the longest real one had 80."""
_TELLING = frozenset(
    {
        Field.POST,
        Field.EDUCATION,
        Field.QUALIFICATION,
        Field.CATEGORY,
        Field.EXPERIENCE,
        Field.TRAINING,
        Field.RETRAINING,
        Field.SUBJECTS,
    }
)


def read_cards(top: LexborNode) -> list[Record]:
    lines = lines_of(top, labels=True, keep_buttons=True)
    starts = _marked_starts(lines) or _named_starts(lines)
    places = [start[0] for start in starts]
    records = []
    for number, (at, name, name_cell) in enumerate(starts):
        end = _end_of_card(lines, places, number)
        record = Record(name, name_cell)
        _Card(record).read(lines[at + 1 : min(end, at + _MOST_LINES)])
        if any(cell.field in _TELLING for cell in record.cells):
            records.append(record)
    return records


_Start = tuple[int, FoundName, Cell]


def _marked_starts(lines: Sequence[Line]) -> list[_Start]:
    starts: list[_Start] = []
    for at, line in enumerate(lines):
        if _field_of(line) is Field.NAME and (name := any_name(line.text)):
            starts.append((at, name, Cell(Meaning(Field.NAME), line.text)))
    marked = [start for start in starts if _staff_box(lines[start[0]].box)]
    return marked or starts


def _named_starts(lines: Sequence[Line]) -> list[_Start]:
    starts: list[_Start] = []
    labelled = False
    for at, line in enumerate(lines):
        text = _NAME_LABEL.sub("", line.text)
        name = any_name(text) if labelled or text != line.text else full_name(text)
        labelled = text != line.text and not text
        if name and _REST_OF_NAME.fullmatch(name.rest) and not _REST_OF_NAME.fullmatch(text):
            starts.append((at, name, Cell(Meaning(Field.NAME), text)))
    return starts


def _end_of_card(lines: Sequence[Line], starts: Sequence[int], number: int) -> int:
    """The next name; for what the last card would swallow: the end of its element, or a heading as high as the name."""
    at = starts[number]
    following = starts[number + 1] if number + 1 < len(starts) else len(lines)
    limit = _container(lines, starts, number)
    for place in range(at + 1, following):
        box = lines[place].box
        if limit is not None and all(other is not limit for other in box.within()):
            return place
        if _level(box) and _level(lines[at].box) and _level(box) <= _level(lines[at].box):
            return place
    return following


def _container(lines: Sequence[Line], starts: Sequence[int], number: int) -> Box | None:
    """The element that holds this person's lines and no other's: a card, or for flat pages what holds them all."""
    if len(starts) < 2:
        return None
    at = starts[number]
    neighbour = starts[number - 1] if number else starts[1]
    around = {id(box) for box in lines[neighbour].box.within()}
    own: Box | None = None
    for box in lines[at].box.within():
        if id(box) in around:
            is_card = own is not None and at + 1 < len(lines) and own in lines[at + 1].box.within()
            return own if is_card else box
        own = box
    return None


def _level(box: Box) -> int:
    return next((int(around.tag[1]) for around in box.within() if around.tag in _HEADINGS), 0)


def _staff_box(box: Box) -> bool:
    return any(around.prop.lower() == STAFF_PROP for around in box.within())


def _field_of(line: Line) -> Field | None:
    meaning = _mark_of(line)
    return meaning.field if meaning else None


def _mark_of(line: Line) -> Meaning | None:
    """The outermost mark that the line stands in."""
    marks = [meaning for box in line.box.within() if (meaning := of_prop(box.prop))]
    return marks[-1] if marks else None


class _Card:
    """Reads the lines of one card into cells of a record."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._meaning: Meaning | None = None
        self._texts: list[str] = []
        self._has_post = False

    def read(self, lines: Iterable[Line]) -> None:
        beside = self._record.name.rest.strip(" ,;:–—-()\n")
        if starts_post(beside):
            for clause in clauses(beside):
                self._read_clause(clause)
            self._close()
        for line in lines:
            if all(box.tag != BUTTON for box in line.box.within()):
                self._read_line(line)
        self._close()

    def _read_line(self, line: Line) -> None:
        mark = _mark_of(line)
        if mark is not None:
            self._read_marked(mark, line.text)
        elif _level(line.box) and not label_of(line.text, None) and not starts_post(line.text):
            self._close()
            self._meaning = Meaning(Field.OTHER)
        elif self._meaning and self._meaning.field in (Field.TRAINING, Field.RETRAINING):
            self._read_clause(line.text)
        else:
            for clause in clauses(line.text):
                self._read_clause(clause)

    def _read_clause(self, text: str) -> None:
        section = self._meaning.field if self._meaning else None
        if label := label_of(text, section):
            self._close()
            self._meaning = label.meaning
            if label.rest:
                self._texts.append(label.rest)
            return
        self._read_unlabelled(text, section)

    def _read_marked(self, mark: Meaning, text: str) -> None:
        label = self._meaning if self._meaning and not self._texts else None
        vague = mark.field in (Field.EDUCATION, Field.QUALIFICATION, Field.TRAINING)
        meaning = label if label and vague and label.field is not Field.OTHER else mark
        if self._meaning != meaning:
            self._close()
            self._meaning = meaning
        self._texts.append(text)

    def _read_unlabelled(self, text: str, section: Field | None) -> None:
        meaning = self._by_content(text, section)
        if meaning is not None and meaning.field is not section:
            self._close()
            self._meaning = meaning
            self._texts.append(text)
        elif self._meaning is not None and not (section in _ONE_LINE and self._texts and meaning is None):
            self._texts.append(text)

    def _by_content(self, text: str, section: Field | None) -> Meaning | None:
        """What an unlabelled line is, as far as its words tell."""
        waits = self._meaning is not None and not self._texts
        if waits and section is not Field.OTHER:
            return self._meaning
        if section is Field.EXPERIENCE and re.search(r"\d", text) and stages_of(text):
            return self._meaning
        if section in (Field.TRAINING, Field.RETRAINING):
            return Meaning(Field.EXPERIENCE, stages=stages_of(text)) if _EXPERIENCE.match(text) else None
        found: Meaning | None = None
        if not self._has_post and starts_post(text) and len(text) < _LONGEST_POST:
            found = Meaning(Field.POST)
        elif read_category(text, announced=False):
            found = Meaning(Field.CATEGORY, announced=False)
        elif _EXPERIENCE.search(text) and re.search(r"\d", text):
            found = Meaning(Field.EXPERIENCE)
        elif _LEVEL.match(text):
            found = Meaning(Field.EDUCATION)
        elif find_kinds(text):
            found = Meaning(Field.EDUCATION if section is Field.EDUCATION else Field.TRAINING)
        return found

    def _close(self) -> None:
        if self._meaning is not None and self._texts:
            self._record.cells.append(Cell(self._meaning, "\n".join(self._texts)))
            self._has_post = self._has_post or self._meaning.field is Field.POST
        self._meaning = None
        self._texts = []
