"""Courses: a row for each, or told in a cell in free words."""

from __future__ import annotations

import re

from opora.indicators.dataset.cells import Raw, Unread
from opora.intake.reading import Cell
from opora.intake.sheets.choices import COURSE_KIND, FORM
from opora.intake.sheets.people.person import Who
from opora.intake.sheets.people.row import Row
from opora.intake.sheets.values import Day, Understood, choice_of, day_of, number_of, text_of, words
from opora.intake.words.courses import Course, read_courses
from opora.intake.words.courses.days import CODES, completed_on, year_of
from opora.intake.words.courses.trainings import LEAST_RETRAINING, MANY_HOURS
from opora.intake.words.letters import plain
from opora.intake.words.values import Period, TrainingKind

_PARTS = ("course_title", "course_hours", "course_provider", "course_completed", "course_started", "document_number")
_APART = ("course_hours", "course_provider", "course_completed", "course_started")
_ONLY_YEAR = "известен только год {}, дня нет"
_NO_DATE = "не сказано, когда завершено"
_NO_TITLE = "название курса не указано"
_EDGES = ' \t\n,;:.–—-/|•*"«»'


def tell_courses(row: Row, who: Who) -> None:
    if not any(row.of.heading(part) for part in _APART):
        # «Название программы, количество часов, место, год» in one cell.
        for course in row.of.gathered.understood(_TRAINING, row.raw("course_title")):
            _tell_told(row, who, "course_title", course)
    elif row.says("course_title") or (row.of.heading("course_title") and row.says(*_PARTS)):
        _tell_course(row, who)
    for meaning, kind in (("courses", None), ("retraining", TrainingKind.RETRAINING)):
        for course in row.of.gathered.understood(_RETRAINING if kind else _TRAINING, row.raw(meaning)):
            _tell_told(row, who, meaning, course)


def _courses(raw: Raw) -> list[Course]:
    return read_courses(words(raw))


def _retraining(raw: Raw) -> list[Course]:
    return read_courses(words(raw), kind=TrainingKind.RETRAINING)


_TRAINING, _RETRAINING = _courses, _retraining


def _tell_course(row: Row, who: Who) -> None:
    title, hours = row.cell("course_title", _title), row.cell("course_hours", number_of)
    programme = {
        "title": title,
        "kind": row.cell("course_kind", _kind) or _kind_of_hours(row, hours),
        "hours": hours,
        "provider": row.cell("course_provider"),
    }
    completed, started = row.read("course_completed", day_of), row.read("course_started", day_of)
    if completed and completed.value.since and not started:
        started = Understood(Day(completed.value.since.year, completed.value.since))
    cells = {
        "person": row.stated(who.person),
        "programme": row.stated(row.refer("training_programme", programme, "" if title else _NO_TITLE)),
        "started": row.day("course_started" if row.says("course_started") else "course_completed", started),
        "completed": row.day("course_completed", completed),
        "form": row.cell("course_form", _form),
        "document_number": row.cell("document_number"),
    }
    year = completed.value.year if completed and not completed.value.on else None
    row.tell("training", cells, who.doubt or _doubt_of(completed), year)


def _doubt_of(completed: Understood[Day] | None) -> str:
    if completed is None:
        return _NO_DATE
    return "" if completed.value.on else _ONLY_YEAR.format(completed.value.year)


def _title(raw: Raw) -> Understood[str] | Unread:
    """Of «Повышение квалификации «Урок»» only the title."""
    text, doubt = text_of(raw).value, text_of(raw).doubt
    courses = read_courses(text)
    quoted = courses[0].title if len(courses) == 1 and re.search('[«"“„]', text) else None
    return Understood(quoted.value if quoted else text.strip(_EDGES), doubt)


def _kind(raw: Raw) -> Understood[str] | Unread:
    return choice_of(words(raw), COURSE_KIND, "Допустимо: повышение квалификации, профессиональная переподготовка")


def _kind_of_hours(row: Row, hours: Cell | None) -> Cell:
    if "переподготовк" in plain(row.text("course_title")):
        return row.stated("pp", "course_title")
    long = hours is not None and isinstance(hours.value, float) and hours.value >= LEAST_RETRAINING
    return row.stated("pp", "course_hours", MANY_HOURS) if long else row.stated("pk", "course_title")


def _form(raw: Raw) -> Understood[str] | Unread:
    return choice_of(words(raw), FORM, "Допустимо: очная, дистанционная, смешанная")


def _tell_told(row: Row, who: Who, meaning: str, course: Course) -> None:
    title, hours, provider = course.title, course.hours, course.provider
    programme = {
        "title": row.stated(title.value, meaning, title.doubt) if title else None,
        "kind": row.stated(CODES[course.kind.value], meaning, course.kind.doubt),
        "hours": row.stated(float(hours.value), meaning, hours.doubt) if hours else None,
        "provider": row.stated(provider.value, meaning, provider.doubt) if provider else None,
    }
    period = course.period.value if course.period else None
    completed = completed_on(period)
    doubt = course.period.doubt if course.period else ""
    cells = {
        "person": row.stated(who.person),
        "programme": row.stated(row.refer("training_programme", programme, "" if title else _NO_TITLE)),
        "started": row.stated(period.since, meaning) if period and period.since and completed else None,
        "completed": row.stated(completed, meaning, doubt) if completed else None,
    }
    year = None if completed else year_of(period)
    row.tell("training", cells, who.doubt or ("" if completed else _doubt_of_period(period)), year)


def _doubt_of_period(period: Period | None) -> str:
    year = year_of(period)
    return _ONLY_YEAR.format(year) if year else _NO_DATE
