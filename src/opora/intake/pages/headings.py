"""What a column, a label or an ``itemprop`` announces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from opora.intake.words.letters import plain
from opora.intake.words.stages import Stage, stages_of


class Field(Enum):
    NUMBER = auto()
    NAME = auto()
    POST = auto()
    SUBJECTS = auto()
    EDUCATION = auto()
    QUALIFICATION = auto()
    DEGREE = auto()
    ACADEMIC_TITLE = auto()
    CATEGORY = auto()
    AWARDS = auto()
    EXPERIENCE = auto()
    TRAINING = auto()
    RETRAINING = auto()
    COURSE_TITLE = auto()
    COURSE_YEAR = auto()
    COURSE_HOURS = auto()
    COURSE_PROVIDER = auto()
    COURSE_KIND = auto()
    OTHER = auto()


COURSE_PARTS = frozenset(
    {Field.COURSE_TITLE, Field.COURSE_YEAR, Field.COURSE_HOURS, Field.COURSE_PROVIDER, Field.COURSE_KIND}
)


@dataclass(frozen=True, slots=True)
class Meaning:
    field: Field
    heading: str = ""
    """As the page words it."""
    stages: tuple[Stage, ...] = ()
    """Of experience, in the order of the heading."""
    announced: bool = True
    """By a heading, a label or a mark; else only the words of the text tell."""


_PROPS: dict[str, Field] = {
    "fio": Field.NAME,
    "post": Field.POST,
    "position": Field.POST,
    "teachingdiscipline": Field.SUBJECTS,
    "teachingdisciplin": Field.SUBJECTS,
    "discipline": Field.SUBJECTS,
    "disciplines": Field.SUBJECTS,
    "teachinglevel": Field.EDUCATION,
    "edulevel": Field.EDUCATION,
    "teachingqual": Field.QUALIFICATION,
    "employeequalification": Field.QUALIFICATION,
    "degree": Field.DEGREE,
    "academstat": Field.ACADEMIC_TITLE,
    "profdevelopment": Field.TRAINING,
    "profdev": Field.TRAINING,
    "profretraining": Field.RETRAINING,
    "genexperience": Field.EXPERIENCE,
    "specexperience": Field.EXPERIENCE,
    "category": Field.CATEGORY,
    "teachingop": Field.OTHER,
    "email": Field.OTHER,
    "telephone": Field.OTHER,
}
_STAGES_OF_PROPS = {"genexperience": Stage.TOTAL, "specexperience": Stage.PEDAGOGICAL}

STAFF_PROP = "teachingstaff"
LONGEST_HEADING = 500

_WHO = (
    r"(?:(?:педагог|сотрудник)(?:а|и|ов)?|(?:учител|преподавател|воспитател)(?:ь|я|и|ей)"
    r"|(?:педагогическ\w+ )?работник\w*)"
)
_WORDS: tuple[tuple[Field, str], ...] = (
    # The first that fits wins: «Стаж по специальности» is no education, «Курсы, дисциплины (модули)» are subjects.
    (Field.OTHER, r"рожден|возраст|телефон|почт|e-?mail|кабинет|фото|прием"),
    (Field.EXPERIENCE, r"стаж|опыта? |^опыт"),
    (Field.EDUCATION, r"^(?:уровень )?образовани[ея]\b"),
    (Field.AWARDS, r"наград|почетн|поощрен"),
    (Field.NAME, r"\bф\.? ?и\.? ?о\b|фамили|^имя|^отчество"),
    (Field.NAME, rf"^{_WHO}(?: {_WHO})?$"),
    (Field.CATEGORY, r"категори|аттестац|\bкв\.? ?кат|\bквал\.? ?кат|дата присвоения"),
    (Field.TRAINING, r"повышени\w+ (?:\w+ )?квалификац|\bкпк\b|\bпк\b|курсов\w+ подготовк"),
    (Field.RETRAINING, r"переподготов|^пп$"),
    (Field.OTHER, r"образовательн\w+ программ|оо?п\b|педагогическ\w+ нагрузк|класс\w* руководств"),
    (Field.POST, r"должност"),
    (Field.SUBJECTS, r"дисциплин|преподаваем|\bпреподает|^ведет"),
    (Field.TRAINING, r"\bкурс|дополнительно\w* профессионально\w*"),
    (Field.SUBJECTS, r"предмет"),
    (Field.EDUCATION, r"образовани|учебно\w+ заведени|окончил|\bвуз|специальност|направлени\w+ подготовк"),
    (Field.DEGREE, r"степен"),
    (Field.ACADEMIC_TITLE, r"\bзвани"),
    (Field.QUALIFICATION, r"^квалификаци"),
    (Field.NUMBER, r"^(?:№|n|#)(?: ?п ?/? ?п)?\.?$"),
)
_COURSE_WORDS: tuple[tuple[Field, str], ...] = (
    (Field.COURSE_KIND, r"^(?:вид|тип)\b"),
    (Field.COURSE_HOURS, r"\bчас|объем|кол-?во ч|\bч\.?$"),
    (Field.COURSE_TITLE, r"\bтем[аы]\b|назван|наименован\w+ (?:программ|курс)|^программ"),
    (Field.COURSE_YEAR, r"\bгод|\bдат[аы]\b|\bсрок|период"),
    (Field.COURSE_PROVIDER, r"\bгде\b|мест[оа]\b|организац|учреждени|провайдер|на базе"),
)


def of_prop(prop: str) -> Meaning | None:
    known = _PROPS.get(prop.lower())
    if known is None:
        return None
    stage = _STAGES_OF_PROPS.get(prop.lower())
    return Meaning(known, stages=(stage,) if stage else ())


def of_heading(heading: str, above: str = "") -> Meaning:
    """What a heading announces; ``above`` is the heading that covers it in the storey above."""
    whole = f"{above} {heading}" if above else heading
    shown = " ".join(whole.split())
    below_courses = bool(above) and _field(above) in (Field.TRAINING, Field.RETRAINING)
    own = _field(heading)
    if below_courses and own not in (Field.TRAINING, Field.RETRAINING):
        own = _course_field(heading) or own
    found = own or (_field(whole) if above else None) or Field.OTHER
    stages = stages_of(whole) if found is Field.EXPERIENCE else ()
    return Meaning(found, shown, stages)


def of_course_column(heading: str) -> Field | None:
    """Which part of a course a column gives, where a table has a row for each course."""
    return _course_field(heading)


def _field(heading: str) -> Field | None:
    return _first(heading, _WORDS)


def _course_field(heading: str) -> Field | None:
    return _first(heading, _COURSE_WORDS)


def _first(heading: str, words: tuple[tuple[Field, str], ...]) -> Field | None:
    text = plain(heading)
    if not text or len(text) > LONGEST_HEADING:
        return None
    return next((field for field, pattern in words if re.search(pattern, text)), None)
