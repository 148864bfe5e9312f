"""Results of diagnostics and contests, membership of associations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from opora.indicators.dataset.cells import Raw, Unread
from opora.intake.reading import Cell, Ref
from opora.intake.sheets.choices import HEAD, LEVEL, MEASURES, RESULT, SCORE_LEVEL
from opora.intake.sheets.people.person import Who
from opora.intake.sheets.people.row import Row
from opora.intake.sheets.values import Understood, choice_of, day_of, number_of, words
from opora.intake.words.letters import plain
from opora.intake.words.subjects import read_subjects

_QUOTED = re.compile(r"[«\"“]([^«»\"“”]{3,})[»\"”]")
_LIST_OF = re.compile(r"^(?:состав|список)(?:\s+(?:членов|участников|педагогов|слушателей))?\s+", re.IGNORECASE)
_FROM_TITLE = "дата взята из заголовка листа или указана при загрузке"
_NO_DATE = "дата не указана"
_ONLY_YEAR = "известен только год {}, дня нет"
_ABOUT_TITLE = "название взято из заголовка листа или указано при загрузке"


def about_of(titles: Sequence[str]) -> str:
    """What a sheet is about: in quotation marks in one of the titles over the table, or the last of them."""
    quoted = next((found[1] for title in reversed(titles) if (found := _QUOTED.search(title))), "")
    return quoted or (_LIST_OF.sub("", titles[-1]) if titles else "")


def tell_diagnostics(row: Row, who: Who) -> None:
    if not row.says("score", "level"):
        return
    date, doubt = _date(row)
    scores: list[tuple[Cell | None, Cell | None]] = [
        (Cell(column.measures, column.heading), score) for column, score in row.numbers("score") if column.measures
    ]
    for measures, score in scores or [(row.cell("measures", _measures), row.cell("score", number_of))]:
        cells = {
            "person": row.stated(who.person),
            "instrument": _about(row, "instrument", "instrument"),
            "measures": measures,
            "subject": _subject(row),
            "score": score,
            "level": None if len(scores) > 1 else row.cell("level", _score_level),
            "date": date,
        }
        row.tell("diagnostic_result", cells, who.doubt or doubt)


def tell_contests(row: Row, who: Who) -> None:
    if not row.says("contest", "contest_result") and not row.of.about:
        return
    date, doubt = _date(row)
    contest = _about(row, "contest", "contest", {"level": row.cell("contest_level", _level), "date": date})
    cells = {
        "contest": contest,
        "person": row.stated(who.person),
        "result": row.cell("contest_result", _result),
        "date": date,
    }
    row.tell("contest_entry", cells, who.doubt or doubt)


def tell_membership(row: Row, who: Who) -> None:
    association = _about(row, "association", "association")
    if association is None:
        return
    began = row.exact_day("member_since")
    cells = {
        "association": association,
        "person": row.stated(who.person),
        "since": began,
        "until": row.exact_day("member_until", after=True),
        "observed_on": None if began else row.of.held,
    }
    row.tell("membership", cells, who.doubt)
    if re.search(HEAD, plain(row.text("member_role"))) and isinstance(association.value, Ref):
        row.of.gathered.add_to(association.value, "head", row.stated(who.person, "member_role"))


def _about(row: Row, table: str, meaning: str, more: dict[str, Cell | None] | None = None) -> Cell | None:
    """What the column names, else what the whole sheet is about."""
    title = row.cell(meaning)
    if title is None:
        if not row.of.about:
            return None
        title = row.stated(row.of.about, "", _ABOUT_TITLE)
    return Cell(row.refer(table, {"title": title, **(more or {})}), title.column, title.doubt)


def _date(row: Row) -> tuple[Cell | None, str]:
    """The date of a deed, and the doubt of the line where there is none."""
    told = row.read("date", day_of)
    if told is None:
        return (row.stated(row.of.on, "", _FROM_TITLE), "") if row.of.on else (None, _NO_DATE)
    cell = row.day("date", told)
    return cell, "" if cell else _ONLY_YEAR.format(told.value.year)


def _subject(row: Row) -> Cell | None:
    found = read_subjects(row.text("subject"))
    return row.stated(found[0].value, "subject", found[0].doubt) if found else None


def _measures(raw: Raw) -> Understood[str] | Unread:
    return choice_of(words(raw), MEASURES, "Впишите вид компетенций: предметные, методические, цифровые…")


def _score_level(raw: Raw) -> Understood[str] | Unread:
    return choice_of(words(raw), SCORE_LEVEL, "Допустимо: низкий, средний, высокий")


def _level(raw: Raw) -> Understood[str] | Unread:
    return choice_of(words(raw), LEVEL, "Допустимо: муниципальный, региональный, федеральный…")


def _result(raw: Raw) -> Understood[str] | Unread:
    return choice_of(words(raw), RESULT, "Допустимо: участник, лауреат, призёр, победитель")
