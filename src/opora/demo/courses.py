"""Training programmes, courses and the plans of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from opora.demo import draw
from opora.demo import words as w
from opora.demo.calendar import chosen, day_of
from opora.demo.diagnostics import AREAS, Deficits, deficit_topics, newest_deficit
from opora.demo.draw import NEVER, Bools, Coded, Days, Ints, Pool
from opora.demo.named import Named
from opora.demo.people import EDUCATOR, MANAGER, Staff
from opora.demo.places import KINDS, Places
from opora.demo.spec import TownSpec
from opora.demo.world import World

TOPICS = tuple(topic for topic, _ in w.TRAINING_TOPICS)


TITLES = tuple((topic, title) for topic, titles in enumerate(w.TRAINING_TOPICS) for title in titles[1])


ANSWERS = tuple(
    TOPICS.index(name) for name in ("subject", "methods", "psychology", "psychology", "digital", "management")
)
"""Topic of the course that answers a deficit of each area."""


EDUCATOR_TOPICS = (8, 8, 15, 14, 12, 7, 3, 0.3, 0.7, 3, 6, 6, 4, 1)


MANAGER_TOPICS = (1, 1, 5, 3, 5, 1, 3, 38, 26, 8, 3, 2, 3, 0)


RETRAINING = (TOPICS.index("pedagogy"), TOPICS.index("management"))
"""Topics that are, or may be, taught as retraining."""
VARIANTS = 4
"""Each title is taught by so many providers."""


@dataclass(frozen=True, slots=True)
class Courses:
    person: Ints
    started: Days
    completed: Days
    deficit: Ints
    """Number of the deficit, −1 where the course answers none."""
    area: Ints
    """Its area."""


def write_deficits(world: World, spec: TownSpec, people: Staff, deficits: Deficits, courses: Courses) -> Ints:
    closed = np.full(len(deficits.person), NEVER)
    answered = (courses.deficit >= 0) & draw.coin(world.rng, 0.75, len(courses.deficit))
    closed[courses.deficit[answered]] = courses.completed[answered] + 14
    areas, texts = deficit_topics(world, deficits)
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


HISTORY = 3
"""Courses are known for so many years before the other facts: «within 3 years» asks for them."""


def taken_courses(world: World, spec: TownSpec, people: Staff, deficits: Deficits) -> Courses:
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
    answer = newest_deficit(deficits, person, started)
    answer[draw.coin(rng, 0.25, len(answer))] = -1
    area = np.where(answer >= 0, deficits.area[answer], -1) if len(deficits.area) else answer
    return Courses(person, started, completed, answer, area)


def _course_year(spec: TownSpec, year: int) -> tuple[float, int]:
    """Share of people trained in the year; the first may begin in autumn."""
    opening = draw.first_of(year)
    if spec.first > opening and year == spec.years[0]:
        return 0.48, int((spec.first - opening).astype(int)) + 20
    return spec.rate("training", year), 20


def training(
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
        form=_forms(world, spec, people, courses, (passed != 0) & ~np.isin(topic, RETRAINING)),
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
    world: World,
    spec: TownSpec,
    places: Places,
    people: Staff,
    courses: Courses,
    programme: Ints,
    deficit: Ints,
    named: Named,
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
    keys[lines] = _write_requests(
        world, people, courses.person[lines], plan[lines], programme[lines], deficit[lines], due[lines], "done"
    )
    missed = lines[draw.coin(rng, 1 - spec.life["plan_fulfilled"], len(lines))]
    withdrawn = lines[draw.coin(rng, 0.03, len(lines))]
    for some, state in ((missed, "missed"), (withdrawn, "withdrawn")):
        other = rng.permutation(len(some))
        who, when = courses.person[some], due[some[other]] - 10
        there = (people.since[who] < when) & (when < people.until[who])
        who, when = who[there], when[there]
        row = draw.year_of(when) - spec.years[0]
        plans = plan_of_org[row, people.org_on(who, when)] if by_deficits else plan_of_muni[row, people.muni[who]]
        _write_requests(world, people, who, plans, programme[some[there]], np.full(len(who), -1), when, state)
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
                "training_plan",
                munis,
                municipality=places.municipality,
                title=f"Муниципальный план курсов на {year} год",
                **dates,
            )
        of_org[row] = world.add(
            "training_plan",
            orgs,
            municipality=places.municipality[places.org_muni],
            organisation=places.org,
            title=f"План повышения квалификации на {year} год",
            **dates,
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
