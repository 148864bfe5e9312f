"""Documents of the municipality, its organisations and associations."""

from __future__ import annotations

import numpy as np

from opora.demo import draw
from opora.demo.associations import Associations
from opora.demo.calendar import open_end
from opora.demo.draw import Ints
from opora.demo.named import Named
from opora.demo.places import Places
from opora.demo.spec import TownSpec
from opora.demo.world import World

MUNICIPAL_PAPERS = (
    ("regulation", "единая методическая тема"),
    ("regulation", "творческие группы"),
    ("agreement", "сетевое взаимодействие"),
    ("programme", "сопровождение молодых специалистов"),
)
"""Papers of every municipality that no programme asks for by these words."""


def documents(world: World, spec: TownSpec, places: Places, named: Named) -> Ints:
    """Papers of the municipality and of the organisations. Returns an order of each municipality."""
    munis = len(places.municipality)
    named.put(world, "document", int(places.municipality[0]))
    dated = draw.day("2018-08-30")
    order = world.add(
        "document",
        munis,
        municipality=places.municipality,
        kind="order",
        topic="проекты и площадки",
        title="О проектах и площадках муниципалитета",
        number="101",
        dated=dated,
        since=dated,
    )
    for kind, topic in MUNICIPAL_PAPERS:
        since = draw.between(world.rng, draw.day("2017-09-01"), draw.day("2021-10-01"), munis)
        world.add(
            "document",
            munis,
            municipality=places.municipality,
            kind=kind,
            topic=topic,
            title=topic.capitalize(),
            dated=since,
            since=since,
        )
    for year in spec.years:
        _yearly_papers(world, spec, places, named, year)
    return order


def _yearly_papers(world: World, spec: TownSpec, places: Places, named: Named, year: int) -> None:
    munis, at = len(places.municipality), places.educational
    addressees = "nobody" if named.rows("document") else "organisations"
    dated = draw.between(world.rng, draw.first_of(year, 6) + 5, draw.first_of(year, 6) + 25, munis)
    for kind, topic, more in (
        ("analysis", "итоги учебного года", {"addressees": addressees}),
        ("report", "отчёт методической службы", {"published_on": dated + 10}),
    ):
        world.add(
            "document",
            munis,
            municipality=places.municipality,
            kind=kind,
            topic=topic,
            title=f"{topic.capitalize()}, {year} год",
            dated=dated,
            since=dated,
            url=f"https://demo.example/{kind}/{year}",
            **more,
        )
    since = draw.september(year) - draw.days(world.rng.integers(0, 6, len(at)))
    world.add(
        "document",
        len(at),
        municipality=places.municipality[places.org_muni[at]],
        organisation=places.org[at],
        kind="plan",
        topic="план методической работы организации",
        title=f"План методической работы на {year}/{year + 1} учебный год",
        dated=since,
        since=since,
        until=open_end(np.full(len(at), draw.september(year + 1) - 10), spec),
    )


def papers_of_associations(world: World, spec: TownSpec, places: Places, found: Associations) -> None:
    """A plan of every association for every school year."""
    for year in range(spec.years[0] - 1, spec.years[-1] + 1):
        at = np.flatnonzero(found.since < draw.september(year) + 20)
        since = np.maximum(draw.september(year) + draw.days(world.rng.integers(0, 14, len(at))), found.since[at])
        world.add(
            "document",
            len(at),
            municipality=places.municipality[found.muni[at]],
            association=found.id[at],
            kind="plan",
            organisation=np.where(found.org[at] >= 0, places.org[found.org[at]], -1),
            topic="план работы объединения",
            title=f"План работы объединения на {year}/{year + 1} учебный год",
            dated=since,
            since=since,
            until=open_end(np.full(len(at), draw.september(year + 1)), spec),
        )
