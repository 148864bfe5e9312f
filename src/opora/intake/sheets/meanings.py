"""What a column of a sheet of people may be: the words that head it, and what its cells look like."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from opora.indicators.dataset.cells import Raw
from opora.intake.words.category import read_category
from opora.intake.words.dates import find_dates
from opora.intake.words.names import any_name
from opora.intake.words.posts import starts_post

SKIPPED = ""
"""The code of a column that is not read."""
_SNILS = re.compile(r"\d{3}-\d{3}-\d{3}[ -]\d{2}")
_RATE = re.compile(r"\s*\d{0,2}(?:[.,]\d+)?\s*(?:ст\w*\.?)?\s*")
_MOST_RATE = 3


@dataclass(frozen=True, slots=True)
class Meaning:
    code: str
    title: str
    """For whoever corrects a mapping."""
    words: str
    """Of a heading: a pattern."""
    looks: Callable[[Raw], bool] | None = None
    """Whether a cell that is not empty may be one; None where anything may."""
    telling: bool = False
    """What its cells look like tells it even where the heading does not."""
    several: bool = False
    """More than one column may be this."""


def is_date(raw: Raw) -> bool:
    if isinstance(raw, dt.date):
        return True
    if isinstance(raw, int | float):
        return 1950 <= raw <= 2049 or 15_000 <= raw <= 60_000
    return isinstance(raw, str) and bool(find_dates(raw))


def is_number(raw: Raw) -> bool:
    return isinstance(raw, int | float) or (isinstance(raw, str) and any(letter.isdecimal() for letter in raw))


def is_rate(raw: Raw) -> bool:
    if isinstance(raw, int | float):
        return 0 < raw <= _MOST_RATE
    return isinstance(raw, str) and bool(_RATE.match(raw))


def is_words(raw: Raw) -> bool:
    return isinstance(raw, str) and any(letter.isalpha() for letter in raw)


def is_name(raw: Raw) -> bool:
    return isinstance(raw, str) and any_name(raw) is not None


def is_one_word(raw: Raw) -> bool:
    return isinstance(raw, str) and raw[:1].isupper() and len(raw.split()) <= 2


def _is_post(raw: Raw) -> bool:
    return isinstance(raw, str) and starts_post(raw)


def _is_category(raw: Raw) -> bool:
    return isinstance(raw, str) and read_category(raw, announced=False) is not None


def is_snils(raw: Raw) -> bool:
    return isinstance(raw, str) and bool(_SNILS.fullmatch(raw.strip()))


# The first whose words fit a heading wins, so the order matters: «Стаж по специальности» is no speciality.
UNREAD = (
    Meaning(
        "private",
        "Не читается: личные сведения, которых Опора не хранит",
        r"снилс|страхов\w+ (?:номер|свид)|паспорт|\bинн\b|телефон|\bтел\.|почт|e-?mail|адрес|прописк|прожива|\bсерия",
        is_snils,
        telling=True,
        several=True,
    ),
    Meaning("money", "Не читается: деньги", r"оклад|\bруб|зарплат|заработ|доплат|надбавк|коэффиц|\bфот\b|сумма|выплат"),
    Meaning(
        "other_hours",
        "Не читается: часы не по предметам",
        r"внеуроч|кружк|тетрад|классн\w+ руковод|^кл\. ?рук|\bгпд\b|надомн|консультац",
    ),
    Meaning("number", "Номер по порядку", r"^(?:№|n|#)(?: ?п[ ./]*п)?\.?$|^п/п|порядков\w+ номер"),
)
NAMES = (
    Meaning("last_name", "Фамилия", r"^фамилия$", is_one_word),
    Meaning("first_name", "Имя", r"^имя$", is_one_word),
    Meaning("patronymic", "Отчество", r"^отчество(?: \(?при наличии\)?)?$", is_one_word),
    Meaning(
        "name",
        "Фамилия, имя, отчество",
        r"\bф\. ?и\. ?о\b|\bфио\b|фамили\w+,? .*(?:имя|инициал|и\.? ?о)|^ф\.? ?и\.?$"
        r"|^(?:педагог|учител|работник|сотрудник|преподавател|воспитател|слушател|участник|член)\w*"
        r"(?: (?:мо|рмо|объединения|конкурса|курсов|группы))?$|^список (?:педагог|учител|участник)\w*$",
        is_name,
        telling=True,
    ),
)
ABOUT_PERSON = (
    Meaning("born", "Дата рождения", r"\bрожд|^д\. ?р\.?$", is_date),
    Meaning("sex", "Пол", r"^пол$", is_words),
    Meaning("career_start", "Начало педагогической работы", r"начал\w+ (?:педагог|пед\.)", is_date),
)
PLACE = Meaning("organisation", "Организация", r"организаци|учрежден|\bо[оу]\b|\bдоу\b|место работы|^школа$", is_words)
POST = Meaning("post", "Должность", r"должност", _is_post)
SUBJECT = Meaning("subject", "Предмет", r"предмет|дисциплин", is_words)
EXPERIENCE = (
    Meaning(SKIPPED, "", r"стаж.* в (?:данн\w+ |этой |наше\w )*(?:учрежд|организ|школ|оу\b|доу\b)"),
    Meaning("experience_position", "Стаж в должности", r"стаж.*в (?:\w+ )?должност", is_number),
    Meaning(
        "experience_pedagogical",
        "Стаж педагогический",
        r"стаж.*(?:\bпед|преподават|по спец)|\bпед\w*\.? ?стаж|преподавательск\w+ стаж",
        is_number,
    ),
    Meaning("experience_total", "Стаж общий", r"стаж", is_number),
)
JOB = (
    Meaning(SKIPPED, "", r"^категори\w+ (?:персонал|работник)"),
    POST,
    Meaning("job_kind", "Вид работы", r"совместит|вид (?:работ|занят|трудов)|основн\w+ (?:работ|мест)", is_words),
    Meaning("rate", "Ставка", r"\bстав(?:к|ок)|объем работы|^доля$", is_rate),
    Meaning(
        "hired", "Дата приёма", r"дата (?:прием|прин|поступл|начала раб|трудоустр)|приня[тл]|прием на раб", is_date
    ),
    Meaning("dismissed", "Дата увольнения", r"увольнен|уволен", is_date),
)
ATTESTATION = (
    Meaning(
        "category_until",
        "Категория: до какого дня",
        r"^(?:действ\w+|срок действия|дата окончания)\b|(?:категори|аттестац)\w* (?:до\b|действ|срок|оконч)",
        is_date,
    ),
    Meaning(
        "category_since",
        "Категория: дата аттестации",
        r"^дат\w+ .*(?:аттестац|присво|категор|установ)|^присвоен|(?:аттестац|категори|присвоени)\w* дат",
        is_date,
    ),
    Meaning("category", "Категория", r"категори|аттестац|\bкв\.? ?кат", is_words, telling=False),
)
EDUCATION = (
    Meaning(
        "education",
        "Образование",
        r"^(?:уровень |вид |какое |базовое )?образование\b|об образовании|^уровень образования",
        is_words,
    ),
    Meaning(
        "education_date", "Образование: когда окончено", r"(?:год|дата) (?:оконч|выпуск)|дата выдачи диплом", is_date
    ),
    Meaning(
        "institution", "Учебное заведение", r"учебн\w+ заведен|окончил|\bвуз\b|образовательная организация .*диплом"
    ),
    Meaning("speciality", "Специальность", r"специальност|направление подготовки", is_words),
    Meaning("qualification", "Квалификация по диплому", r"^квалификаци|квалификация по", is_words),
)
LEAVE = (
    Meaning("leave_since", "Отпуск: с какого дня", r"(?:отпуск|декрет).*\b(?:с|начал\w+)\b", is_date),
    Meaning("leave_until", "Отпуск: до какого дня", r"(?:отпуск|декрет).*\b(?:до|по|оконч\w+|выход\w*)\b", is_date),
    Meaning("leave", "Длительный отпуск", r"отпуск|декрет|отсутств|^состояние$", is_words),
)
TEACHING = (
    Meaning("classes", "Классы", r"^(?:в каких )?класс\w*$|^классы", several=False),
    Meaning(
        "hours", "Часов в неделю", r"^(?!тема|назван|наименован|программ).*(?:\bчас|нагрузк)", is_number, several=True
    ),
    SUBJECT,
)
_NO_TITLE = r"^(?!тема|назван|наименован|кол|объем)"
COURSES_TOLD = (
    Meaning("retraining", "Переподготовка, своими словами", rf"{_NO_TITLE}.*переподготов", is_words),
    Meaning(
        "courses",
        "Курсы, своими словами",
        rf"{_NO_TITLE}.*(?:повышени\w+ (?:\w+ )?квалификац|\bкпк\b|\bкурс)",
        is_words,
    ),
)
COURSE = (
    Meaning(
        "course_title",
        "Курс: название",
        r"^курс\w*$|^тема|назван|наименован\w* (?:программ|курс|дпп)|программ",
        is_words,
    ),
    Meaning("course_hours", "Курс: часов", r"\bчас|об[ъь]ем|кол-?во ч", is_number),
    Meaning(
        "course_provider",
        "Курс: кто обучал",
        r"(?:организаци|учрежден).*(?:обуч|провод|дпо|реализ|выда)|провайдер|^где |место (?:обуч|прох)|на базе",
        is_words,
    ),
    Meaning("course_started", "Курс: начат", r"(?:дата|срок) начал|^начало|^с$", is_date),
    Meaning(
        "document_number",
        "Курс: номер документа",
        r"(?:номер|№) (?:\w+ )?(?:док|удост|дипл)|удостоверени|рег\w*\.? ?(?:№|номер)",
    ),
    Meaning(
        "course_completed",
        "Курс: завершён",
        r"дат\w+|оконч|заверш|^год|год (?:прох|обуч)|срок|период|^по$|когда",
        is_date,
    ),
    Meaning("course_form", "Курс: форма", r"форма", is_words),
    Meaning("course_kind", "Курс: вид", r"^вид|^тип", is_words),
)
DIAGNOSTICS = (
    Meaning("instrument", "Диагностика: инструмент", r"инструмент|методик|назван|диагностик[аи]$|тест", is_words),
    Meaning("measures", "Диагностика: что измерено", r"компетен|област|что измер|направлени|вид дефицит", is_words),
    SUBJECT,
    Meaning("level", "Диагностика: уровень", r"уров", is_words),
    Meaning("score", "Диагностика: балл", r"балл|результат|процент|%|\bитог(?!о)", is_number, several=True),
    Meaning("date", "Диагностика: дата", r"\bдат|когда", is_date),
)
CONTESTS = (
    Meaning("contest_level", "Конкурс: уровень", r"уровен|этап|масштаб", is_words),
    Meaning("contest_result", "Конкурс: итог", r"результ|\bитог(?!о)|место$|призов|статус участ|достижен"),
    Meaning("contest", "Конкурс: название", r"конкурс|назван|наименов|мероприят", is_words),
    Meaning("date", "Конкурс: дата", r"\bдат|\bгод|срок|период|когда", is_date),
)
MEMBERS = (
    Meaning(
        "association", "Объединение: название", r"объединен|\b[ршг]?мо\b|сообществ|ассоциац|секци|клуб|назван", is_words
    ),
    Meaning("member_role", "Объединение: роль", r"^роль|статус|функци", is_words),
    Meaning("member_since", "Объединение: с какого дня", r"дат\w+ (?:вкл|вступ|начал)|с какого", is_date),
    Meaning("member_until", "Объединение: до какого дня", r"дат\w+ (?:выб|исключ|оконч)|до какого", is_date),
)
