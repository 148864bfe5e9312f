"""Precision and recall of read pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from opora.intake.pages.result import PageRead, Person, Read, Training
from opora.intake.scoring.gold import GoldCourse, GoldPerson
from opora.intake.scoring.tally import Tally, compare
from opora.intake.words.letters import plain
from opora.intake.words.values import Attested, Category, Level, Span, TrainingKind

FIELDS = {
    "persons": "люди",
    "posts": "должности",
    "subjects": "предметы",
    "education": "образование",
    "category": "категория",
    "category_year": "год категории",
    "experience": "стаж",
    "degree": "учёная степень",
    "titles": "курсы: названия",
    "years": "курсы: годы",
    "hours": "курсы: часы",
    "dates": "курсы: даты",
    "providers": "курсы: где",
    "retraining": "переподготовка",
}
_CATEGORIES = {Category.HIGHEST: "highest", Category.FIRST: "first", Category.CONFORMITY: "sootvetstvie"}
_LEVELS = {Level.HIGHER: "высшее", Level.VOCATIONAL: "среднее профессиональное", Level.SECONDARY: "среднее"}
_SIGNS = re.compile(r"[^\w]+")
_ALIKE = 0.6
"""From here on two titles are one course read differently and not two courses."""

_Values = Iterable[tuple[str, bool]]


@dataclass(slots=True)
class Score:
    fields: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in FIELDS})

    def add(self, name: str, tally: Tally) -> None:
        self.fields[name].add(tally)


def score_page(page: PageRead, gold: Sequence[GoldPerson], score: Score) -> None:
    pairs, left, extra = _same_people(page.persons, gold)
    names = [(_key(str(person.name.value)), person.name.sure) for person in page.persons]
    score.add("persons", compare(names, [_key(person.name) for person in gold], page.file))
    nobody = GoldPerson("", (), (), "", None, "", None, None, "", ())
    for person, wanted in [*pairs, *((None, person) for person in left), *((person, nobody) for person in extra)]:
        _score_person(person, wanted, f"{page.file}: {wanted.name or (person and person.name.value)}", score)


def _same_people(
    persons: Sequence[Person], gold: Sequence[GoldPerson]
) -> tuple[list[tuple[Person | None, GoldPerson]], list[GoldPerson], list[Person]]:
    rest = list(gold)
    pairs: list[tuple[Person | None, GoldPerson]] = []
    extra: list[Person] = []
    for person in persons:
        same = next((one for one in rest if _key(one.name) == _key(str(person.name.value))), None)
        if same is None:
            extra.append(person)
        else:
            rest.remove(same)
            pairs.append((person, same))
    return pairs, rest, extra


def _score_person(person: Person | None, gold: GoldPerson, where: str, score: Score) -> None:
    def one(name: str, read: Read[object] | None, told: str, wanted: str) -> None:
        values = [] if read is None or not told else [(told, read.sure)]
        score.add(name, compare(values, [wanted] if wanted else [], f"{where}: {FIELDS[name]}"))

    def many(name: str, reads: Sequence[Read[str]], wanted: Sequence[str]) -> None:
        values = [(_key(read.value), read.sure) for read in reads]
        score.add(name, compare(values, [_key(value) for value in wanted], f"{where}: {FIELDS[name]}"))

    many("posts", person.posts if person else (), gold.posts)
    many("subjects", person.subjects if person else (), gold.subjects)
    level = person.education if person else None
    one("education", level, _LEVELS[level.value] if level else "", gold.education)
    category = person.category if person else None
    one("category", category, _CATEGORIES[category.value.category] if category else "", gold.category)
    if gold.category and category:
        one("category_year", category, _told_year(category), str(gold.category_year or ""))
    for read, wanted in _experiences(person, gold):
        one("experience", read, _told_span(read), _told(wanted))
    degree = person.degree if person else None
    if gold.degree is not None:
        one("degree", degree, _key(degree.value) if degree else "", _key(gold.degree))
    _score_courses(person.trainings if person else (), gold.courses, where, score)


def _told_year(category: Read[Attested]) -> str:
    return str(category.value.year or "")


def _experiences(
    person: Person | None, gold: GoldPerson
) -> list[tuple[Read[Span | None] | None, tuple[int, int] | None]]:
    return [
        (person.experience if person else None, gold.experience),
        (person.pedagogical_experience if person else None, gold.pedagogical_experience),
    ]


def _told_span(read: Read[Span | None] | None) -> str:
    if read is None:
        return ""
    return _told((read.value.years, read.value.months)) if read.value else "?"


def _told(span: tuple[int, int] | None) -> str:
    return f"{span[0]} г. {span[1]} мес." if span else ""


def _score_courses(read: Sequence[Training], gold: Sequence[GoldCourse], where: str, score: Score) -> None:
    pairs = _same_courses(read, gold)
    aspects: dict[str, tuple[Callable[[Training], _Values], Callable[[GoldCourse], str]]] = {
        "titles": (_title, lambda course: _key(course.title)),
        "years": (_year, lambda course: str(course.year or "")),
        "hours": (_hours, lambda course: str(course.hours or "")),
        "retraining": (_retraining, lambda course: "переподготовка" if course.retraining else ""),
    }
    for name, (told, wanted) in aspects.items():
        for training, course in pairs:
            values = list(told(training)) if training else []
            stated = wanted(course) if course else ""
            score.add(name, compare(values, [stated] if stated else [], f"{where}: {FIELDS[name]}"))
    for training, course in pairs:
        if course and course.provider:
            values = list(_provider(training)) if training else []
            score.add("providers", compare(values, [_key(course.provider)], f"{where}: {FIELDS['providers']}"))
        if course and course.since:
            values = list(_dates(training)) if training else []
            score.add("dates", compare(values, [f"{course.since}–{course.until}"], f"{where}: {FIELDS['dates']}"))


def _title(training: Training) -> _Values:
    return [(_key(training.title.value), training.title.sure)] if training.title else []


def _year(training: Training) -> _Values:
    period = training.period
    return [(str(period.value.year), period.sure)] if period and period.value.year else []


def _hours(training: Training) -> _Values:
    return [(str(training.hours.value), training.hours.sure)] if training.hours else []


def _retraining(training: Training) -> _Values:
    told = training.kind.value is TrainingKind.RETRAINING
    return [("переподготовка", training.kind.sure)] if told else []


def _provider(training: Training) -> _Values:
    return [(_key(training.provider.value), training.provider.sure)] if training.provider else []


def _dates(training: Training) -> _Values:
    """Days are right or wrong by themselves: of «2019-2020 уч. г.» only the year is unsure."""
    period = training.period
    if period is None or period.value.since is None:
        return []
    return [(f"{period.value.since}–{period.value.until}", True)]


def _same_courses(
    read: Sequence[Training], gold: Sequence[GoldCourse]
) -> list[tuple[Training | None, GoldCourse | None]]:
    """The likeliest pairs first; what is in no pair stands alone."""
    likeness = sorted(
        ((_likeness(training, course), -i, -j) for i, training in enumerate(read) for j, course in enumerate(gold)),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for alike, i, j in likeness:
        if alike >= _ALIKE and -i not in pairs and -j not in taken:
            pairs[-i] = -j
            taken.add(-j)
    alone = [(None, course) for j, course in enumerate(gold) if j not in taken]
    return [*((training, gold[pairs[i]] if i in pairs else None) for i, training in enumerate(read)), *alone]


def _likeness(training: Training, course: GoldCourse) -> float:
    title = _key(training.title.value) if training.title else ""
    year = training.period.value.year if training.period else None
    same_year = 0.1 if year == course.year else 0.0
    if not title or not course.title:
        return (_ALIKE if title == _key(course.title) else 0.5) + same_year
    return SequenceMatcher(None, title, _key(course.title), autojunk=False).ratio() + same_year


def _key(text: str) -> str:
    """Signs and case tell no values apart."""
    return _SIGNS.sub(" ", plain(text)).strip()
