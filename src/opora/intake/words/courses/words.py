"""What the words of a course's text are: kinds of training, documents, labels of titles, remarks."""

from __future__ import annotations

import re

from opora.intake.words.values import TrainingKind

_KIND_WORDS = re.compile(
    r"(?P<both>повышени\w*\s+квалификаци\w*\s*(?:\(?(?:и|/|,|или)\s*(?:\(?или\)?\s*)?)\s*(?:о\s+)?"
    r"(?:проф\w*\.?\s*)?переподготовк\w*\)?)"
    r"|(?P<retraining>(?:\bдиплом\w*\s+)?(?:\bо\s+)?(?:\bпроф(?:ессиональн\w*|\.|-)?\s*)?переподготовк\w*"
    r"|\bдиплом\w*\s+о\s+ПП\b|\b(?:ДПП?\s+)?ПП\b)"
    r"|(?P<training>(?:\b(?:удостоверени\w*|курс\w*)\s+)?(?:\bо\s+)?\bповышени\w*\s+(?:\w+\s+)?квалификаци\w*|\bКПК\b"
    r"|\b(?:ДПП?\s+)?ПК\b"
    r"|(?P<loose>\bстажировк\w*|\b(?:семинар|вебинар)\w*|\b(?:дистанционн\w+\s+|краткосрочн\w+\s+)?курсы?\b))",
    re.IGNORECASE,
)
_MAY_STAND = re.compile(r"(?:^|[\n.;,:(–—\0-]|\d|прош\w+|год\w*)\s*$")
"""What stands before «курсы» that is no part of a title: «Элективные курсы в школе» is one."""
_NUMBER = r"[\dА-ЯA-Z][\dА-ЯA-Z./-]*(?:[ ](?!(?:19|20)\d\d\b)\d[\d-]*)*"
DOCUMENT = re.compile(
    r"\b(?P<name>удостоверени\w*|диплом\w*|сертификат\w*|свидетельств\w*)(?:\s+(?:серии?|сер\.)\s*[\dА-ЯA-Z]+)?"
    rf"(?:\s*(?:№|N|номер)\s*{_NUMBER}|\s+(?!(?:19|20)\d\d\b)\d{{4,}}(?:[ ]\d+)*)?"
    rf"|\bрег(?:истрационн\w*|\.)?\s*(?:№|N|номер\w*)?\s*:?\s*{_NUMBER}|(?:№|\bномер)\s*{_NUMBER}|\b\d{{5,}}\b|\bвыдан\w*",
    re.IGNORECASE,
)
ABOUT = re.compile(
    r"\b(?:по|на)\s+(?:доп\w*\.?\s+)?(?:проф\w*\.?\s+)?(?:теме|тему|программ[еау]|курсу|ДПП|ДПО|дисциплине)\b"
    r"(?:\s+(?:дополнительного|профессионального|образования|обучения|курсов))*\s*:?"
    r"|\b(?:тема|(?:[а-яё]+\s+)?программа|название)\s*:|\b(?:образовательн\w+\s+|дополнительн\w+\s+)?программ[аы]\b(?=\s*\0)",
    re.IGNORECASE,
)
QUALIFICATION = re.compile(
    r"(?:\bс\s+)?(?:\bприсво\w+\s+|\bс\s+)?\bквалификаци\w\b\s*[:–—-]?\s*(?:\0+|[^,;.\n\0]*)", re.IGNORECASE
)
UNIT = re.compile(r"(?:^|(?<=\n))(?:группа|класс|отделение|кафедра|корпус|филиал)\s+\0+", re.IGNORECASE)
"""«Группа «Солнышко»» between two people."""
AWARD = re.compile(
    r"(?:^|(?<=[\n.;] )|(?<=[\n;]))(?:награжд|награда|награды|поч[её]тн|грамот(?:а|ой|ами|ы)\b|благодарност|лауреат"
    r"|победител|приз[её]р"
    r"|медал|отличник|ветеран|нагрудн|заслуженн)[^\n;]*?(?=\n|;|$|\.\s+[А-ЯЁ])",
    re.IGNORECASE,
)
PLACE = re.compile(
    r"\b(?:г|гор|пос)\.\s*[А-ЯЁ][а-яё-]+(?:\s[А-ЯЁ][а-яё]+)?"
    r"|(?i:\b(?:дистанционно|очно-заочно|очно|заочно|онлайн|с (?:применением|использованием) ДОТ"
    r"|(?:дистанционн|очн|заочн|очно-заочн)\w*\s+форм\w+(?:\s+обучени\w)?|(?<=\()(?:дистанционн|очн|заочн)\w*(?=\)))(?!\w)\s*:?)",
)
_REMARK = re.compile(
    r"\b(?:в\s+)?об[ъь]?[её]м\w*|\bпрош[её]?л\w*|\bпройден\w*|\bпроходил\w*|\bна базе\b|\bгод прохождения\b"
    r"|\bв?\s*количеств\w\b|\bобуч(?:ился|илась|ена|ен)\b|\bчас\w*\.?$|^(?:от|в|с|и|на|из|за|г|при)\b|\b(?:в|с|и|на|за|от|при|по)$"
    r"|\b(?:год\w*|г)\.?$|^год\w*\b",
    re.IGNORECASE,
)
NOTHING = re.compile(
    r"[\s\-–—#*.x/\\+_]*|нет(?:\s+данных|\s+сведений)?\.?|отсутству\w+|без\s+курсов|молодой специалист|н/д|\d{1,2}\.?"
    r"|не\s*(?:проход|прош|обуча|имеет|имеются|треб|предусм|провод)\w*(?:\(\w+\))?[^\n]{0,60}"
    r"|(?:(?:за)?планир\w+|стаж\b|обучается|в стадии)[^\n]{0,60}",
    re.IGNORECASE,
)
_EDGES = " \t\n,;:.–—-/|•*"


def find_kinds(text: str) -> list[tuple[int, int, TrainingKind | None]]:
    """Where a kind is named; None for a phrase that names both."""
    found: list[tuple[int, int, TrainingKind | None]] = []
    for match in _KIND_WORDS.finditer(text):
        both, retraining = match["both"], match["retraining"]
        if match["loose"] and not _MAY_STAND.search(text, max(match.start() - 14, 0), match.start()):
            continue
        kind = None if both else TrainingKind.RETRAINING if retraining else TrainingKind.TRAINING
        found.append((match.start(), match.end(), kind))
    return found


def without_remarks(words: str) -> str:
    """What remains of words that could be a title."""
    before = None
    while before != words:
        before = words
        words = _REMARK.sub(" ", words.strip(_EDGES).lstrip(")]").rstrip("([")).strip(_EDGES)
        words = _without_loose_bracket(words)
    return " ".join(words.split())


def _without_loose_bracket(words: str) -> str:
    """«(дистанционно», «72)»: a bracket whose pair is not here."""
    for opening, closing in ("()", "[]"):
        if words.startswith(opening) and closing not in words:
            words = words[1:]
        if words.endswith(closing) and opening not in words:
            words = words[:-1]
    return words
