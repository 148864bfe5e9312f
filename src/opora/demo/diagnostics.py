"""Diagnostics and the deficits that they show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from opora.demo import draw
from opora.demo import words as w
from opora.demo.calendar import chosen, day_of
from opora.demo.draw import Bools, Coded, Days, Ints
from opora.demo.people import EDUCATOR, MANAGER, TEACHER, Staff
from opora.demo.spec import TownSpec
from opora.demo.world import World
from opora.indicators.dataset.tables.choices import AREA

AREAS = tuple(AREA)


LEVELS = ("low", "medium", "high")


CAN_LACK = 6
"""The first six areas are competences, in which a deficit can be found; the others are states of mind."""


@dataclass(frozen=True, slots=True)
class Deficits:
    """Deficits in the order of person and day."""

    person: Ints
    area: Ints
    found: Days
    result: Ints
    """Key of the diagnostic result."""
    subject: Ints


def diagnostics(world: World, spec: TownSpec, people: Staff) -> Deficits:
    parts = []
    for year in spec.years:
        who = _diagnosed(world, spec, people, year)
        date = day_of(world, people, who, year)
        for area, share in enumerate((1.0, 1.0, 0.15, 0.08, 0.2, 1.0, 0.4, 0.2, 0.2)):
            mine = _measured(world, people, who, area, share)
            parts.append(_results(world, spec, people, year, area, who[mine], date[mine]))
    found = Deficits(*(np.concatenate(column) for column in zip(*parts, strict=True)))
    order = np.lexsort((found.found, found.person))
    return Deficits(
        found.person[order], found.area[order], found.found[order], found.result[order], found.subject[order]
    )


def _diagnosed(world: World, spec: TownSpec, people: Staff, year: int) -> Ints:
    exact = spec.life.get("diagnosed_teachers")
    if exact is None or year > int(str(spec.anchor)[:4]):
        return chosen(world, people, year, spec.rate("diagnostics", year))
    teachers = (people.post == TEACHER) & (people.group == EDUCATOR)
    there = np.flatnonzero(teachers & people.active(spec.anchor) & people.active(draw.first_of(year) + 80))
    others = chosen(world, people, year, spec.rate("diagnostics", year), among=people.core & ~teachers)
    return np.concatenate([world.rng.permutation(there)[:exact], others])


def _measured(world: World, people: Staff, who: Ints, area: int, share: float) -> Bools:
    """Subjects of those who teach one, management of managers, the rest of a share."""
    teaching: Bools = people.taught[who] >= 0
    managing: Bools = people.group[who] == MANAGER
    by_area = {"subject": teaching, "managerial": managing}
    return by_area[AREAS[area]] if AREAS[area] in by_area else draw.coin(world.rng, share, len(who))


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


def deficit_topics(world: World, deficits: Deficits) -> tuple[Ints, tuple[str, ...]]:
    lists = [w.DEFICIT_TOPICS[AREAS[area]] for area in range(CAN_LACK)]
    sizes = np.array([len(texts) for texts in lists])
    starts = np.cumsum(sizes) - sizes
    nth = np.floor(world.rng.random(len(deficits.area)) * sizes[deficits.area]).astype(np.int64)
    return starts[deficits.area] + nth, tuple(text for texts in lists for text in texts)


def newest_deficit(deficits: Deficits, person: Ints, on: Days) -> Ints:
    """Number of the person's newest deficit found within two years before the day, −1 if none."""
    if len(deficits.person) == 0:
        return np.full(len(person), -1)
    key = deficits.person * 100_000 + deficits.found.astype(np.int64)
    at = np.searchsorted(key, person * 100_000 + on.astype(np.int64), side="right") - 1
    safe = np.maximum(at, 0)
    mine = (at >= 0) & (deficits.person[safe] == person) & (on - deficits.found[safe] < draw.days(730))
    return np.where(mine, at, -1)
