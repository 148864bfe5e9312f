"""Work: posts, rates and dates of jobs, what is taught, leave."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from opora.indicators.dataset.cells import Raw, Unread
from opora.intake.reading import Cell
from opora.intake.sheets.choices import JOB_KIND, LEAVE
from opora.intake.sheets.mapping import MappedColumn
from opora.intake.sheets.people.person import Who
from opora.intake.sheets.people.row import Row
from opora.intake.sheets.values import Day, Understood, choice_of, day_of, number_of, numbers_of, words
from opora.intake.words.found import Found
from opora.intake.words.post_codes import post_code
from opora.intake.words.posts import read_posts, starts_post
from opora.intake.words.subjects import read_subjects

_RATE = re.compile(r"(\d{0,2}[.,]?\d+)\s*ст(?:авк\w*|\.)?(?!\w)")
_LEAVE = re.compile(r"дек(?:рет\w*|\.)(?:\s+отпуск\w*)?|отпуск\w*\s+по\s+уходу[^,;)]*|\bд/о\b", re.IGNORECASE)
_NO_LEAVE = re.compile(r"\bработа|ежегод|очередн|основн|учебн|\d+\s*(?:дн|кал)|^\d+$", re.IGNORECASE)
_SIDE_JOB = re.compile(r"(?:внутр|внеш)\w*\.?\s*(?:совм\w*)|по\s+совм\w*|совмест\w*", re.IGNORECASE)
_POST_ENDS = re.compile(r"[;\n]|,(?![^(]*\))|$")
_MOST_RATE = 3
_STRANGE_RATE = "ставка больше трёх: проверьте"
_MOST_HOURS = 60
_STRANGE_HOURS = "больше 60 часов в неделю: проверьте"
_RATE_OF_WHICH = "ставка одна на несколько должностей: отнесена к первой"
_HOURS_OF_WHICH = "часы указаны на несколько предметов сразу"
_FROM_WORDS = "понято из слов «{}»"
_IN_PASSING = "место работы названо попутно: список не о нём"
_NO_SINCE = "не сказано, с какого дня"


@dataclass(frozen=True, slots=True)
class _Post:
    title: str
    doubt: str
    rate: float | None
    kind: str
    """Of the job, as the words beside the post tell it."""


@dataclass(frozen=True, slots=True)
class _Terms:
    kind: Cell | None = None
    rate: Cell | None = None
    since: Cell | None = None
    until: Cell | None = None


@dataclass(frozen=True, slots=True)
class _Posts:
    posts: tuple[_Post, ...]
    subjects: tuple[Found[str], ...]


def tell_work(row: Row, who: Who) -> None:
    posts = row.of.gathered.understood(_posts, row.raw("post"))
    beside = row.of.gathered.understood(_posts_beside, row.raw("subject"))
    if beside is not None:
        posts = _Posts(posts.posts or beside.posts, posts.subjects or beside.subjects)
    _tell_jobs(row, who, posts.posts)
    _tell_teaching(row, who, posts.subjects)
    _tell_leave(row, who)


def tell_mentioned_job(row: Row, who: Who) -> None:
    """Lists of courses and contests name the school and the post in passing: by them she is told from her namesakes."""
    if row.says("organisation"):
        for post in row.of.gathered.understood(_posts, row.raw("post")).posts or (None,):
            row.tell("employment", _job(row, who, post, _Terms()), who.doubt or _IN_PASSING)


def _posts(raw: Raw) -> _Posts:
    text = words(raw)
    found = read_posts(text)
    return _Posts(tuple(_post(text, post) for post in found.posts), tuple(found.subjects))


def _posts_beside(raw: Raw) -> _Posts | None:
    """«Учитель химии» under «Предмет»."""
    return _posts(raw) if starts_post(words(raw)) else None


def _post(text: str, found: Found[str]) -> _Post:
    following = _POST_ENDS.search(text, found.end)
    around = text[found.start : following.start() if following else found.end]
    rate, side = _RATE.search(around), _SIDE_JOB.search(around)
    kind = ("internal" if "внутр" in side[0].lower() else "external") if side else ""
    return _Post(found.value, found.doubt, float(rate[1].replace(",", ".")) if rate else None, kind)


def _tell_jobs(row: Row, who: Who, posts: Sequence[_Post]) -> None:
    if not posts and not row.says("rate", "hired"):
        return
    since, until = row.exact_day("hired"), row.exact_day("dismissed", after=True)
    kind = row.cell("job_kind", _job_kind)
    for post, rate in zip(posts or (None,), _rates(row, posts), strict=True):
        terms = _Terms(kind, rate, since, until)
        row.tell("employment", _job(row, who, post, terms), who.doubt)


def _job(row: Row, who: Who, post: _Post | None, terms: _Terms) -> dict[str, Cell | None]:
    code = post_code(post.title) if post else None
    beside = row.stated(post.kind, "post", _FROM_WORDS.format("совмест.")) if post and post.kind else None
    return {
        "person": row.stated(who.person),
        "organisation": who.organisation,
        "staff_group": row.stated(code.staff_group, "post") if code else None,
        "post": row.stated(code.post, "post", code.doubt) if code else None,
        "position": row.stated(post.title, "post", post.doubt) if post else None,
        "kind": beside or terms.kind,
        "rate": terms.rate,
        "since": terms.since,
        "until": terms.until,
        "observed_on": None if terms.since else row.of.held,
    }


def _rates(row: Row, posts: Sequence[_Post]) -> list[Cell | None]:
    """One for each post, at least one."""
    count = max(len(posts), 1)
    own = [row.stated(post.rate, "post") if post.rate is not None else None for post in posts]
    told = row.read("rate", number_of)
    if told is None:
        return own or [None]
    listed = numbers_of(row.raw("rate"))
    if len(listed) == count:
        return [row.stated(rate, "rate", _rate_doubt(rate)) for rate in listed]
    rates = own or [None]
    if None in rates:
        doubt = told.doubt or (_RATE_OF_WHICH if count > 1 else _rate_doubt(told.value))
        rates[rates.index(None)] = row.stated(told.value, "rate", doubt)
    return rates


def _rate_doubt(rate: float) -> str:
    return _STRANGE_RATE if rate > _MOST_RATE else ""


def _job_kind(raw: Raw) -> Understood[str] | Unread:
    return choice_of(words(raw), JOB_KIND, "Допустимо: основная работа, внутреннее или внешнее совместительство")


def _tell_teaching(row: Row, who: Who, beside: Sequence[Found[str]]) -> None:
    own = row.of.gathered.understood(_subjects, row.raw("subject"))
    meaning, subjects = ("subject", own) if own else ("post", beside)
    told = [(column, _plausible(hours)) for column, hours in row.numbers("hours") if hours.value]
    for column, hours in told:
        if column.subject:
            _tell_subject(row, who, row.stated(column.subject), hours, column)
    loads = [(column, hours) for column, hours in told if not column.subject]
    listed = [numbers_of(row.at(column)) for column, _ in loads]
    for place, subject in enumerate(subjects):
        cell = row.stated(subject.value, meaning, subject.doubt)
        if not loads:
            _tell_subject(row, who, cell, None, None)
        for (column, hours), each in zip(loads, listed, strict=True):
            unclear = len(subjects) > 1 and len(each) != len(subjects)
            share = _plausible(Cell(each[place], hours.column)) if len(each) == len(subjects) else hours
            _tell_subject(row, who, cell, None if unclear else share, column, _HOURS_OF_WHICH if unclear else "")


def _plausible(hours: Cell) -> Cell:
    many = isinstance(hours.value, float) and hours.value > _MOST_HOURS
    return replace(hours, doubt=_STRANGE_HOURS) if many else hours


def _subjects(raw: Raw) -> tuple[Found[str], ...]:
    text = words(raw)
    return () if starts_post(text) else tuple(read_subjects(text))


def _tell_subject(
    row: Row, who: Who, subject: Cell, hours: Cell | None, column: MappedColumn | None, doubt: str = ""
) -> None:
    classes = row.cell("classes")
    if column is not None and column.classes:
        classes = Cell(column.classes, column.heading)
    cells = {
        "person": row.stated(who.person),
        "organisation": who.organisation,
        "subject": subject,
        "classes": classes,
        "hours": hours,
        "observed_on": row.of.held,
    }
    row.tell("teaching", cells, doubt or who.doubt)


def _tell_leave(row: Row, who: Who) -> None:
    since, until = row.read("leave_since", day_of), row.read("leave_until", day_of)
    text, meaning, doubt = row.text("leave"), "leave", ""
    if not text and (beside := _leave_beside(who.rest) or row.of.gathered.understood(_leave_beside, row.raw("post"))):
        text, meaning, doubt = beside, "name" if beside in who.rest else "post", _FROM_WORDS.format(beside)
    kind = _leave_kind(text)
    if not since and not until and not isinstance(kind, Understood):
        if text and not _NO_LEAVE.search(text):
            row.misread(row.of.heading(meaning), kind)
        return
    if until is None and text and meaning == "leave":
        until = _until_in(text)
    cells = {
        "person": row.stated(who.person),
        "kind": row.stated(kind.value, meaning, doubt) if isinstance(kind, Understood) else None,
        "since": row.day("leave_since", since),
        "until": row.day("leave_until" if row.says("leave_until") else "leave", until, after=True),
        "observed_on": None if since else row.of.held,
    }
    row.tell("leave", cells, who.doubt or ("" if since or row.of.on else _NO_SINCE))


def _leave_beside(raw: Raw) -> str:
    found = _LEAVE.search(words(raw))
    return found[0] if found else ""


def _leave_kind(raw: Raw) -> Understood[str] | Unread:
    return choice_of(words(raw), LEAVE, "Впишите: по уходу за ребёнком, длительный или иное отсутствие")


def _until_in(text: str) -> Understood[Day] | None:
    """«Отпуск по уходу до 12.03.2026»."""
    if not re.search(r"\b(?:до|по)\s+\d", text):
        return None
    found = day_of(text)
    return None if isinstance(found, Unread) else found
