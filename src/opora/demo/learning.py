"""What people learn: diagnostics → deficits → routes and courses that answer them; mentoring, adaptation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from opora.demo import draw
from opora.demo import words as w
from opora.demo.calendar import chosen, day_of, municipality, until_left
from opora.demo.draw import NEVER, Bools, Coded, Days, Ints, Pool
from opora.demo.named import Named
from opora.demo.people import EDUCATOR, KINDS, MANAGER, TEACHER, Places, Staff
from opora.demo.spec import TownSpec
from opora.demo.world import World
from opora.indicators.dataset.tables.choices import AREA

AREAS = tuple(AREA)
LEVELS = ("low", "medium", "high")
CAN_LACK = 6
"""The first six areas are competences, in which a deficit can be found; the others are states of mind."""
TOPICS = tuple(topic for topic, _ in w.TRAINING_TOPICS)
TITLES = tuple((topic, title) for topic, titles in enumerate(w.TRAINING_TOPICS) for title in titles[1])
ANSWERS = tuple(TOPICS.index(name) for name in ("subject", "methods", "psychology", "psychology", "digital", "management"))
"""Topic of the course that answers a deficit of each area."""
EDUCATOR_TOPICS = (8, 8, 15, 14, 12, 7, 3, 0.3, 0.7, 3, 6, 6, 4, 1)
MANAGER_TOPICS = (1, 1, 5, 3, 5, 1, 3, 38, 26, 8, 3, 2, 3, 0)
VARIANTS = 4
"""Each title is taught by so many providers."""


@dataclass(frozen=True, slots=True)
class Deficits:
    """Deficits in the order of person and day."""

    person: Ints
    area: Ints
    found: Days
    result: Ints
    """Key of the diagnostic result."""
    subject: Ints


@dataclass(frozen=True, slots=True)
class Courses:
    person: Ints
    started: Days
    completed: Days
    deficit: Ints
    """Number of the deficit, −1 where the course answers none."""
    area: Ints
    """Its area."""


def reference(world: World) -> None:
    """Instruments and training programmes: the same for every municipality."""
    world.add(
        "instrument",
        5,
        title=["Диагностика предметных компетенций", "Региональная оценка методических компетенций", "Анкета мотивации", "Лист самооценки", "Карта посещения занятия"],
        origin=["federal", "regional_centre", "own", "self_rating", "visit"],
        level=["federal", "regional", "municipal", "municipal", "municipal"],
        independent=np.array([1, 1, 0, 0, 0]),
        thresholds=["низкий < 50, высокий ≥ 75"] * 5,
    )
    rng = world.rng
    size = len(TITLES) * VARIANTS
    title, variant = np.divmod(np.arange(size), VARIANTS)
    topic = np.array([number for number, _ in TITLES])[title]
    provider = draw.pick(rng, [name for name, _, _ in w.PROVIDERS], size, [weight for _, _, weight in w.PROVIDERS])
    federal = variant < 2
    since = draw.between(rng, draw.day("2019-03-01"), draw.day("2021-03-01"), size)
    priority = draw.coin(rng, 0.3, size) & federal
    retraining = (topic == TOPICS.index("pedagogy")) | ((topic == TOPICS.index("management")) & (variant == 2))
    world.add(
        "training_programme",
        size,
        title=Coded(title, tuple(name for _, name in TITLES)),
        kind=Coded(retraining.astype(np.int8), ("pk", "pp")),
        hours=np.where(retraining, 260, rng.choice([16, 24, 36, 48, 72, 108], size)),
        topic=Coded(topic, TOPICS),
        provider=provider,
        provider_kind=Coded(provider.codes, tuple(kind for _, kind, _ in w.PROVIDERS)),
        addressed=(variant == 3) & draw.coin(rng, 0.5, size),
        register=Coded(np.where(federal, 0, np.where(variant == 2, 1, 2)), ("federal", "regional", "none")),
        register_since=np.where(federal, since, NEVER),
        register_until=np.where(federal & draw.coin(rng, 0.15, size), draw.add_years(since, 4), NEVER),
        federal_project=Coded(np.where(priority, rng.integers(0, 2, size), -1), ("Современная школа", "Цифровая образовательная среда")),
        federal_priority=priority,
    )


def learning(world: World, spec: TownSpec, places: Places, people: Staff, named: Named) -> None:
    deficits = _diagnostics(world, spec, people)
    courses = _courses(world, spec, people, deficits)
    deficit = _write_deficits(world, spec, people, deficits, courses)
    _training(world, spec, places, people, courses, deficit, named)
    _routes(world, spec, people, deficits, deficit)
    _consultations(world, spec, people)
    _mentoring(world, spec, places, people)
    _adaptation(world, spec, places, people)


# --- diagnostics and deficits ---------------------------------------------------------------------------------------


def _diagnostics(world: World, spec: TownSpec, people: Staff) -> Deficits:
    parts = []
    for year in spec.years:
        who = _diagnosed(world, spec, people, year)
        date = day_of(world, people, who, year)
        for area, share in enumerate((1.0, 1.0, 0.15, 0.08, 0.2, 1.0, 0.4, 0.2, 0.2)):
            mine = _measured(world, people, who, area, share)
            parts.append(_results(world, spec, people, year, area, who[mine], date[mine]))
    found = Deficits(*(np.concatenate(column) for column in zip(*parts, strict=True)))
    order = np.lexsort((found.found, found.person))
    return Deficits(found.person[order], found.area[order], found.found[order], found.result[order], found.subject[order])


def _diagnosed(world: World, spec: TownSpec, people: Staff, year: int) -> Ints:
    exact = spec.life.get("diagnosed_teachers")
    if exact is None or year > int(str(spec.anchor)[:4]):
        return chosen(world, people, year, spec.rate("diagnostics", year))
    teachers = (people.post == TEACHER) & (people.group == EDUCATOR)
    there = np.flatnonzero(teachers & people.active(spec.anchor) & people.active(draw.first_of(year) + 80))
    others = chosen(world, people, year, spec.rate("diagnostics", year), among=people.core & ~teachers)
    return np.concatenate([world.rng.permutation(there)[:exact], others])


def _measured(world: World, people: Staff, who: Ints, area: int, share: float) -> Bools:
    name = AREAS[area]
    if name == "subject":
        return people.taught[who] >= 0
    if name == "managerial":
        return people.group[who] == MANAGER
    return draw.coin(world.rng, share, len(who))


def _results(
    world: World, spec: TownSpec, people: Staff, year: int, area: int, who: Ints, date: Days
) -> tuple[Ints, Ints, Days, Ints, Ints]:
    """Writes the results of one area and year; returns the deficits that they show."""
    rng = world.rng
    published = "diagnosed_teachers" in spec.life and year <= int(str(spec.anchor)[:4])
    unknown = draw.coin(rng, 0 if published else spec.life["unknown"]["level"], len(who))
    level = np.zeros(len(who), np.int64)
    level[~unknown] = _levels(world, spec, people, year, area, who[~unknown])
    subject = np.where(area == 0, people.taught[who], -1)
    result = world.add(
        "diagnostic_result",
        len(who),
        person=people.id[who],
        instrument=_instrument(rng, area, len(who)),
        measures=AREAS[area],
        subject=Coded(subject, w.TAUGHT),
        score=np.array([35, 50, 75])[level] + rng.integers(0, 15, len(who)),
        level=Coded(np.where(unknown, -1, level), LEVELS),
        date=date,
    )
    lacks = ~unknown & ((level == 0) | ((level == 1) & draw.coin(rng, 0.6, len(who)))) & (area < CAN_LACK)
    found = np.minimum(date + draw.days(rng.integers(0, 20, len(who))), people.until[who] - 1)
    return who[lacks], np.full(int(lacks.sum()), area), found[lacks], result[lacks], subject[lacks]


def _instrument(rng: draw.Rng, area: int, size: int) -> Ints:
    if area == 0:
        return 1 + (rng.random(size) < 0.1).astype(np.int64) * 3
    if area < CAN_LACK:
        return rng.choice([1, 2, 2, 2, 4, 5], size)
    return np.full(size, 3)


def _levels(world: World, spec: TownSpec, people: Staff, year: int, area: int, who: Ints) -> Ints:
    """Levels dealt exactly among the teachers, and among the others, of each municipality."""
    name = AREAS[area]
    since = max(0, year - int(str(spec.anchor)[:4]))
    habits = spec.life["high_level"]
    high = habits.get(name, 0.5) + habits["growth"] * since
    low = (0.09 - 0.008 * since) if name in ("motivation", "innovation", "burnout") else 0.12
    group = people.muni[who] * 2 + (people.post[who] == TEACHER)
    return draw.deal(world.rng, group, [low, 1 - low - high, high])


def _write_deficits(
    world: World, spec: TownSpec, people: Staff, deficits: Deficits, courses: Courses
) -> Ints:
    closed = np.full(len(deficits.person), NEVER)
    answered = (courses.deficit >= 0) & draw.coin(world.rng, 0.75, len(courses.deficit))
    closed[courses.deficit[answered]] = courses.completed[answered] + 14
    areas, texts = _deficit_topics(world, deficits)
    return world.add(
        "deficit",
        len(closed),
        person=people.id[deficits.person],
        diagnostic_result=deficits.result,
        area=Coded(deficits.area, AREAS),
        subject=Coded(deficits.subject, w.TAUGHT),
        topic=Coded(areas, texts),
        found_on=deficits.found,
        closed_on=np.where(closed > spec.last, NEVER, closed),
    )


def _deficit_topics(world: World, deficits: Deficits) -> tuple[Ints, tuple[str, ...]]:
    lists = [w.DEFICIT_TOPICS[AREAS[area]] for area in range(CAN_LACK)]
    sizes = np.array([len(texts) for texts in lists])
    starts = np.cumsum(sizes) - sizes
    nth = np.floor(world.rng.random(len(deficits.area)) * sizes[deficits.area]).astype(np.int64)
    return starts[deficits.area] + nth, tuple(text for texts in lists for text in texts)


def _newest_deficit(deficits: Deficits, person: Ints, on: Days) -> Ints:
    """Number of the person's newest deficit found within two years before the day, −1 if none."""
    if len(deficits.person) == 0:
        return np.full(len(person), -1)
    key = deficits.person * 100_000 + deficits.found.astype(np.int64)
    at = np.searchsorted(key, person * 100_000 + on.astype(np.int64), side="right") - 1
    safe = np.maximum(at, 0)
    mine = (at >= 0) & (deficits.person[safe] == person) & (on - deficits.found[safe] < draw.days(730))
    return np.where(mine, at, -1)


