"""Experience shown and written down: presentations, publications, materials, practices."""

from __future__ import annotations

import numpy as np

from opora.demo import draw
from opora.demo import words as w
from opora.demo.associations import FEDERAL, LEVELS, MUNICIPAL, ORGANISATION, REGIONAL
from opora.demo.calendar import chosen, day_of, municipality
from opora.demo.draw import NEVER, Coded, Ints, Pool
from opora.demo.events import TOPICS
from opora.demo.named import Named
from opora.demo.people import Staff
from opora.demo.places import Places
from opora.demo.projects import Scene
from opora.demo.spec import TownSpec
from opora.demo.world import World


def experience_shown(world: World, spec: TownSpec, places: Places, people: Staff, scene: Scene, named: Named) -> None:
    named.put(world, "practice", int(places.municipality[0]))
    for year in spec.years:
        _presentations(world, spec, places, people, scene, year)
        _publications(world, spec, people, year)
        _materials(world, spec, places, people, scene, year)
        _practices(world, spec, places, people, year)


SHOWN = (0, 1, 3, 6, 7, 12, 13, 14)


def _shown_topics(world: World, people: Staff, who: Ints) -> Coded:
    """Seasoned people speak of mentoring more often."""
    topic = world.rng.choice(SHOWN, len(who))
    return Coded(topic, TOPICS)


def _presentations(world: World, spec: TownSpec, places: Places, people: Staff, scene: Scene, year: int) -> None:
    rng = world.rng
    who = chosen(world, people, year, spec.rate("presentation", year))
    who = np.concatenate([who, who[draw.coin(rng, 0.3, len(who))]])
    date = draw.apart(world.rng, who, day_of(world, people, who, year), -1)
    site = (
        Pool(scene.site_org, len(places.org)).draw(rng, people.org_on(who, date))
        if len(scene.sites)
        else np.full(len(who), -1)
    )
    fits = (site >= 0) & draw.coin(rng, 0.4, len(who))
    if len(scene.sites):
        fits &= scene.site_since[site] <= date
    world.add(
        "presentation",
        len(who),
        person=people.id[who],
        site=np.where(fits, scene.sites[site], -1) if len(scene.sites) else None,
        topic=_shown_topics(world, people, who),
        level=Coded(rng.choice([ORGANISATION] * 3 + [MUNICIPAL] * 4 + [REGIONAL, FEDERAL], len(who)), LEVELS),
        title=draw.pick(rng, w.PRACTICE_TITLES, len(who)),
        date=date,
    )


def _publications(world: World, spec: TownSpec, people: Staff, year: int) -> None:
    rng = world.rng
    who = chosen(world, people, year, spec.rate("publication", year))
    online = draw.coin(rng, 0.55, len(who))
    outlets = w.OUTLETS_PRINT + w.OUTLETS_ONLINE
    outlet = rng.integers(0, 3, len(who)) + 3 * online
    world.add(
        "publication",
        len(who),
        person=people.id[who],
        title=draw.pick(rng, w.PRACTICE_TITLES, len(who)),
        outlet=Coded(outlet, outlets),
        form=Coded(online.astype(np.int8), ("print", "online")),
        topic=_shown_topics(world, people, who),
        level=Coded(np.where(online, FEDERAL, rng.choice([MUNICIPAL, REGIONAL, FEDERAL], len(who))), LEVELS),
        date=day_of(world, people, who, year),
    )


def _materials(world: World, spec: TownSpec, places: Places, people: Staff, scene: Scene, year: int) -> None:
    rng = world.rng
    who = chosen(world, people, year, spec.rate("material", year))
    date = draw.apart(world.rng, who, day_of(world, people, who, year), -1)
    found = scene.associations
    mine = np.flatnonzero((found.level == MUNICIPAL) & (found.since < spec.first))
    by = Pool(found.muni[mine], len(places.municipality)).draw(rng, people.muni[who])
    recommended = (by >= 0) & draw.coin(rng, 0.4, len(who))
    kinds = ("methodical", "lesson", "training_programme", "recommendations", "atlas_practice")
    outlet = draw.pick(rng, w.ONLINE_STORES[:3], len(who), spec.life.get("outlets", (4, 3, 2)))
    stored = draw.coin(rng, spec.life.get("stored", 0.8), len(who))
    world.add(
        "material",
        len(who),
        municipality=municipality(places, people, who),
        person=people.id[who],
        association=np.where(recommended, found.id[mine[by]], -1) if len(mine) else None,
        title=draw.pick(rng, w.PRACTICE_TITLES, len(who)),
        kind=draw.pick(rng, kinds, len(who), (5, 3, 1, 2, 1)),
        updated=draw.coin(rng, 0.3, len(who)),
        outlet=Coded(np.where(stored, outlet.codes, -1), outlet.words),
        protocol=Coded(np.where(recommended, rng.integers(0, 5, len(who)), -1), tuple(f"№ {n}" for n in range(1, 6))),
        recommended_on=np.where(recommended, date + draw.days(rng.integers(3, 40, len(who))), NEVER),
        date=date,
    )


def _practices(world: World, spec: TownSpec, places: Places, people: Staff, year: int) -> None:
    rng = world.rng
    who = chosen(world, people, year, spec.rate("practice", year))
    since = day_of(world, people, who, year)
    ended = draw.coin(rng, 0.15, len(who))
    until = draw.add_years(since, 3)
    number = rng.integers(1, 9000, len(who)) % 500
    world.add(
        "practice",
        len(who),
        municipality=municipality(places, people, who),
        organisation=places.org[people.org_on(who, since)],
        person=people.id[who],
        title=draw.pick(rng, w.PRACTICE_TITLES, len(who)),
        topic=_shown_topics(world, people, who),
        level=Coded(rng.choice([MUNICIPAL] * 4 + [REGIONAL], len(who)), LEVELS),
        url=Coded(number, tuple(f"https://demo.example/practice/{n}" for n in range(500))),
        since=since,
        until=np.where(ended & (until <= spec.last), until, NEVER),
    )
