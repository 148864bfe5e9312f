"""Posts: several in a cell, with the subjects of «учитель математики, информатики»."""

from __future__ import annotations

import re
from dataclasses import dataclass

from opora.intake.words.category import CATEGORY_WORDS
from opora.intake.words.found import Found
from opora.intake.words.subjects import is_known, nominative, subjects_after_post

_HEAD = (
    r"(?:учител|преподавател|педагог(?!ическ)|воспитател(?!ьн)|директор|заместител|зам\b|завуч|заведующ|зав\b|методист|логопед|дефектолог|психолог|тьютор"
    r"|инструктор|руководител|старш\w+\s+(?:воспитат|вожат|методист|инструктор|тренер|преподават)|социальн\w+\s+педагог"
    r"|муз\.\s*рук|соц\.\s*пед|музыкальн\w+\s+руковод|концертмейстер|тренер|мастер\b|библиотекар|советник|секретар|вожат|ассистент|помощник|и\.\s?о\.|ио\b|исполняющ"
    r"|врио|младш\w+\s+воспитат|лаборант|специалист|организатор|начальник|хореограф|балетмейстер|классн\w+\s+руковод|аккомпаниатор"
    r"|художествен\w+\s+руковод|главн\w+|инженер|медицинск|врач|режисс|дирижер|дирижёр|звукорежисс|сурдопереводчик|доцент|профессор)"
)
_STARTS_POST = re.compile(rf"\s*(?:\d[.)]\s*)?{_HEAD}", re.IGNORECASE)
_CUTS = re.compile(
    rf"\n|;|,(?![^(]*\))|\s/\s|/(?={_HEAD})|\s\+\s|\s+и\s+(?={_HEAD})|(?<=[а-яё]{{4}})\.\s+(?={_HEAD})", re.IGNORECASE
)
_TEACHES = re.compile(
    r"\s*(?P<post>(?:старший\s+)?(?:учитель|преподаватель))\s+[/:–—-]*\s*(?P<rest>[^()]+.*)", re.IGNORECASE | re.DOTALL
)
_WHOLE = re.compile(
    r"начальн|ГПД|групп|высш|перв|-|по\s|индивидуальн|надомн|ученик|дополнительн|детск|коррекц|класс|общеобраз"
    r"|логопед|дефектолог|психолог|организатор|библиотекар|предметник|методист",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\(?\b\d?[.,]?\d+\s*ст(?:авк\w*|\.)\)?"
    r"|\(?\b(?:внутр\w*\.?\s+|внеш\w*\.?\s+)?(?:по\s+)?(?:совместител\w*|совм\.)\)?"
    r"|\(?(?:декретн\w+\s+отпуск\w*|отпуск по уходу за реб[её]нком)\)?",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"[\W_]*|нет|отсутствует|\d+", re.IGNORECASE)
_HYPHEN = re.compile(
    r"(?<=учитель|педагог)\s*[–—-]\s*(?=логопед|дефектолог|психолог|организатор|библиотекар|предметник|методист)",
    re.IGNORECASE,
)
_EDGES = " \t\n.,;:–—-"


@dataclass(frozen=True, slots=True)
class Posts:
    posts: list[Found[str]]
    subjects: list[Found[str]]
    """Of «учитель математики»."""


def starts_post(text: str) -> bool:
    return bool(_STARTS_POST.match(text))


def read_posts(text: str) -> Posts:
    posts: list[Found[str]] = []
    subjects: list[Found[str]] = []
    for start, end in _whole_posts(_blanked(text)):
        piece = text[start:end]
        teaches = _TEACHES.fullmatch(_blanked(piece))
        if teaches and not _WHOLE.match(teaches["rest"].lstrip()):
            posts.append(Found(teaches["post"].strip(), start, start + teaches.end("post")))
            subjects += subjects_after_post(teaches["rest"], start + teaches.start("rest"))
        elif (post := " ".join(_blanked(piece).split()).strip(_EDGES)) and not _NOTHING.fullmatch(post):
            own, subject = _subject_apart(_HYPHEN.sub("-", post))
            posts.append(Found(own, start, end))
            subjects += [Found(name, start, end) for name in subject]
    return Posts(_without_repeats(posts), _without_repeats(subjects))


def _blanked(text: str) -> str:
    """The text of the same length without rates, categories and remarks."""
    for pattern in (_ASIDE, CATEGORY_WORDS):
        text = pattern.sub(lambda found: " " * len(found.group()), text)
    return text


def _whole_posts(text: str) -> list[tuple[int, int]]:
    """Pieces between commas; one that begins no post belongs to the post before it."""
    spans: list[tuple[int, int]] = []
    place = 0
    for cut in [*_CUTS.finditer(text), None]:
        start, end = place, cut.start() if cut else len(text)
        place = cut.end() if cut else end
        if not text[start:end].strip(_EDGES):
            continue
        if spans and not starts_post(text[start:end]):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _subject_apart(post: str) -> tuple[str, list[str]]:
    """«Учитель / начальные классы», «учитель (математика)»: the post and the subjects that are named beside it."""
    beside = re.fullmatch(r"(учитель|преподаватель)\s*[(/,–—-]\s*([^()]+?)\)?", post, re.IGNORECASE)
    subjects = [nominative(part) for part in re.split(r",\s*|\s+и\s+", beside[2])] if beside else []
    if beside and is_known(nominative(beside[2])):
        return beside[1], [nominative(beside[2])]
    return (beside[1], subjects) if beside and all(map(is_known, subjects)) else (post, [])


def _without_repeats(found: list[Found[str]]) -> list[Found[str]]:
    return list({one.value.casefold(): one for one in reversed(found)}.values())[::-1]