HISTORY = 3
"""Courses are known for so many years before the other facts: «within 3 years» asks for them."""


# --- courses and their plan -----------------------------------------------------------------------------------------


def _courses(world: World, spec: TownSpec, people: Staff, deficits: Deficits) -> Courses:
    """Everybody's turn comes about every second year."""
    rng = world.rng
    before = spec.years[0] - HISTORY
    last = np.where(rng.random(len(people)) < 0.5, before - 1, before - 2).astype(float)
    persons, dates = [], []
    for year in range(before, spec.years[-1] + 1):
        share, low = _course_year(spec, year)
        turn = last + rng.random(len(people)) * 2.6 - 0.4 * people.zeal
        who = chosen(world, people, year, share, score=turn)
        last[who] = year
        more = who[draw.coin(rng, 0.08, len(who))]
        who = np.concatenate([who, more])
        persons.append(who)
        dates.append(day_of(world, people, who, year, low))
    person, completed = np.concatenate(persons), np.concatenate(dates)
    started = np.maximum(completed - draw.days(rng.integers(3, 40, len(person))), people.since[person])
    answer = _newest_deficit(deficits, person, started)
    answer[draw.coin(rng, 0.25, len(answer))] = -1
    area = np.where(answer >= 0, deficits.area[answer], -1) if len(deficits.area) else answer
    return Courses(person, started, completed, answer, area)


