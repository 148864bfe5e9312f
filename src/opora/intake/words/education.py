"""Level of education, degree, academic title: each may stand in another's cell."""

from __future__ import annotations

import re

from opora.intake.words.found import Found
from opora.intake.words.values import Level

_FROM_INSTITUTION = "уровень не назван, понят по учебному заведению"
_UNFINISHED = re.compile(
    r"(?:не\s?оконченн\w+|не\s?законченн\w+|неполн\w+|незаверш\w+|\bн/)\s*(?:высш\w*|в/о)?", re.IGNORECASE
)
_STUDENT = re.compile(r"\bстудент|\bобуча|\bуч[её]тся|\bучится", re.IGNORECASE)
_NEAR = 12
"""Characters between «высшее» and «(незаконченное)» after it."""
_LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    (
        Level.HIGHER,
        re.compile(
            r"\bвысш(?:ее|его|ая|ий|их|\.)?(?:[\s-]*(?:проф|пед|образ)\w*)?(?!\w|\s*(?:школ|категор|кв))|\bв/о\b|\bВПО\b|\bВО\b(?=\s*[,;.\n(-]|$)"
            r"|\bбакалавр\w*|\bмагистр\w*|\bспециалитет\w*|\bаспирантур\w*|\bординатур\w*",
            re.IGNORECASE,
        ),
    ),
    (
        Level.VOCATIONAL,
        re.compile(
            r"\bср(?:едн\w*|ед\.|\.)?[\s/–—-]*(?:\w+\s+)?(?:проф|спец|педагогич|технич|медицин|музык)\w*\.?|\bСПО\b|\bначальное\s+проф\w+|\bс/с\b|\bс/п\b",
            re.IGNORECASE,
        ),
    ),
    (Level.SECONDARY, re.compile(r"\bсреднее(?:\s*\(?(?:полное|общее)\)?)*", re.IGNORECASE)),
)
_INSTITUTIONS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    (
        Level.HIGHER,
        re.compile(
            r"университет|институт(?!\s+(?:развит|повыш|усоверш))|академи[яю]|\b[А-ЯЁ]*Г(?:ПИ|ПУ|У)\b", re.IGNORECASE
        ),
    ),
    (Level.VOCATIONAL, re.compile(r"колледж|техникум|училищ", re.IGNORECASE)),
)
_BRANCHES = {
    "п": "педагогических",
    "пед": "педагогических",
    "псих": "психологических",
    "пс": "психологических",
    "фил": "филологических",
    "филол": "филологических",
    "ф-м": "физико-математических",
    "физ-мат": "физико-математических",
    "и": "исторических",
    "ист": "исторических",
    "б": "биологических",
    "биол": "биологических",
    "х": "химических",
    "хим": "химических",
    "т": "технических",
    "тех": "технических",
    "техн": "технических",
    "э": "экономических",
    "экон": "экономических",
    "с-х": "сельскохозяйственных",
    "г": "географических",
    "ю": "юридических",
    "юр": "юридических",
}
_DEGREE = re.compile(
    r"\b(?P<who>кандидат|доктор|канд\.|докт?\.|[кд]\.)\s*(?P<branch>[а-яё]+(?:-\s?[а-яё]+)?\.?(?:-?м\.)?)\s*(?:наук\w*|н\.)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(?:доцент|профессор|старший научный сотрудник|академик)(?:\s+(?:РАЕ|РАО|РАН))?\b", re.IGNORECASE
)
_NO_TITLE = re.compile(r"\bкафедр|\bбез\b|\bнет\b", re.IGNORECASE)


def read_level(text: str) -> Found[Level] | None:
    """The highest level that is named, else what the institution suggests, with a doubt."""
    unfinished = [(match.start(), match.end()) for match in _UNFINISHED.finditer(text)]
    for level, pattern in _LEVELS:
        for match in pattern.finditer(text):
            if not any(start - _NEAR <= match.start() < end for start, end in unfinished) or level is not Level.HIGHER:
                return Found(level, match.start(), match.end())
    if unfinished or _STUDENT.search(text):
        return None
    for level, pattern in _INSTITUTIONS:
        if place := pattern.search(text):
            return Found(level, place.start(), place.end(), _FROM_INSTITUTION)
    return None


def read_degree(text: str) -> Found[str] | None:
    """«Кандидат биологических наук», also for «к.б.н.»."""
    match = _DEGREE.search(text)
    if match is None:
        return None
    who = "доктор" if match["who"].lower().startswith("д") else "кандидат"
    branch = re.sub(r"[.\s]", "", match["branch"].lower())
    known = _BRANCHES.get(branch) or (branch if branch.endswith(("ких", "ных", "вых")) else None)
    doubt = "" if known else "отрасль наук сокращена: может быть, и другая"
    return Found(f"{who} {known or branch} наук", match.start(), match.end(), doubt)


def read_academic_title(text: str) -> Found[str] | None:
    match = _TITLE.search(text)
    if match is None or _NO_TITLE.search(text[max(match.start() - 12, 0) : match.start()]):
        return None
    words = match.group()
    return Found(words[0].lower() + words[1:], match.start(), match.end())
