"""Names of people: «ИВАНОВА Мария Петровна (Сидорова)», «Мария Петровна Иванова», «Иванова М.П.»."""

from __future__ import annotations

import re
from dataclasses import dataclass

from opora.intake.words.values import Name

_PATRONYMIC = r"[А-ЯЁ][а-яё-]*?(?:[вьмкт]ич|[ое]вна|ична)"
_TURKIC = r"(?:оглы|оглу|кызы|гызы|улы|уулу|Оглы|Кызы|Улы|Гызы)"
_PART = r"[А-ЯЁ][а-яё]+(?:['’-][А-ЯЁа-яё][а-яё]+)*"
_NOT_NAMES = re.compile(
    r"фамилия|имя|отчество|учител[ья]|воспитател[ья]|директор|педагоги?|педагогическ(?:ий|ие)|состав|администрация|заместитель"
    r"|вакансия|итого|всего|школа|средняя|дошкольное|отделение|работники|руководство|общ(?:ая|ее)"
)
_NUMBER = re.compile(r"\s*(?:\d{1,3}\s*[.)]?\s+|\d{1,3}[.)]\s*)")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_INITIALS = re.compile(r"([А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)\s+([А-ЯЁ])\.\s?(?:([А-ЯЁ])\.)?")
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class FoundName:
    name: Name
    start: int
    end: int
    rest: str
    """What follows the name: «, воспитатель»."""
    doubt: str = ""


def is_patronymic(word: str) -> bool:
    return bool(re.fullmatch(_PATRONYMIC, _capitalised(word)))


def full_name(text: str) -> FoundName | None:
    """The name with a patronymic that the text begins with; other texts hardly begin so."""
    found = any_name(text)
    if found is None or not found.name.patronymic:
        return None
    first, _, tail = found.name.patronymic.partition(" ")
    return found if tail or is_patronymic(first) else None


def any_name(text: str) -> FoundName | None:
    """The name that the text of a cell of names begins with: two words are enough."""
    text = text[:_LONGEST].replace("\n", " ")
    start = number.end() if (number := _NUMBER.match(text)) else 0
    if initials := _INITIALS.match(text, start):
        name = Name(initials[1], f"{initials[2]}.", f"{initials[3]}." if initials[3] else "")
        doubt = "вместо имени и отчества — инициалы"
        return FoundName(name, start, initials.end(), text[initials.end() :], doubt)
    words = _leading_words(text, start)
    if len(words) < 2 or any(_NOT_NAMES.fullmatch(_capitalised(word.group()).lower()) for word in words):
        return None
    end = words[-1].end()
    return FoundName(_ordered([_capitalised(word.group()) for word in words]), start, end, text[end:])


def _leading_words(text: str, start: int) -> list[re.Match[str]]:
    """Two to four words that stand together and look like parts of a name."""
    words: list[re.Match[str]] = []
    place = start
    while len(words) < 4 and (word := _WORD.match(text, place)):
        written = word.group()
        turkic = bool(re.fullmatch(_TURKIC, written)) and len(words) >= 2
        if not turkic and (not re.fullmatch(_PART, _capitalised(written)) or not written[0].isupper()):
            break
        if len(words) == 3 and not turkic and not is_patronymic(written):
            break
        words.append(word)
        gap = re.compile(r"\s+(?:\([^()]{2,40}\)\s+)?").match(text, word.end())
        place = gap.end() if gap else len(text)
    return words


def _ordered(words: list[str]) -> Name:
    """Surname first, whichever order the page has: the patronymic tells."""
    tail = f" {words.pop()}" if re.fullmatch(_TURKIC, words[-1].lower()) else ""
    if len(words) == 3 and is_patronymic(words[1]) and not is_patronymic(words[2]):
        return Name(words[2], words[0], words[1] + tail)
    if len(words) == 4:
        return Name(f"{words[0]} {words[1]}", words[2], words[3] + tail)
    return Name(words[0], words[1], (words[2] if len(words) > 2 else "") + tail)


def _capitalised(word: str) -> str:
    """«ИВАНОВА-ПЕТРОВА» as «Иванова-Петрова»; other words as they are."""
    if len(word) > 2 and word.isupper():
        return "-".join(part.capitalize() for part in word.split("-"))
    return word