def _course_year(spec: TownSpec, year: int) -> tuple[float, int]:
    """Share of people trained in the year; the first may begin in autumn."""
    opening = draw.first_of(year)
    if spec.first > opening and year == spec.years[0]:
        return 0.42, int((spec.first - opening).astype(int)) + 20
    return spec.rate("training", year), 20


def _training(
    world: World, spec: TownSpec, places: Places, people: Staff, courses: Courses, deficit: Ints, named: Named
) -> None:
    rng, who = world.rng, courses.person
    size = len(who)
    keys = np.where(courses.deficit >= 0, deficit[courses.deficit], -1) if len(deficit) else np.full(size, -1)
    topic = _topics(world, people, courses)
    programme = _programmes(world, topic, named)
    request = _plans(world, spec, places, people, courses, programme, keys, named)
    passed = np.where(draw.coin(rng, 0.985, size), 1, np.where(draw.coin(rng, 0.6, size), 0, -1))
    passed[(request >= 0) & (spec.life["plan_fulfilled"] == 1)] = 1
    world.add(
        "training",
        size,
        person=people.id[who],
        programme=programme,
        request=request,
        deficit=keys,
        started=courses.started,
        completed=courses.completed,
        passed=passed,
        form=_forms(world, spec, people, courses, (passed != 0) & (topic != TOPICS.index("pedagogy"))),
        document_number=_document_numbers(world, size),
    )


