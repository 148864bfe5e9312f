"""Events and who took part."""

from __future__ import annotations

import numpy as np

from opora.demo import draw
from opora.demo.associations import INTERMUNICIPAL, LEVELS, MUNICIPAL, REGIONAL
from opora.demo.calendar import chosen
from opora.demo.draw import Bools, Coded, Days, Ints, Pool
from opora.demo.named import Named
from opora.demo.people import MANAGER, Staff
from opora.demo.places import Places
from opora.demo.projects import Scene
from opora.demo.spec import TownSpec
from opora.demo.world import World
from opora.indicators.dataset.tables.choices import TOPIC

TOPICS = tuple(TOPIC)


EVENT_KINDS = (
    "seminar",
    "conference",
    "master_class",
    "open_lesson",
    "round_table",
    "webinar",
    "internship",
    "training_session",
    "methodical_day",
)


def events(world: World, spec: TownSpec, places: Places, people: Staff, scene: Scene, named: Named) -> None:
    """The municipality's events of each year and who took part."""
    _named_events(world, spec, places, people, named)
    core = np.bincount(people.muni[people.core & people.at_anchor], minlength=len(places.municipality))
    for year in spec.years:
        growth = 1 + 0.04 * (year - spec.years[0])
        count = np.floor((spec.life["events"] + 0.05 * core) * growth).astype(np.int64)
        muni, nth = draw.spread(count)
        date = _event_dates(world, year, muni, nth)
        event = _write_events(
            world, places, scene, muni, nth, date, themed=nth >= (count - 3 - (year - spec.years[0]))[muni]
        )
        _participation(world, spec, people, year, muni, event, date, nth)


def _named_events(world: World, spec: TownSpec, places: Places, people: Staff, named: Named) -> None:
    """Events that the programme names; managers come to theirs, the others are for everybody."""
    ids, rows = named.put(world, "event", int(places.municipality[0]))
    for key, row in zip(ids, rows, strict=True):
        date = np.datetime64(str(row["date"]))
        share = 0.16 if row.get("kind") == "festival" else 0.12
        mask = people.core & people.active(date)
        if row.get("audience") == "managers":
            mask, share = mask & (people.group == MANAGER), 0.85
        who = np.flatnonzero(mask & draw.coin(world.rng, share, len(people)))
        roles = draw.pick(world.rng, ROLES, len(who), (70, 22, 5, 3))
        world.add("participation", len(who), event=np.full(len(who), key), person=people.id[who], role=roles, date=date)


ROLES = ("listener", "speaker", "organiser", "expert")


def _event_dates(world: World, year: int, muni: Ints, nth: Ints) -> Days:
    """Days outside the summer; the first event is in August."""
    date = draw.between(world.rng, draw.first_of(year) + 12, draw.first_of(year) + 320, len(muni))
    inside = (date - draw.first_of(year)).astype(np.int64)
    date = np.where((inside > 165) & (inside < 228), date - 100, date)
    date[nth == 0] = draw.first_of(year, 8) + 24
    spread_out: Days = np.where(nth == 0, date, draw.apart(world.rng, muni, date))
    return spread_out


AUDIENCES = ("all", "young", "mentors", "managers", "methodists")


def _write_events(world: World, places: Places, scene: Scene, muni: Ints, nth: Ints, date: Days, themed: Bools) -> Ints:
    """First the August conference, then two meetings of heads, then the others; ``themed``: on the methodical theme."""
    rng, size = world.rng, len(muni)
    kind = draw.pick(rng, EVENT_KINDS, size, (6, 2, 5, 3, 2, 3, 1, 1, 1))
    kinds = ("august_conference", "meeting_of_heads", *EVENT_KINDS)
    code = np.where(nth == 0, 0, np.where((nth == 1) | (nth == 2), 1, kind.codes + 2))
    topic = np.where(themed, TOPICS.index("methodical_theme"), _event_topics(world, muni, nth))
    audience = np.select([nth <= 2, nth % 6 == 3, nth % 11 == 5], [np.where(nth == 0, 0, 3), 1, 2], 0)
    found = scene.associations
    by_association = Pool(found.muni[found.level == MUNICIPAL], len(places.municipality)).draw(rng, muni)
    by_association = np.where(draw.coin(rng, 0.4, size) & (nth > 2), by_association, -1)
    project = Pool(scene.young_munis, len(places.municipality)).draw(rng, muni)
    project = np.where((audience == 1) & (nth % 4 != 1), project, -1)
    at = places.educational
    host = Pool(places.org_muni[at], len(places.municipality)).draw(rng, muni)
    host = np.where(draw.coin(rng, 0.6, size) | themed, at[host], -1)
    level = np.where(nth < 9, MUNICIPAL, rng.choice([MUNICIPAL] * 8 + [INTERMUNICIPAL, REGIONAL], size))
    return world.add(
        "event",
        size,
        municipality=places.municipality[muni],
        organisation=np.where(host >= 0, places.org[host], -1),
        association=np.where(by_association >= 0, found.id[found.level == MUNICIPAL][by_association], -1),
        project=np.where(project >= 0, scene.young_projects[project], -1) if len(scene.young_projects) else None,
        title=_titles(code * len(TOPICS) + topic, muni, date),
        kind=Coded(code, kinds),
        topic=Coded(topic, TOPICS),
        level=Coded(level, LEVELS),
        audience=Coded(audience, AUDIENCES),
        date=date,
    )


