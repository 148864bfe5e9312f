"""Labels of cards: «Образование: высшее», «Стаж – 5 лет», «Должность» alone above its value."""

from __future__ import annotations

import re
from dataclasses import dataclass

from opora.intake.pages.headings import Field, Meaning, of_heading
from opora.intake.words.letters import plain
from opora.intake.words.posts import starts_post

_FIRST_WORD = re.compile(
    r"ф\.? ?и\.? ?о|фамил"
    r"|должн|заним|преподав|предмет|дисцип|образов|уров|учебн|категор|квалиф|кв\.|аттест|уч[её]н|степень|звание|наград"
    r"|стаж|общ|пед|опыт|повыш|курс|кпк|пк\b|проф|перепод|пп\b|дополнительн|сведения|данные|специальност|направл|наименован|окончил|ведет"
    r"|телефон|e-?mail|электрон|эл\.|адрес|прием|тел\.|сайт|какое"
)
_COLON = re.compile(r"([^:«»\"]{2,120}?)\s*:\s*(.*)", re.DOTALL)
_DASH = re.compile(r"([^:«»\"\d]{4,70}?)\s+[–—-]+\s*(.*)|([^:«»\"\d]{4,70}?)\s*[–—-]+\s+(.*)", re.DOTALL)
_MOST_WORDS = 14
_SENTENCE = re.compile(r";|\d{2}")
_NO_LABEL = re.compile(
    r"не имеет|\d|соответств|высш\w+ (?:квал|катег)|перв\w+ (?:квал|катег)|отсутств|является|«|\"|работает|прош[её]?л",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"(?:(?<=[\w»)\"])[,;]|(?<=[а-яё]{4})\.|(?<=[\d»)\"])\.)\s+(?=образование\b|(?:высшая|первая|1|I)\s+(?:квалиф|катег|кв\.)|(?:квалификационная\s+)?категория\b"
    r"|(?:общий\s+|педагогический\s+|пед\.?\s*)?стаж\b|соответств\w+\s+занима|без\s+категории|повышение\s+квалификации|курсы\b|награжд)",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"телефон|тел\.|e-?mail|электрон|эл\.|адрес|сайт|прием")
_TALK = frozenset({Field.TRAINING, Field.RETRAINING, Field.EDUCATION, Field.EXPERIENCE})


@dataclass(frozen=True, slots=True)
class Label:
    meaning: Meaning
    rest: str
    """What follows the label in its line."""


def label_of(line: str, section: Field | None) -> Label | None:
    """The label that a line begins with. ``section``: what the lines before belong to; in courses and education much
    looks like a label that is none."""
    if split := _COLON.match(line) or _DASH.match(line):
        words, rest = (split[1], split[2]) if split[1] else (split[3], split[4])
        meaning = _meaning(words)
        known = meaning is not None and meaning.field is not Field.OTHER
        if meaning and (known or section not in _TALK or _CONTACT.match(plain(words))):
            return Label(meaning, rest.strip())
    if not _NO_LABEL.search(line) and not starts_post(line) and len(line.split()) <= _MOST_WORDS:
        meaning = _meaning(line)
        if meaning and meaning.field is not Field.OTHER and not _says_something(line, meaning.field):
            return Label(meaning, "")
    return None


def clauses(line: str) -> list[str]:
    """«Воспитатель, образование высшее, первая категория, стаж 5 лет» fact by fact."""
    return [clause for clause in _CLAUSE.split(line) if clause.strip()]


def _meaning(words: str) -> Meaning | None:
    text = plain(words).strip(" -–—•*.")
    if len(text.split()) > _MOST_WORDS or _SENTENCE.search(text) or not _FIRST_WORD.match(text):
        return None
    meaning = of_heading(words.strip(" -–—•*."))
    return meaning if meaning.field is not Field.NUMBER else None


def _says_something(line: str, field: Field) -> bool:
    """«Образование высшее» and «Педагог-психолог» are values, not labels."""
    text = plain(line)
    if field is Field.EDUCATION:
        return bool(re.search(r"высш|средн|незакон|неокон|бакалавр|магистр", text)) and "уровень" not in text
    if field in (Field.TRAINING, Field.RETRAINING):
        return not re.search(r"повыш|курс|перепод|кпк|дополнит|сведения|данные|^пк|^пп", text)
    if field is Field.CATEGORY:
        return bool(re.search(r"высш|перв|соотв|без|\bнет", text))
    return field is Field.EXPERIENCE and bool(re.search(r"без|нет", text))