def _document_numbers(world: World, size: int) -> list[str]:
    """Numbers that no two documents of the whole data share."""
    first = world.next_id["training"]
    return [f"ДЕМО-{number:09d}" for number in range(first, first + size)]


def _topics(world: World, people: Staff, courses: Courses) -> Ints:
    """By the area of the deficit if there is one, else by what such people usually study."""
    rng, size = world.rng, len(courses.person)
    usual = np.where(
        people.group[courses.person] == MANAGER,
        draw.pick(rng, TOPICS, size, MANAGER_TOPICS).codes,
        draw.pick(rng, TOPICS, size, EDUCATOR_TOPICS).codes,
    )
    later = np.maximum(draw.year_of(courses.completed) - 2020, 0)
    more_mentors = draw.coin(rng, 0.009 * later, size) & (people.group[courses.person] == EDUCATOR)
    usual = np.where(more_mentors, TOPICS.index("mentoring"), usual)
    answering = np.where(courses.area >= 0, np.array(ANSWERS)[courses.area], usual)
    return np.where(courses.area >= 0, answering, usual)


def _programmes(world: World, topic: Ints, named: Named) -> Ints:
    """Keys of programmes on the topics; those that the town names among them."""
    topics = list(np.repeat([number for number, _ in TITLES], VARIANTS))
    keys = list(range(1, len(topics) + 1))
    extra, rows = named.put(world, "training_programme", -1)
    topics += [TOPICS.index(row["topic"]) for row in rows]
    keys += list(extra)
    drawn: Ints = np.array(keys)[Pool(topics, len(TOPICS)).draw(world.rng, topic)]
    return drawn


def _forms(world: World, spec: TownSpec, people: Staff, courses: Courses, counted: Bools) -> Coded:
    """How people study; where a programme tells how many studied from afar, exactly so many did."""
    rng, size = world.rng, len(courses.person)
    form = draw.pick(rng, ("in_person", "distance", "mixed"), size, (3, 5, 2))
    known = spec.life.get("distance_courses")
    if not known:
        return form
    codes = form.codes.copy()
    since, until = np.datetime64(str(known["since"])), np.datetime64(str(known["until"]))
    window = (courses.completed >= since) & (courses.completed < until)
    for kind in ("school", "supplementary"):
        inside = np.flatnonzero(window & (people.kind[courses.person] == KINDS.index(kind)))
        codes[inside] = 0
        who = courses.person[inside]
        able = inside[counted[inside] & (people.group[who] == EDUCATOR) & people.active(until - 1)[who]]
        _, firsts = np.unique(courses.person[able], return_index=True)
        codes[rng.permutation(able[firsts])[: known[kind]]] = 1
    return Coded(codes, form.words)


