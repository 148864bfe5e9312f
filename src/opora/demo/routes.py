"""Individual routes and the support of people."""

from __future__ import annotations

import numpy as np

from opora.demo import draw
from opora.demo.calendar import chosen, day_of, until_left
from opora.demo.diagnostics import Deficits, newest_deficit
from opora.demo.draw import NEVER, Coded, Days, Ints, Pool
from opora.demo.people import Staff
from opora.demo.spec import TownSpec
from opora.demo.world import World


def routes(world: World, spec: TownSpec, people: Staff, deficits: Deficits, deficit: Ints) -> None:
    """A year's route for those with deficits first, and for others who ask."""
    rng = world.rng
    tutors = _tutors(people)
    for year in spec.years:
        ends = np.full(len(people), draw.first_of(year + 1) - 40)
        lacks = newest_deficit(deficits, np.arange(len(people)), ends)
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
        date = np.minimum(
            draw.between(rng, since, np.minimum(since + 120, year_end(since)), size), people.until[who] - 1
        )
        _write_support(
            world, people, who[mine], kind, date[mine], by=np.where(fine, tutor, -1)[mine], route=route[mine]
        )


def year_end(dates: Days) -> Days:
    return draw.first_of(draw.year_of(dates) + 1) - 1


def _steps(world: World, spec: TownSpec, people: Staff, who: Ints, route: Ints, deficit: Ints, since: Days) -> None:
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


SUPPORT_TOPICS = (
    "подготовка к аттестации",
    "рабочая программа",
    "работа с родителями",
    "современный урок",
    "дефициты: план работы",
)


FIRST_STEPS = ("первые шаги в профессии", "ведение документации", "первый урок")


def _write_support(
    world: World,
    people: Staff,
    who: Ints,
    kind: str | Coded,
    date: Days,
    topics: tuple[str, ...] = SUPPORT_TOPICS,
    *,
    by: Ints | None = None,
    route: Ints | None = None,
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


def consultations(world: World, spec: TownSpec, people: Staff) -> None:
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
