"""From the text of a cell to its courses."""

from __future__ import annotations

from dataclasses import dataclass

from opora.intake.words.courses.items import Item, group
from opora.intake.words.courses.marks import Mark, Sort, find_marks
from opora.intake.words.courses.words import NOTHING
from opora.intake.words.found import Found
from opora.intake.words.values import Period, TrainingKind

LEAST_RETRAINING = 250
"""Hours: приказ № 499 of 2013 and its successor allow no shorter retraining."""
_LONGEST_TITLE = 350
_LEAST_BARE_HOURS = 4
_MOST_BARE_HOURS = 1200
_EDGES = " \t\n,;:.–—-/|•*\"«»“”„'"

_BARE_HOURS = "число без слова «часов»"
_LONG_TITLE = "название слишком длинное: в нём может быть несколько курсов"
_ONLY_WORDS = "ни года, ни часов, ни кавычек: курс ли это"
MANY_HOURS = "от 250 часов — обычно переподготовка, но так не названа"
_FEW_HOURS = "названо переподготовкой, но часов меньше 250"
_DIPLOMA = "диплом выдают за переподготовку, но так она не названа"


@dataclass(frozen=True, slots=True)
class Course:
    kind: Found[TrainingKind]
    title: Found[str] | None = None
    period: Found[Period] | None = None
    hours: Found[int] | None = None
    provider: Found[str] | None = None

    def moved(self, by: int) -> Course:
        """The same course of a text that begins ``by`` characters earlier."""
        return Course(
            kind=self.kind.moved(by),
            title=self.title and self.title.moved(by),
            period=self.period and self.period.moved(by),
            hours=self.hours and self.hours.moved(by),
            provider=self.provider and self.provider.moved(by),
        )


def read_courses(text: str, *, kind: TrainingKind | None = None, hours_announced: bool = False) -> list[Course]:
    """The courses in a text of any shape; never fails.

    ``kind`` is what the heading says of all of them; ``hours_announced``: it promises hours, so a bare number is hours.
    """
    if NOTHING.fullmatch(text.strip()):
        return []
    return [_course(item, kind, hours_announced) for item in group(find_marks(text)) if _is_course(item, kind)]


def _is_course(item: Item, kind: TrainingKind | None) -> bool:
    """Something more than a remark, a heading or a lonely number."""
    if item.title is not None:
        return True
    if item.date is not None:
        return True
    named = item.kind is not None and not item.kind.heads
    return item.hours is not None or (item.provider is not None and named) or (named and bool(item.document))


def _course(item: Item, kind: TrainingKind | None, hours_announced: bool) -> Course:
    hours = _hours(item, hours_announced)
    return Course(_kind(item, kind, hours), _title(item), _period(item), hours, _provider(item))


def _title(item: Item) -> Found[str] | None:
    mark = item.title
    if mark is None:
        return None
    value = _unwrapped(mark.text)
    if not value:
        return None
    return Found(value, mark.start, mark.end, _title_doubt(item, mark))


def _unwrapped(title: str) -> str:
    """Without signs at the edges, but with the closing sign of a quotation within."""
    value = title.strip(_EDGES)
    for opening, closing in ("«»", '""', "„“"):
        inner = value.count(opening) - (0 if opening == closing else value.count(closing))
        if (opening == closing and inner % 2) or (opening != closing and inner > 0):
            value += closing
    return value


def _title_doubt(item: Item, mark: Mark) -> str:
    if len(mark.text) > _LONGEST_TITLE:
        return _LONG_TITLE
    if mark.sort is Sort.WORDS and not (item.date or item.hours):
        return _ONLY_WORDS
    return ""


def _period(item: Item) -> Found[Period] | None:
    mark = item.date
    if mark is None or mark.period is None:
        return None
    other = item.issued.period if item.issued else None
    if other is None:
        return Found(mark.period, mark.start, mark.end, mark.doubt)
    course, document = (other, mark.period) if other.since and not mark.period.since else (mark.period, other)
    period = Period(document.year or course.year, course.since, course.until, document.issued or course.issued)
    return Found(period, mark.start, mark.end)


def _hours(item: Item, announced: bool) -> Found[int] | None:
    if item.hours is not None:
        return Found(item.hours.hours, item.hours.start, item.hours.end)
    numbers = [mark for mark in item.spare if mark.text.isdecimal()]
    for mark in numbers:
        if _LEAST_BARE_HOURS <= int(mark.text) <= _MOST_BARE_HOURS and item.title is not None:
            return Found(int(mark.text), mark.start, mark.end, "" if announced else _BARE_HOURS)
    return None


def _provider(item: Item) -> Found[str] | None:
    mark = item.provider
    return Found(mark.text, mark.start, mark.end) if mark and mark.text else None


def _kind(item: Item, heading: TrainingKind | None, hours: Found[int] | None) -> Found[TrainingKind]:
    own = item.kind if item.kind and item.kind.kind else None
    mark = own or item.section
    stated = (mark.kind if mark else None) or heading
    start, end = (mark.start, mark.end) if mark else _whole(item)
    length = hours.value if hours and not hours.doubt else None
    if stated is None:
        return _guessed_kind(item, length, start, end)
    short = length is not None and length < LEAST_RETRAINING
    if stated is TrainingKind.RETRAINING and short and own is None and item.section and item.follows:
        return Found(TrainingKind.TRAINING, start, end)
    doubt = _FEW_HOURS if stated is TrainingKind.RETRAINING and short and own is None else ""
    return Found(stated, start, end, doubt)


def _guessed_kind(item: Item, hours: int | None, start: int, end: int) -> Found[TrainingKind]:
    if hours is not None and hours >= LEAST_RETRAINING:
        return Found(TrainingKind.RETRAINING, start, end, MANY_HOURS)
    if item.document is not None and item.document.text.startswith("диплом"):
        return Found(TrainingKind.RETRAINING, start, end, _DIPLOMA)
    return Found(TrainingKind.TRAINING, start, end)


def _whole(item: Item) -> tuple[int, int]:
    marks = [mark for mark in (item.title, item.date, item.hours, item.provider) if mark]
    return min((mark.start for mark in marks), default=0), max((mark.end for mark in marks), default=0)