def _plans(
    world: World, spec: TownSpec, places: Places, people: Staff, courses: Courses, programme: Ints, deficit: Ints, named: Named
) -> Ints:
    """The yearly plans of the municipality and of each organisation; returns the line of each course, −1 if none."""
    rng = world.rng
    size = len(courses.person)
    plan_of_muni, plan_of_org = _write_plans(world, spec, places, named)
    year = np.maximum(draw.year_of(courses.completed) - spec.years[0], 0)
    org = people.org_on(courses.person, courses.started)
    own = draw.coin(rng, 0.35, size)
    by_deficits = spec.life.get("plan_by_deficits", False)
    own |= (deficit < 0) & by_deficits
    plan = np.where(own, plan_of_org[year, org], plan_of_muni[year, people.muni[courses.person]])
    planned = draw.coin(rng, 0.8, size) & (draw.year_of(courses.completed) >= spec.years[0])
    due = _month_end(courses.completed)
    lines = np.flatnonzero(planned)
    keys = np.full(size, -1)
    keys[lines] = _write_requests(world, people, courses.person[lines], plan[lines], programme[lines], deficit[lines], due[lines], "done")
    missed = lines[draw.coin(rng, 1 - spec.life["plan_fulfilled"], len(lines))]
    withdrawn = lines[draw.coin(rng, 0.03, len(lines))]
    for rows, state in ((missed, "missed"), (withdrawn, "withdrawn")):
        other = rng.permutation(len(rows))
        who, when = courses.person[rows], due[rows[other]] - 10
        there = (people.since[who] < when) & (when < people.until[who])
        rows, who, when = rows[there], who[there], when[there]
        plans = plan_of_muni[draw.year_of(when) - spec.years[0], people.muni[who]]
        if by_deficits:
            plans = plan_of_org[draw.year_of(when) - spec.years[0], people.org_on(who, when)]
        _write_requests(world, people, who, plans, programme[rows], np.full(len(rows), -1), when, state)
    return keys


def _write_plans(world: World, spec: TownSpec, places: Places, named: Named) -> tuple[Ints, Ints]:
    """Keys of the plans by year: of every municipality and of every organisation."""
    munis, orgs = len(places.municipality), len(places.org)
    of_muni = np.zeros((len(spec.years), munis), np.int64)
    of_org = np.zeros((len(spec.years), orgs), np.int64)
    ids, rows = named.put(world, "training_plan", int(places.municipality[0]))
    known = {int(str(row["since"])[:4]): int(key) for key, row in zip(ids, rows, strict=True)}
    for row, year in enumerate(spec.years):
        until = NEVER if year == spec.years[-1] else draw.first_of(year + 1)
        dates = {"since": draw.first_of(year), "until": until, "approved_on": draw.first_of(year) - 20}
        of_muni[row] = known.get(year, 0)
        if year not in known:
            of_muni[row] = world.add(
                "training_plan", munis, municipality=places.municipality, title=f"Муниципальный план курсов на {year} год", **dates
            )
        of_org[row] = world.add(
            "training_plan", orgs, municipality=places.municipality[places.org_muni], organisation=places.org,
            title=f"План повышения квалификации на {year} год", **dates,
        )
    return of_muni, of_org


def _write_requests(
    world: World, people: Staff, who: Ints, plan: Ints, programme: Ints, deficit: Ints, due: Days, state: str
) -> Ints:
    reasons = ("болезнь", "увольнение", "курс не состоялся")
    withdrawn = state == "withdrawn"
    return world.add(
        "training_request",
        len(who),
        plan=plan,
        person=people.id[who],
        programme=programme,
        deficit=deficit,
        due=draw.apart(world.rng, who, due, -1),
        withdrawn=int(withdrawn),
        reason=draw.pick(world.rng, reasons, len(who)) if withdrawn else None,
    )


