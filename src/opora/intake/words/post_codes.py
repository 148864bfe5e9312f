"""Which post of the dataset a post as it is written is, and which group of staff holds it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from opora.intake.words.letters import plain

UNKNOWN = "такой должности Опора не знает: записана как «иная должность»"


@dataclass(frozen=True, slots=True)
class PostCode:
    post: str
    staff_group: str
    doubt: str = ""


_EDUCATOR, _MANAGER, _SUPPORT = "educator", "manager", "support"
_POSTS: tuple[tuple[str, str, str], ...] = (
    # The first that fits wins: «заместитель директора» is no director, «педагог-психолог» no teacher.
    (r"^(?:помощник|младший) воспитател|^ассистент|^секретар|^лаборант|^дежурн", "other", _SUPPORT),
    (r"бухгалтер|хозяйств|библиотекой|столов|склад|медицинск|^врач|\bповар|\bводител|сторож|уборщ", "other", _SUPPORT),
    (r"^советник директора|^(?:старш\w+ )?вожат|концертмейстер|^мастер производ", "other_educator", _EDUCATOR),
    (r"^(?:зам\b|зам\.|заместител|завуч)", "deputy", _MANAGER),
    (r"^(?:и\. ?о\.?|ио|врио|исполняющ\w+ обязанности) *зам", "deputy", _MANAGER),
    (r"^(?:музыкальн\w+|муз\.) ?рук", "music_director", _EDUCATOR),
    (r"^руководител\w+ физич|^художествен\w+ рук|^педагог.?библиотекар", "other_educator", _EDUCATOR),
    (r"^старш\w+ воспитател", "senior_preschool_teacher", _EDUCATOR),
    (r"^воспитател", "preschool_teacher", _EDUCATOR),
    (r"логопед", "speech_therapist", _EDUCATOR),
    (r"дефектолог|сурдопедагог|тифлопедагог|олигофренопедагог", "defectologist", _EDUCATOR),
    (r"психолог", "psychologist", _EDUCATOR),
    (r"^(?:социальн\w+|соц\.) ?пед", "social_educator", _EDUCATOR),
    (r"^преподавател\w*.?организатор", "other_educator", _EDUCATOR),
    (r"^педагог.{0,3}организатор", "organiser", _EDUCATOR),
    (r"^(?:старш\w+ )?педагог\w* доп|^пдо\b", "supplementary_teacher", _EDUCATOR),
    (r"^инструктор.*(?:физ|фк|плаван)", "physical_instructor", _EDUCATOR),
    (r"^(?:старш\w+ )?тренер", "coach", _EDUCATOR),
    (r"^(?:старш\w+ )?методист", "methodist", _EDUCATOR),
    (r"^тьютор", "tutor", _EDUCATOR),
    (r"^учител", "teacher", _EDUCATOR),
    (r"^(?:старш\w+ )?(?:преподавател|педагог|инструктор)", "other_educator", _EDUCATOR),
    (r"^(?:(?:и\. ?о\.?|ио|врио|исполняющ\w+ обязанности) *)?(?:ген\w+ )?директор", "director", _MANAGER),
    (r"^зав\w*\.? (?:отдел|филиал|кафедр|лаборатор|структур|учебн|част|практик)", "department_head", _MANAGER),
    (
        r"^(?:руководител|начальник|управляющ)\w* .*(?:отдел|филиал|подразделен|центр|сектор)",
        "department_head",
        _MANAGER,
    ),
    (r"^(?:заведующ|зав\b|зав\.|руководител|начальник)", "director", _MANAGER),
    (r"специалист|инженер|программист|документовед|юрис|экономист", "specialist", _SUPPORT),
)
_COMPILED = tuple((re.compile(pattern), post, group) for pattern, post, group in _POSTS)


@cache
def post_code(written: str) -> PostCode:
    """Of one post, without its rate and category."""
    text = plain(written)
    for pattern, post, group in _COMPILED:
        if pattern.search(text):
            return PostCode(post, group)
    return PostCode("other", _SUPPORT, UNKNOWN)
