"""What stands where in the text of a cell with courses: the text is covered with marks, none over another."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from itertools import pairwise

from opora.intake.words.courses import words
from opora.intake.words.courses.providers import PROVIDER, lacks_name, names_provider, sentence_of
from opora.intake.words.courses.quotes import Quote, find_quotes
from opora.intake.words.dates import find_dates
from opora.intake.words.hours import find_hours
from opora.intake.words.values import Period, TrainingKind


class Sort(Enum):
    QUOTED = auto()
    WORDS = auto()
    DATE = auto()
    HOURS = auto()
    PROVIDER = auto()
    KIND = auto()
    DOCUMENT = auto()
    ABOUT = auto()
    BREAK = auto()
    NUMBERED = auto()
    SKIPPED = auto()


@dataclass(frozen=True, slots=True)
class Mark:
    sort: Sort
    start: int
    end: int
    text: str = ""
    """A title's or a provider's own words."""
    period: Period | None = None
    hours: int = 0
    kind: TrainingKind | None = None
    doubt: str = ""
    heads: bool = False
    """A kind or a date with a colon, or alone in its line: it holds for what follows."""
    aside: bool = False
    """In brackets."""
    looks_like_provider: bool = False


@dataclass(slots=True)
class _Cover:
    text: str
    marks: list[Mark] = field(default_factory=list)
    masked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.masked = list(self.text)

    @property
    def rest(self) -> str:
        return "".join(self.masked)

    def add(self, mark: Mark) -> None:
        if mark.end <= mark.start or "\0" in self.masked[mark.start : mark.end]:
            return
        self.marks.append(mark)
        self.masked[mark.start : mark.end] = "\0" * (mark.end - mark.start)

    def put_over(self, mark: Mark) -> None:
        """Takes the place of the quotations in it."""
        within: list[Mark] = []
        beside: list[Mark] = []
        for other in self.marks:
            (within if mark.start <= other.start and other.end <= mark.end else beside).append(other)
        if all(other.sort is Sort.QUOTED for other in within):
            self.marks = beside
            self.masked[mark.start : mark.end] = "\0" * (mark.end - mark.start)
            self.marks.append(mark)


_NEXT_TITLE = re.compile(r"(?<=[а-яё)»]);\s+(?=[А-ЯЁ][а-яё]+\s)")
_OF_A_TITLE = re.compile(r"(?:ФГОС|ЕГЭ|ОГЭ|ГИА|ВПР|ФОП|ФООП)(?:\s[А-Я]{2,3})?[\s-]*$")
_GOES_ON = re.compile(r"\s+[а-яё]")
"""«Подготовка к ЕГЭ 2022 по математике»: the year belongs to the title."""
_AFTER_RAISING = re.compile(r"повышени\w*\s+(?:\w+\s+)?$", re.IGNORECASE)


def find_marks(text: str) -> list[Mark]:
    """In the order of the text."""
    text = _unwrapped(text.replace("\0", " "))
    cover = _Cover(text)
    quotes = find_quotes(text)
    _skip_awards(cover, quotes)
    for quote in quotes:
        for start, end in _titles_within(text, quote):
            inside = " ".join(text[max(start, quote.inside) : min(end, quote.inside_end)].split())
            cover.add(Mark(Sort.QUOTED, start, end, inside, looks_like_provider=names_provider(inside)))
    _add_dates_and_hours(cover)
    _add_providers(cover)
    _add_kinds_and_documents(cover)
    _add_words(cover)
    return _with_asides(sorted(cover.marks, key=lambda mark: mark.start), text)


def _unwrapped(text: str) -> str:
    """With a space where a title goes on in the next line: nothing was counted yet, and the line begins small."""
    pieces = text.split("\n")
    joined = pieces[0]
    for before, piece in pairwise(pieces):
        goes_on = re.search(r"[а-яё,-]$", before) and re.match(r"[а-яё]", piece) and not re.search(r"\d|[:»\"]", before)
        joined += (" " if goes_on and not words.find_kinds(before) else "\n") + piece
    return joined


def _titles_within(text: str, quote: Quote) -> list[tuple[int, int]]:
    """One pair of quotation marks may hold two titles: «Современный урок; Цифровая среда»."""
    cuts = [cut.start() for cut in _NEXT_TITLE.finditer(text, quote.inside, quote.inside_end)]
    if not cuts:
        return [(quote.start, quote.end)]
    return list(pairwise([quote.start, *cuts, quote.end]))


def _skip_awards(cover: _Cover, quotes: list[Quote]) -> None:
    """Medals have names in quotes too, so awards are looked for in the text without them."""
    hidden = list(cover.text)
    for quote in quotes:
        hidden[quote.start : quote.end] = "\1" * (quote.end - quote.start)
    for award in words.AWARD.finditer("".join(hidden)):
        cover.add(Mark(Sort.SKIPPED, award.start(), award.end()))


def _add_dates_and_hours(cover: _Cover) -> None:
    rest = cover.rest
    for hours in find_hours(rest):
        cover.add(Mark(Sort.HOURS, hours.start, hours.end, hours=hours.hours))
    for number in words.DOCUMENT.finditer(cover.rest):
        if re.search(r"\d", number.group()):
            cover.add(Mark(Sort.DOCUMENT, number.start(), number.end(), text=(number["name"] or "").lower()))
    for date in find_dates(cover.rest):
        if _OF_A_TITLE.search(cover.text, max(date.start - 12, 0), date.start) and _GOES_ON.match(cover.text, date.end):
            continue
        heads = _heads(cover.text, date.start, date.end)
        cover.add(Mark(Sort.DATE, date.start, date.end, period=date.period, doubt=date.doubt, heads=heads))


def _heads(text: str, start: int, end: int) -> bool:
    """Whether a colon follows, or the line holds nothing else."""
    following = text[end : end + 12].partition("\n")
    if following[0].lstrip(" )").startswith(":"):
        return True
    before = text[max(start - 40, 0) : start].rpartition("\n")[2]
    return bool(following[1]) and not following[0].strip(" ).") and not before.strip(" -–—•*")


def _add_providers(cover: _Cover) -> None:
    text = cover.rest
    by_start = {mark.start: mark for mark in cover.marks if mark.sort is Sort.QUOTED}
    for match in PROVIDER.finditer(text):
        name = sentence_of(match.group())
        end = match.start() + len(name)
        following = end + len(text[end:]) - len(text[end:].lstrip(" ,.-"))
        gap = text[end:following]
        quote = by_start.get(following) if not gap.strip() else None
        if quote is not None and lacks_name(name):
            whole = " ".join(cover.text[match.start() : quote.end].split())
            cover.put_over(Mark(Sort.PROVIDER, match.start(), quote.end, whole))
        elif name:
            cover.add(Mark(Sort.PROVIDER, match.start(), end, " ".join(name.split())))


def _add_kinds_and_documents(cover: _Cover) -> None:
    for found in words.UNIT.finditer(cover.rest):
        cover.put_over(Mark(Sort.SKIPPED, found.start(), found.end()))
    for found in words.QUALIFICATION.finditer(cover.rest):
        if not _AFTER_RAISING.search(cover.text, max(found.start() - 30, 0), found.start()):
            cover.put_over(Mark(Sort.SKIPPED, found.start(), found.end()))
    for start, end, kind in words.find_kinds(cover.rest):
        cover.add(Mark(Sort.KIND, start, end, kind=kind, heads=_heads(cover.text, start, end)))
    for found in words.DOCUMENT.finditer(cover.rest):
        cover.add(Mark(Sort.DOCUMENT, found.start(), found.end(), text=(found["name"] or "").lower()))
    for pattern, sort in ((words.ABOUT, Sort.ABOUT), (words.PLACE, Sort.SKIPPED)):
        for found in pattern.finditer(cover.rest):
            cover.add(Mark(sort, found.start(), found.end()))


_BREAKS = re.compile(r"(?P<number>(?:(?<=\s)|(?<![\s\S]))\d{1,2}[.)](?=\s*[А-ЯЁA-Z\0])(?!\d))|\n|;")
_BARE_NUMBER = re.compile(r"(?:^|[,(–—-])\s*(\d{1,4})\s*[,).]?\s*$")
_PREPOSITION = re.compile(r"[\s,.–—-]*(?:в|во|на|при|от|из|у|под|для)\s")
_LETTERS = re.compile(r"[^\W\d_]")
_FEWEST_LETTERS = 3


def _add_words(cover: _Cover) -> None:
    """The rest: breaks, and words between the other marks."""
    rest = cover.rest
    for found in _BREAKS.finditer(rest):
        cover.add(Mark(Sort.NUMBERED if found["number"] else Sort.BREAK, found.start(), found.end()))
    for piece in re.finditer(r"[^\0]+", cover.rest):
        kept = words.without_remarks(piece.group())
        if words.NOTHING.fullmatch(kept) and not _BARE_NUMBER.fullmatch(piece.group()):
            continue
        bare = _BARE_NUMBER.search(piece.group())
        if bare:
            kept = words.without_remarks(piece.group()[: bare.start()])
            cover.marks.append(Mark(Sort.WORDS, piece.start() + bare.start(1), piece.start() + bare.end(1), bare[1]))
        if len(_LETTERS.findall(kept)) >= _FEWEST_LETTERS:
            start = piece.start() + len(piece.group()) - len(piece.group().lstrip())
            end = piece.start() + (bare.start() if bare else len(piece.group().rstrip()))
            remark = bool(_PREPOSITION.match(piece.group()))
            cover.marks.append(Mark(Sort.WORDS, start, end, kept, aside=remark))


def _with_asides(marks: list[Mark], text: str) -> list[Mark]:
    """Tells which marks stand in brackets."""
    depth = [0] * (len(text) + 1)
    level = 0
    for at, letter in enumerate(text):
        level = level + 1 if letter == "(" else max(level - (letter == ")"), 0) if letter != "\n" else 0
        depth[at] = level
    return [replace(mark, aside=True) if depth[mark.start] else mark for mark in marks]