def _month_end(dates: Days) -> Days:
    ends: Days = (dates.astype("datetime64[M]") + 1).astype("datetime64[D]") - 1
    return ends


# --- routes and support ---------------------------------------------------------------------------------------------


def _routes(world: World, spec: TownSpec, people: Staff, deficits: Deficits, deficit: Ints) -> None:
    """A year's route for those with deficits first, and for others who ask."""
    rng = world.rng
    tutors = _tutors(people)
    for year in spec.years:
        ends = np.full(len(people), draw.first_of(year + 1) - 40)
        lacks = _newest_deficit(deficits, np.arange(len(people)), ends)
        score = rng.random(len(people)) - 1.5 * (lacks >= 0)
        who = chosen(world, people, year, spec.rate("route", year), score=score)
        known = lacks[who]
        found = np.where(known >= 0, deficits.found[known], draw.first_of(year) + 20) if len(deficit) else ends[who]
        low = np.maximum(np.maximum(found + 10, draw.first_of(year) + 30), people.since[who] + 2)
        high = np.minimum(draw.first_of(year) + 334, people.until[who] - 1)
        fits = low <= high
        who, known, low, high = who[fits], known[fits], low[fits], high[fits]
        since = draw.between(rng, low, np.minimum(low + 60, high), len(who))
        _write_routes(world, spec, people, tutors, who, np.where(known >= 0, deficit[known], -1), since)


def _tutors(people: Staff) -> Pool:
    seasoned = people.core & (people.zeal > 0.6) & ~np.isnat(people.born)
    return Pool(np.where(seasoned, people.muni, people.muni.max() + 1), int(people.muni.max()) + 2)


def _write_routes(
    world: World, spec: TownSpec, people: Staff, tutors: Pool, who: Ints, deficit: Ints, since: Days
) -> None:
    rng, size = world.rng, len(who)
    until = until_left(spec, people, who, since + 365)
    tutor = tutors.draw(rng, people.muni[who])
    fine = (tutor >= 0) & (tutor != who) & (people.since[tutor] <= since) & (people.until[tutor] > since)
    asked = np.where(deficit >= 0, 1, 2 * np.ones(size, np.int64))
    asked = np.where(draw.coin(rng, 0.35, size) & (deficit >= 0), 0, asked)
    route = world.add(
        "route",
        size,
        person=people.id[who],
        basis=Coded(asked, ("diagnostics", "deficits", "request")),
        tutor=np.where(fine, people.id[tutor], -1),
        approved_on=since - 2,
        since=since,
        until=until,
    )
    _steps(world, spec, people, who, route, deficit, since)
    for kind, share in spec.life["support"].items():
        mine = np.flatnonzero(draw.quota(rng, people.muni[who], share))
        date = np.minimum(draw.between(rng, since, np.minimum(since + 120, year_end(since)), size), people.until[who] - 1)
        _write_support(world, people, who[mine], kind, date[mine], by=np.where(fine, tutor, -1)[mine], route=route[mine])


def year_end(dates: Days) -> Days:
    return draw.first_of(draw.year_of(dates) + 1) - 1


def _steps(
    world: World, spec: TownSpec, people: Staff, who: Ints, route: Ints, deficit: Ints, since: Days
) -> None:
    rng = world.rng
    row, nth = draw.spread(rng.integers(1, 4, len(who)))
    due = since[row] + 60 * (nth + 1)
    done = np.minimum(due - draw.days(rng.integers(-10, 25, len(row))), people.until[who[row]] - 1)
    done = np.maximum(done, since[row])
    is_done = draw.coin(rng, 0.9, len(row)) & (done <= spec.last)
    titles = ("Курсы повышения квалификации", "Посещение занятий коллег", "Изучение литературы", "Открытое занятие")
    world.add(
        "route_step",
        len(row),
        route=route[row],
        deficit=np.where(nth < 2, deficit[row], -1),
        title=draw.pick(rng, titles, len(row)),
        due=due,
        done_on=np.where(is_done, done, NEVER),
    )


