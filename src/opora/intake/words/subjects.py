"""School subjects: as a list in a cell, or in the genitive after «учитель»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import islice, product
from typing import TYPE_CHECKING

from opora.intake.words.found import Found
from opora.intake.words.letters import plain

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse

KNOWN = frozenset(resources.files(__package__).joinpath("subjects.txt").read_text("utf-8").split("\n")) - {""}
_HEADS = frozenset(
    {"язык", "литература", "история", "культура", "чтение", "технология", "подготовка", "речь", "искусство"}
)
_SHORT = {
    r"англ\.": "английского",
    r"нем\.": "немецкого",
    r"фр(?:анц)?\.": "французского",
    r"рус(?:ск)?\.": "русского",
    r"лит-р[аы]|лит\.": "литературы",
    r"физ-р[аы]|физ[./-]\s?культур[аы]|ф/к": "физической культуры",
    r"физ-к[аи]": "физики",
    r"мат-к[аи]": "математики",
    r"инф-к[аи]": "информатики",
}
"""In the genitive, as after a post."""
_MOST_READINGS = 12
UNKNOWN = "предмет понят из должности, такого предмета в списке нет"

_CLASSES = re.compile(
    r"\(?\s*\b\d{1,2}\s*[«\"]?[А-Яа-я]?[»\"]?(?:\s*[-–,и]\s*\d{1,2}\s*[«\"]?[А-Яа-я]?[»\"]?)*\s*(?:-?х\s+)?(?:кл(?:асс\w*|\.)?)\s*\)?"
    r"|[-–—(]?\s*\d{1,2}(?:[.,]\d)?\s*ч(?:ас\w*)?(?!\w)\.?\)?|\(\s*\d{1,2}\s*[-–]\s*\d{1,2}\s*\)",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"[\W_]*|нет|отсутству\w+|не\s+(?:преподает|преподаёт|ведет|ведёт|имеет)\w*|нет данных|не предусмотрено|\d+",
    re.IGNORECASE,
)
_LANGUAGES = re.compile(r"(?:[а-яё]+ого(?:\s*,\s*|\s+и\s+))+[а-яё]+ого\s+языков\b", re.IGNORECASE)
"""«Английского и немецкого языков»."""
_SPLIT = re.compile(r"\n|;|,(?![^(]*\))|(?<=[а-яё)])\.\s+(?=[А-ЯЁ])|/|•")
_LABEL = re.compile(
    r"^\s*(?:(?:преподаваем|учебн)\w+\s+)?(?:предмет\w*|дисциплин\w*|преподает|преподаёт|ведет|ведёт)\s*[:–-]\s*",
    re.IGNORECASE,
)


def is_known(subject: str) -> bool:
    name = plain(subject)
    return name in KNOWN or name.rpartition(" ")[2] in _HEADS


def read_subjects(text: str) -> list[Found[str]]:
    """The subjects of a cell that lists them."""
    found: list[Found[str]] = []
    seen: set[str] = set()
    for start, end in _pieces(text):
        name = _cleaned(text[start:end])
        if _NOTHING.fullmatch(name):
            continue
        whole = _in_full(name)
        if whole != name:
            name = nominative(re.sub(r"язык$", "языка", whole))
        for subject in _two_in_one(name):
            if plain(subject) not in seen:
                seen.add(plain(subject))
                found.append(Found(subject, start, end))
    return found


def subjects_after_post(phrase: str, start: int) -> list[Found[str]]:
    """The subjects of «математики, информатики» that stands at ``start`` after «учитель»."""
    found = []
    for languages in _LANGUAGES.finditer(phrase):
        for one in re.finditer(r"[а-яё]+ого\b", languages.group(), re.IGNORECASE):
            at = start + languages.start() + one.start()
            found.append(Found(nominative(f"{one.group()} языка"), at, at + len(one.group())))
    phrase = _LANGUAGES.sub(lambda languages: " " * len(languages.group()), phrase)
    for first, last in _pieces(phrase):
        piece = _cleaned(phrase[first:last])
        if _NOTHING.fullmatch(piece):
            continue
        for part in _halves(_in_full(piece)):
            subject = nominative(part)
            doubt = "" if is_known(subject) else UNKNOWN
            found.append(Found(subject, start + first, start + last, doubt))
    return found


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    text = _CLASSES.sub(lambda found: " " * len(found.group()), text)
    place = 0
    for cut in _SPLIT.finditer(text):
        yield place, cut.start()
        place = cut.end()
    yield place, len(text)


def _cleaned(piece: str) -> str:
    piece = _CLASSES.sub(" ", _LABEL.sub("", piece))
    return " ".join(piece.split()).strip(' .,:–—-*"«»')


def _in_full(piece: str) -> str:
    for short, whole in _SHORT.items():
        piece = re.sub(rf"\b(?:{short})(?!\w)", whole, piece, flags=re.IGNORECASE)
    return piece


def _two_in_one(name: str) -> list[str]:
    """«Русский язык и литература» are two, «Основы религиозных культур и светской этики» one."""
    if plain(name) in KNOWN:
        return [name]
    halves = name.split(" и ")
    if len(halves) == 2 and all(is_known(half) for half in halves):
        return halves
    return [name]


def _halves(piece: str) -> list[str]:
    if is_known(nominative(piece)) and " и " not in piece:
        return [piece]
    halves = [half for half in piece.split(" и ") if half]
    whole = nominative(piece)
    if plain(whole) in KNOWN or not all(is_known(nominative(half)) for half in halves):
        return [piece]
    return halves


@cache
def nominative(phrase: str) -> str:
    """«Русского языка» as «русский язык»; «основ безопасности» as «основы безопасности»; «ОБЖ» as it is."""
    made = [" ".join([*words, *(_aside(word) for word in phrase.split()[len(words) :])]) for words in _heads(phrase)]
    return next((name for name in made if plain(name) in KNOWN), (made or [phrase])[0])


def _heads(phrase: str) -> Iterator[list[str]]:
    """The words up to the first noun in the nominative, in each reading: «родного» is of «родной» or of «родный»."""
    readings: list[list[Parse]] = []
    words = phrase.split()
    for word in words:
        readings.append(_genitives(word.strip("()")))
        if not readings[-1] or "NOUN" in readings[-1][0].tag:
            break
    for parses in islice(product(*readings), _MOST_READINGS):
        noun = parses[-1]
        if "NOUN" not in noun.tag:
            continue
        wanted = {"nomn", noun.tag.number}
        gender = {noun.tag.gender} if noun.tag.number == "sing" and noun.tag.gender else set()
        forms = [parse.inflect(wanted if parse is noun else wanted | gender) for parse in parses]
        if all(forms):
            yield [word.replace(word.strip("()"), form.word) for word, form in zip(words, forms, strict=False)]


def _aside(word: str) -> str:
    """«(Технологии)» after «труда» is in the genitive too."""
    return f"({nominative(word[1:-1])})" if word.startswith("(") and word.endswith(")") else word


def _genitives(word: str) -> list[Parse]:
    """Readings as an adjective or a lifeless noun in the genitive; «математики» is no plural of «математик»."""
    if word.isupper() and len(word) > 1:
        return []
    readings = [
        parse
        for parse in _morphology().parse(word.lower())
        if "gent" in parse.tag and ("ADJF" in parse.tag or ("NOUN" in parse.tag and "anim" not in parse.tag))
    ]
    return [parse for parse in readings if parse.tag.number == "sing"] or readings


@cache
def _morphology() -> MorphAnalyzer:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")
