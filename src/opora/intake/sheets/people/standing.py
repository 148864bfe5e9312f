"""What a person has by the day of the sheet: experience, education, category."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import cache

from opora.indicators.dataset.cells import Raw, Unread
from opora.intake.reading import Cell
from opora.intake.sheets.people.person import Who
from opora.intake.sheets.people.row import Row
from opora.intake.sheets.values import Day, Understood, day_of, words
from opora.intake.words.category import read_category
from opora.intake.words.education import read_level
from opora.intake.words.experience import read_experience
from opora.intake.words.found import Found
from opora.intake.words.post_codes import post_code
from opora.intake.words.posts import read_posts
from opora.intake.words.stages import Stage, stages_of
from opora.intake.words.values import Attested, Span

_EXPERIENCE = {
    "experience_total": Stage.TOTAL,
    "experience_pedagogical": Stage.PEDAGOGICAL,
    "experience_position": Stage.IN_POST,
}
_STAGES = {Stage.TOTAL: "total", Stage.PEDAGOGICAL: "pedagogical", Stage.IN_POST: "position"}
_EDUCATION = ("education", "institution", "speciality", "qualification", "education_date")
_NO_LENGTH = Unread("указано не число лет", "Впишите число полных лет, например 12")
_WHICH = "неясно, который это стаж: заголовок называет несколько"
_NO_CATEGORY = "Категория не понята: «{}»"
_CATEGORIES = "Впишите: первая, высшая, соответствие занимаемой должности — или оставьте пустым"
_ONLY_YEAR = "известен только год {}, дня нет"


def tell_standing(row: Row, who: Who) -> None:
    _tell_experience(row, who)
    _tell_education(row, who)
    _tell_category(row, who)


def _tell_experience(row: Row, who: Who) -> None:
    told: set[Stage] = set()
    for meaning, stage in _EXPERIENCE.items():
        raw = row.raw(meaning)
        if raw is None:
            continue
        named = _stages_of(row.of.heading(meaning))
        reader = _lengths_of(named if len(named) > 1 else (stage,))
        lengths = row.of.gathered.understood(reader, raw)
        unclear = _WHICH if len(lengths) < len(named) else ""
        for found_stage, span in lengths.items():
            if found_stage not in _STAGES or found_stage in told:
                continue
            if span.value is None:
                message = f"«{words(raw)}»: {span.doubt or _NO_LENGTH.message}"
                row.misread(row.of.heading(meaning), Unread(message, _NO_LENGTH.how_to_mend))
                continue
            told.add(found_stage)
            cells = {
                "person": row.stated(who.person),
                "kind": row.stated(_STAGES[found_stage], meaning),
                "years": row.stated(span.value.years, meaning, span.doubt or unclear),
                "date": row.of.held,
            }
            row.tell("experience", cells, who.doubt)


_stages_of = cache(stages_of)


@cache
def _lengths_of(stages: tuple[Stage, ...]) -> Callable[[Raw], dict[Stage, Found[Span | None]]]:
    def read(raw: Raw) -> dict[Stage, Found[Span | None]]:
        if isinstance(raw, dt.date):
            return {stages[0]: Found(None, 0, 0, "стоит дата, а не стаж")}
        return read_experience(words(raw), stages) or {stages[0]: Found(None, 0, 0)}

    return read


def _tell_education(row: Row, who: Who) -> None:
    if not row.says(*_EDUCATION):
        return
    level = row.of.gathered.understood(_level, f"{row.text('education')} {row.text('institution')}".strip())
    finished = row.read("education_date", day_of)
    date = row.day("education_date", finished)
    cells = {
        "person": row.stated(who.person),
        "level": row.stated(str(level.value), "education", level.doubt) if level else None,
        "speciality": row.cell("speciality"),
        "qualification": row.cell("qualification"),
        "institution": row.cell("institution"),
        "date": date,
        "observed_on": None if date else _year_end(row, "education_date", finished) or row.of.held,
    }
    if any(cells[name] for name in ("level", "speciality", "qualification", "institution")):
        row.tell("education", cells, who.doubt)
    elif row.says("education"):
        message = f"Уровень образования не понят: «{row.text('education')[:80]}»"
        mend = "Впишите: высшее, среднее профессиональное или среднее общее"
        row.misread(row.of.heading("education"), Unread(message, mend))


def _level(raw: Raw) -> Found[str] | None:
    found = read_level(words(raw))
    return Found(str(found.value), found.start, found.end, found.doubt) if found else None


def _year_end(row: Row, meaning: str, told: Understood[Day] | None) -> Cell | None:
    """A diploma of a year, whatever its day, was there on the last day of that year."""
    if told is None:
        return None
    return row.stated(dt.date(told.value.year, 12, 31), meaning, told.doubt)


def _tell_category(row: Row, who: Who) -> None:
    if not row.says("category"):
        return
    found = row.of.gathered.understood(_categories, row.raw("category"))
    text = row.text("category")
    if not found:
        if "без" not in text.lower():
            row.misread(row.of.heading("category"), Unread(_NO_CATEGORY.format(text[:80]), _CATEGORIES))
        return
    attested = found[0].value
    since, until = _award(row, attested), row.read("category_until", day_of)
    date = row.day("category_since", since) if since else None
    ends = row.day("category_until", until, after=True) or _ends(row, attested)
    year_only = bool(since and since.value.on is None)
    code = row.of.gathered.understood(_only_post, row.raw("post"))
    cells = {
        "person": row.stated(who.person),
        "post": row.stated(code, "post") if code else None,
        "category": row.stated(str(attested.category), "category", found[0].doubt),
        "since": date,
        "until": ends,
        "observed_on": None if date else (_year_end(row, "category", since) if year_only else None) or row.of.held,
    }
    row.tell("attestation", cells, who.doubt or (_ONLY_YEAR.format(since.value.year) if since and year_only else ""))


def _only_post(raw: Raw) -> str:
    """Empty where there are several: it is not said in which she was attested."""
    posts = read_posts(words(raw)).posts
    code = post_code(posts[0].value) if len(posts) == 1 else None
    return code.post if code and not code.doubt else ""


def _categories(raw: Raw) -> Sequence[Found[Attested]]:
    found = read_category(words(raw), announced=True)
    return (found,) if found else ()


def _award(row: Row, attested: Attested) -> Understood[Day] | None:
    """From its own column, else from the cell of the category."""
    told = row.read("category_since", day_of)
    if told is None and attested.year is not None:
        return Understood(Day(attested.year, attested.on))
    return told


def _ends(row: Row, attested: Attested) -> Cell | None:
    return row.stated(attested.until + dt.timedelta(days=1), "category") if attested.until else None
