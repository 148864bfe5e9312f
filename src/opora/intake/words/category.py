"""Qualification category: «высшая», «1 КК, 2020 г.», «соответствие занимаемой должности», «первая до 25.12.2025»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from opora.intake.words.dates import DateMark, find_dates
from opora.intake.words.found import Found
from opora.intake.words.values import Attested, Category

_WORD = r"(?:квалификационн\w*\s+|квал\w*\.?\s*|кв\.?\s*)?(?:категори\w*|кат\w*\.?|к\.?к\.?)(?!\w)"
_STRICT = re.compile(
    rf"(?P<highest>\bвысш\w*\.?\s*{_WORD}|(?-i:\bВ)\s+{_WORD}|\bвысш\w+\s*\(\w+\)\s*{_WORD}|\bВКК\b|категори\w*\s*[:–—-]*\s*высш\w+)"
    rf"|(?P<first>\bперв\w*\.?\s*{_WORD}|(?<![\w.])(?:1|I|i)(?:-?\s*[аяой]+)?\s*{_WORD}|категори\w*\s*[:–—-]*\s*(?:перв\w+|I\b|1\b))"
    r"|(?P<conformity>\bСЗД\b|\bсоответств\w*\s+(?:занима\w+\s+)?должност\w*|\bсоотв\w*\.?\s+зан\w*\.?\s*долж\w*\.?)",
    re.IGNORECASE,
)
CATEGORY_WORDS = re.compile(rf"[,(]?\s*\b(?:высш\w*|перв\w*|без|1|I)\s+{_WORD}\)?", re.IGNORECASE)
"""Where a category stands beside a post, to be left out of it."""
_LENIENT = re.compile(
    r"(?P<highest>\bвысш(?:ая|ей|ую|\.|(?!\w))|(?-i:\bВ\b)(?=\s*(?:[,(;]|$)))|(?P<first>\bперв\w*|(?:^|(?<=\n))\s*(?:1|I)(?:-?(?:ая|я|й))?(?=\s*(?:$|[,;(\n]|до\b|с\b)))"
    r"|(?P<conformity>\bсоответств\w*|\bсоотв\b\.?|\bСЗД\b|\bс/з/д\b)",
    re.IGNORECASE,
)
_NOT_OF_TEACHERS = re.compile(
    r"(?:планир\w*|суд(?:ья|ьи|ей|ейск\w+)|спорт\w*|повар\w*|водител\w*|разряд\w*|врач\w*|фельдшер\w*|медсестр\w*)[^,;.\n]{0,40}$"
    r"|\bне\s+$|\b(?:не\s+имеет|без|нет|отсутств\w*|не\s+присвоен\w*|не\s+аттестован\w*\s+на)\s+[^,;.\n]{0,30}$",
    re.IGNORECASE,
)
_NONE_AFTER = re.compile(r"\s*[–—:-]?\s*(?:нет|отсутств\w*|не\s+имеет)", re.IGNORECASE)
_UNTIL = re.compile(r"(?:\bдо|\bпо|действительн\w+|действует)\s*$", re.IGNORECASE)
_FROM_TO = re.compile(r"(?<!\d)(20[0-4]\d)\s*[-–—]\s*20[0-4]\d(?!\d)")
_RANK = {Category.HIGHEST: 2, Category.FIRST: 1, Category.CONFORMITY: 0}
_NEAR = 90


def read_category(text: str, *, announced: bool) -> Found[Attested] | None:
    """The highest of those that are named; ``announced``: the heading promises a category, so «первая» is one."""
    found = list(_found(text, _STRICT))
    if announced:
        taken = [(mark.start, mark.end) for mark in found]
        lenient = _found(text, _LENIENT)
        found += [mark for mark in lenient if not any(start <= mark.start < end for start, end in taken)]
    return max(found, key=lambda mark: (_RANK[mark.value.category], -mark.start), default=None)


def _found(text: str, pattern: re.Pattern[str]) -> Iterator[Found[Attested]]:
    matches = list(pattern.finditer(text))
    for number, match in enumerate(matches):
        if _NOT_OF_TEACHERS.search(text[max(match.start() - 60, 0) : match.start()]):
            continue
        if _NONE_AFTER.match(text, match.end()):
            continue
        following = matches[number + 1].start() if number + 1 < len(matches) else len(text)
        end = min(following, match.end() + _NEAR)
        category = next(Category(name) for name, words in match.groupdict().items() if words)
        attested = _attested(category, text[match.end() : end])
        if attested.year is None and number == 0:
            attested = replace(attested, year=_year_before(text[: match.start()]))
        yield Found(attested, match.start(), match.end())


def _year_before(text: str) -> int | None:
    """Of «01.02.2021 первая»."""
    dates = find_dates(text)
    return dates[-1].period.year if dates and not text[dates[-1].end :].strip(" -–—,:") else None


def _attested(category: Category, after: str) -> Attested:
    awarded: DateMark | None = None
    until: DateMark | None = None
    for mark in find_dates(after):
        if _UNTIL.search(after[: mark.start]):
            until = until or mark
        else:
            awarded = awarded or mark
    period = awarded.period if awarded else None
    ends = until.period.issued if until else None
    if period is None:
        years = _FROM_TO.search(after)
        return Attested(category, int(years[1]) if years else None, until=ends)
    on = period.issued or period.since
    return Attested(category, on.year if on else period.year, on, ends or period.until)