SUPPORT_TOPICS = ("подготовка к аттестации", "рабочая программа", "работа с родителями", "современный урок", "дефициты: план работы")
FIRST_STEPS = ("первые шаги в профессии", "ведение документации", "первый урок")


def _write_support(
    world: World, people: Staff, who: Ints, kind: str | Coded, date: Days, topics: tuple[str, ...] = SUPPORT_TOPICS,
    *, by: Ints | None = None, route: Ints | None = None,
) -> None:
    world.add(
        "support",
        len(who),
        person=people.id[who],
        route=route,
        by=None if by is None else np.where(by >= 0, people.id[by], -1),
        kind=kind,
        topic=draw.pick(world.rng, topics, len(who)),
        date=draw.apart(world.rng, who, date, -1),
    )


def _consultations(world: World, spec: TownSpec, people: Staff) -> None:
    """Consultations for everybody; help of each kind for those in their first three years."""
    rng = world.rng
    for year in spec.years:
        who = chosen(world, people, year, spec.rate("consultation", year))
        kinds = draw.pick(rng, ("consultation", "psychological", "addressed"), len(who), (7, 2, 1))
        _write_support(world, people, who, kinds, day_of(world, people, who, year))
        newcomers = people.core & (people.career_start > draw.first_of(year - 2))
        who = chosen(world, people, year, 0.5, among=newcomers)
        kinds = draw.pick(rng, ("consultation", "psychological", "personal"), len(who), (3, 1, 2))
        _write_support(world, people, who, kinds, day_of(world, people, who, year), FIRST_STEPS)


# --- mentoring and adaptation ---------------------------------------------------------------------------------------


def _mentoring(world: World, spec: TownSpec, places: Places, people: Staff) -> None:
    """Pairs of a school year: the mentor is older, seasoned, and mostly from the same organisation."""
    rng = world.rng
    habits = spec.life["mentored"]
    circle = rng.random(len(people))
    for year in range(spec.years[0] - 1, spec.years[-1] + 1):
        starts = draw.september(year) + 9
        if starts < spec.first:
            continue
        educators = (people.group == EDUCATOR) & people.active(starts + 60)
        young = educators & ((people.age(starts) < 35) | (people.career_start > draw.first_of(year - 2)))
        mentees = np.concatenate(
            [
                chosen(world, people, year, min(1, habits["young"] + 0.015 * (year - spec.years[0])), among=young),
                chosen(world, people, year, habits["others"], among=educators & ~young),
            ]
        )
        since = np.maximum(starts + draw.days(rng.integers(0, 30, len(mentees))), people.since[mentees] + 7)
        seasoned = (people.core) & (people.age(starts) > 35) & (people.career_start < draw.first_of(year - 8))
        seasoned &= people.active(starts)
        mentor = _mentors(world, spec, places, people, mentees, since, seasoned, circle)
        kept = (mentor >= 0) & (since < people.until[mentees])
        _write_pairs(world, spec, places, people, mentees[kept], mentor[kept], since[kept], year)


def _mentors(
    world: World, spec: TownSpec, places: Places, people: Staff, mentees: Ints, since: Days, seasoned: Bools, circle: Days
) -> Ints:
    """A mentor for each; −1 where nobody fits."""
    rng = world.rng
    able = np.flatnonzero(seasoned)
    few = able[draw.quota(rng, people.org[able], spec.life["mentors_per_organisation"], circle[able])]
    if len(few) == 0:
        return np.full(len(mentees), -1)
    when = np.full(len(few), since.min() if len(since) else spec.last)
    at_home = Pool(people.org_on(few, when), len(places.org))
    in_town = Pool(people.muni[few], len(places.municipality))
    found = np.full(len(mentees), -1)
    home = people.org_on(mentees, since)
    for attempt in range(6):
        near = few_or_none(few, at_home.draw(rng, home))
        far = few_or_none(few, in_town.draw(rng, people.muni[mentees]))
        network = draw.coin(rng, 0.1, len(mentees)) | (near < 0) | (attempt > 4)
        candidate = np.where(network, far, near)
        fits = (candidate >= 0) & (candidate != mentees) & (people.born[candidate] < people.born[mentees] - 365)
        fits &= people.until[candidate] > since + 90
        found = np.where((found < 0) & fits, candidate, found)
    return found


