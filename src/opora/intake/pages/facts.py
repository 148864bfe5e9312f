"""The people of a page as rows of the dataset."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from opora.intake.pages.result import PageRead, Person, Read, Training
from opora.intake.pages.result import Place as PagePlace
from opora.intake.reading import Cell, Misread, Place, Reading, Ref, Value
from opora.intake.sheets.people.row import Gathered
from opora.intake.sheets.told import Told
from opora.intake.words.courses.days import CODES, completed_on, year_of
from opora.intake.words.post_codes import post_code
from opora.intake.words.values import Attested, Span

_NO_DAY = "Не сказано, на какой день страница верна: без этого дня стаж не записать"
_NO_ORGANISATION = "Не сказано, чья это страница: где работают эти люди, не записать"
_NO_LENGTH = "«{}»: {}"
_MEND_LENGTH = "Впишите число полных лет в карточке"
_NO_TITLE = "название курса не указано"
_NO_DATE = "не сказано, когда завершено"


def lines_of_page(page: PageRead, told: Told | None = None) -> Reading:
    """``told``: whose page it is, and of which day; who is named twice with the same name is one."""
    telling = _Telling(page, told or Told())
    return telling.reading()


@dataclass(slots=True)
class _Telling:
    page: PageRead
    told: Told
    gathered: Gathered = field(default_factory=Gathered)

    def reading(self) -> Reading:
        self._tell_what_lacks()
        organisation = self._organisation()
        people = [(row, person, self._person(row, person)) for row, person in enumerate(self.page.persons, 1)]
        for row, person, ref in people:
            _OfPerson(self, row, person, Cell(ref), organisation).tell()
        order = ("organisation", "person", "training_programme")
        lines = sorted(self.gathered.lines, key=lambda line: order.index(line.table) if line.table in order else 3)
        return Reading(tuple(lines), tuple(self.gathered.misread))

    def _tell_what_lacks(self) -> None:
        for remark in self.page.remarks:
            self._misread(Place(self.page.file), remark)
        if self.page.persons and not self.told.on:
            self._misread(Place(self.page.file), _NO_DAY, "Укажите день страницы при загрузке")
        if self.page.persons and not (self.told.organisation or self.told.organisation_key):
            self._misread(Place(self.page.file), _NO_ORGANISATION, "Выберите организацию при загрузке")

    def _misread(self, place: Place, message: str, mend: str = "") -> None:
        self.gathered.misread.append(Misread(place, message, mend))

    def _organisation(self) -> Cell | None:
        stated = {"title": self.told.organisation, "id": self.told.organisation_key}
        cells = {name: Cell(value) for name, value in stated.items() if value}
        return Cell(self.gathered.refer(Place(self.page.file), "organisation", cells)) if cells else None

    def _person(self, row: int, person: Person) -> Ref:
        name = person.name
        parts = {"last_name": name.value.surname, "first_name": name.value.given, "patronymic": name.value.patronymic}
        cells = {part: _cell(value, name) for part, value in parts.items() if value}
        return self.gathered.refer(Place(self.page.file, row=row), "person", cells)

    def held(self) -> Cell | None:
        return Cell(self.told.on) if self.told.on else None


@dataclass(slots=True)
class _OfPerson:
    """One person of the page."""

    of: _Telling
    row: int
    said: Person
    person: Cell
    organisation: Cell | None

    def tell(self) -> None:
        if self.organisation:
            self._tell_work()
        self._tell_education()
        if self.said.category:
            self._tell_category(self.said.category)
        if self.of.told.on:
            self._tell_experience()
        for training in self.said.trainings:
            self._tell_training(training)

    def _tell(self, table: str, cells: Mapping[str, Cell | None], doubt: str = "", year: int | None = None) -> None:
        self.of.gathered.tell(self._place(), table, {"person": self.person, **cells}, doubt, year)

    def _place(self) -> Place:
        return Place(self.of.page.file, row=self.row)

    def _tell_work(self) -> None:
        for post in self.said.posts:
            code = post_code(post.value)
            cells = {
                "organisation": self.organisation,
                "staff_group": _cell(code.staff_group, post),
                "post": Cell(code.post, post.place.cell, code.doubt or post.doubt),
                "position": _cell(post.value, post),
                "observed_on": self.of.held(),
            }
            self._tell("employment", cells)
        for subject in self.said.subjects:
            cells = {
                "organisation": self.organisation,
                "subject": _cell(subject.value, subject),
                "observed_on": self.of.held(),
            }
            self._tell("teaching", cells)

    def _tell_education(self) -> None:
        held = self.of.held()
        if level := self.said.education:
            self._tell("education", {"level": _cell(str(level.value), level), "observed_on": held})
        if degree := self.said.degree:
            cells = {"level": _cell("degree", degree), "qualification": _cell(degree.value, degree)}
            self._tell("education", {**cells, "observed_on": held})

    def _tell_category(self, read: Read[Attested]) -> None:
        attested = read.value
        codes = {post_code(post.value).post for post in self.said.posts}
        ends = attested.until and attested.until + dt.timedelta(days=1)
        seen = None if attested.on else self._seen_by(attested.year)
        cells = {
            "post": _cell(codes.pop(), read) if len(codes) == 1 else None,
            "category": _cell(str(attested.category), read),
            "since": _cell(attested.on, read) if attested.on else None,
            "until": _cell(ends, read) if ends else None,
            "observed_on": _cell(seen, read) if seen else None,
        }
        self._tell("attestation", cells, year=None if attested.on else attested.year)

    def _seen_by(self, year: int | None) -> dt.date | None:
        """What was awarded in a year, whatever its day, held on its last day, and on that of the page."""
        days = [day for day in (self.of.told.on, dt.date(year, 12, 31) if year else None) if day]
        return min(days, default=None)

    def _tell_experience(self) -> None:
        kinds = {
            "total": self.said.experience,
            "pedagogical": self.said.pedagogical_experience,
            "position": self.said.experience_in_post,
        }
        for kind, read in kinds.items():
            if read is None:
                continue
            if read.value is None:
                self._tell_no_length(read)
                continue
            cells = {"kind": _cell(kind, read), "years": _cell(read.value.years, read), "date": self.of.held()}
            self._tell("experience", cells)

    def _tell_no_length(self, read: Read[Span | None]) -> None:
        message = _NO_LENGTH.format(read.text, read.doubt or "указано не число лет")
        self.of.gathered.misread.append(Misread(_place(read.place), message, _MEND_LENGTH))

    def _tell_training(self, training: Training) -> None:
        title, period = training.title, training.period
        programme = {
            "title": _cell(title.value, title) if title else None,
            "kind": _cell(CODES[training.kind.value], training.kind),
            "hours": _cell(float(training.hours.value), training.hours) if training.hours else None,
            "provider": _cell(training.provider.value, training.provider) if training.provider else None,
        }
        ref = self.of.gathered.refer(self._place(), "training_programme", programme, "" if title else _NO_TITLE)
        days = period.value if period else None
        ended, year = completed_on(days), year_of(days)
        cells = {
            "programme": Cell(ref),
            "started": _cell(days.since, period) if ended and period and days and days.since else None,
            "completed": _cell(ended, period) if ended and period else None,
        }
        doubt = "" if ended else (period.doubt if period and year else _NO_DATE)
        self._tell("training", cells, doubt, None if ended else year)


def _cell(value: Value, read: Read[object]) -> Cell:
    return Cell(value, read.place.cell, read.doubt)


def _place(place: PagePlace) -> Place:
    return Place(place.file, row=place.row, column=place.cell)