def _titles(named: Ints, muni: Ints, date: Days) -> Coded:
    """Two events of one name on one day are sections of one."""
    section = draw.occurrence(named, muni, date)
    more = [
        f"{title}. Секция {number + 1}" for number in range(1, section.max(initial=0) + 1) for title in EVENT_TITLES
    ]
    return Coded(section * len(EVENT_TITLES) + named, (*EVENT_TITLES, *more))


def _event_titles() -> tuple[str, ...]:
    from opora.indicators.dataset.tables.community import EVENT

    column = EVENT.column("kind")
    labels = dict(column.choices) if column else {}
    kinds = ("august_conference", "meeting_of_heads", *EVENT_KINDS)
    return tuple(f"{labels[kind].capitalize()}: {TOPIC[topic]}" for kind in kinds for topic in TOPICS)


EVENT_TITLES = _event_titles()


def _event_topics(world: World, muni: Ints, nth: Ints) -> Ints:
    """Every direction comes up at least once a year; methods and quality more often."""
    every = (3, 5, 15, 6, 7, 0, 1, 2, 8, 9, 10, 5, 12, 13, 14, 16)
    by_turn = np.array(every)[nth % len(every)]
    free = draw.deal(world.rng, muni, (6, 5, 4, 2, 0, 3, 2, 2, 2, 1, 2, 1, 4, 4, 2, 1, 2, 0.5))
    return np.where(nth < len(every), by_turn, free)


def _participation(
    world: World, spec: TownSpec, people: Staff, year: int, muni: Ints, event: Ints, date: Days, nth: Ints
) -> None:
    rng = world.rng
    munis = int(people.muni.max()) + 1
    everywhere = Pool(muni, munis)
    who = chosen(world, people, year, spec.rate("event", year))
    often = who[draw.spread(rng.poisson(1.0, len(who)))[0]]
    young = people.core & (people.age(draw.first_of(year)) < 35)
    theirs = np.flatnonzero(nth % 6 == 3)
    managers = np.flatnonzero((nth == 1) | (nth == 2))
    mentees = chosen(world, people, year, min(0.95, 0.6 + 0.03 * (year - spec.years[0])), among=young)
    heads = chosen(world, people, year, 0.8, among=people.group == MANAGER)
    persons = np.concatenate([who, often, mentees, heads])
    picked = np.concatenate(
        [
            everywhere.draw(rng, people.muni[who]),
            everywhere.draw(rng, people.muni[often]),
            _from(theirs, Pool(muni[theirs], munis).draw(rng, people.muni[mentees])),
            _from(managers, Pool(muni[managers], munis).draw(rng, people.muni[heads])),
        ]
    )
    for _ in range(3):
        absent = ~_there(people, persons, picked, date)
        picked = np.where(absent, everywhere.draw(rng, people.muni[persons]), picked)
    there = _there(people, persons, picked, date)
    persons, picked = persons[there], picked[there]
    _, once = np.unique(persons * 1_000_000 + picked, return_index=True)
    persons, picked = persons[once], picked[once]
    world.add(
        "participation",
        len(persons),
        event=event[picked],
        person=people.id[persons],
        role=draw.pick(rng, ROLES, len(persons), (80, 12, 5, 3)),
        date=date[picked],
    )


def _there(people: Staff, persons: Ints, event: Ints, date: Days) -> Bools:
    """Whether they worked in the town on the day of the event."""
    there: Bools = (event >= 0) & (people.since[persons] <= date[event]) & (date[event] < people.until[persons])
    return there


def _from(rows: Ints, drawn: Ints) -> Ints:
    return np.where(drawn >= 0, rows[drawn], -1) if len(rows) else drawn