def few_or_none(few: Ints, drawn: Ints) -> Ints:
    return np.where(drawn >= 0, few[drawn], -1)


def _write_pairs(
    world: World, spec: TownSpec, places: Places, people: Staff, mentee: Ints, mentor: Ints, since: Days, year: int
) -> None:
    rng, size = world.rng, len(mentee)
    until = np.minimum(draw.september(year + 1) - 1 + np.zeros(size, "timedelta64[D]"), people.until[mentee])
    until = np.minimum(until, people.until[mentor])
    org = people.org_on(mentee, since)
    order, programme = _mentoring_papers(world, places, people, mentee, org, since, year)
    over = until <= spec.last
    leader = people.group[mentor] == MANAGER
    world.add(
        "mentorship",
        size,
        mentor=people.id[mentor],
        mentee=people.id[mentee],
        form=Coded(np.where(leader, 2, np.where(draw.coin(rng, 0.1, size), 1, 0)), ("pair", "group", "leader")),
        network=people.org_on(mentor, since) != org,
        consent=np.where(draw.coin(rng, 0.96, size), 1, -1),
        order=order,
        programme=programme,
        result=Coded(np.where(over, draw.pick(rng, ("achieved", "partly", "not_achieved"), size, (8, 3, 1)).codes, -1), ("achieved", "partly", "not_achieved")),
        since=since,
        until=np.where(until > spec.last, NEVER, until),
    )


def _mentoring_papers(
    world: World, places: Places, people: Staff, mentee: Ints, org: Ints, since: Days, year: int
) -> tuple[Ints, Ints]:
    """The organisation's order, and a programme for most pairs."""
    orgs = np.unique(org)
    dated = draw.september(year) + 5
    order = world.add(
        "document", len(orgs), municipality=places.municipality[places.org_muni[orgs]], organisation=places.org[orgs],
        kind="order", topic="наставничество", title=f"О закреплении наставников на {year}/{year + 1} учебный год",
        number=[f"{number}-од" for number in world.rng.integers(100, 400, len(orgs))], dated=dated, since=dated,
        until=draw.september(year + 1) if draw.september(year + 1) <= draw.day("2025-12-31") else NEVER,
    )
    programme = np.full(len(mentee), -1)
    mine = np.flatnonzero(draw.coin(world.rng, 0.85, len(mentee)))
    programme[mine] = world.add(
        "document", len(mine), municipality=municipality(places, people, mentee[mine]), organisation=places.org[org[mine]],
        kind="programme", topic="персонализированная программа наставничества", title="Персонализированная программа наставничества",
        number=[f"{number}" for number in range(1, len(mine) + 1)],
        dated=since[mine], since=since[mine],
        until=draw.september(year + 1) if draw.september(year + 1) <= draw.day("2025-12-31") else NEVER,
    )
    return order[np.searchsorted(orgs, org)], programme


def _adaptation(world: World, spec: TownSpec, places: Places, people: Staff) -> None:
    """A conclusion after the first year of work, and for some after the second."""
    rng = world.rng
    for after in (300, 665):
        date = people.career_start + after
        who = np.flatnonzero(people.core & (date >= spec.first) & (date < spec.last) & (date < people.until) & (date > people.since))
        who = who[draw.coin(rng, 0.85 if after < 400 else 0.6, len(who))]
        results = ("adapted", "partly", "not_adapted")
        adapted = draw.deal(rng, people.muni[who], [spec.life["adapted"], 0.8 - spec.life["adapted"] * 0.8, 0.2 - spec.life["adapted"] * 0.2])
        world.add(
            "adaptation",
            len(who),
            person=people.id[who],
            organisation=places.org[people.org_on(who, date[who])],
            result=Coded(adapted, results),
            date=date[who],
        )
