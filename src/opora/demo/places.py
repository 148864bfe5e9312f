"""Where people work: territories and organisations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from opora.demo import draw
from opora.demo.draw import NEVER, Coded, Ints
from opora.demo.spec import MARK, TownSpec
from opora.demo.world import World
from opora.indicators.dataset.tables.choices import ORGANISATION_KIND

KINDS = tuple(ORGANISATION_KIND)


SCHOOL, PRESCHOOL, SUPPLEMENTARY, SERVICE = (
    KINDS.index(kind) for kind in ("school", "preschool", "supplementary", "methodical_service")
)


TITLES = {
    "school": "Средняя школа № {}",
    "preschool": "Детский сад № {}",
    "supplementary": "Центр дополнительного образования № {}",
    "methodical_service": "Информационно-методический центр",
}


@dataclass(frozen=True, slots=True)
class Places:
    """Municipalities and their organisations; an organisation is spoken of by its place in these columns."""

    municipality: Ints
    """Key of each municipality."""
    org: Ints
    """Key of each organisation."""
    org_muni: Ints
    """Number of its municipality."""
    org_kind: Ints
    head: Ints
    """Staff on the anchor day: organisation × educators, managers, support."""

    @property
    def educational(self) -> Ints:
        """Numbers of schools, preschools and supplementary organisations."""
        return np.flatnonzero(self.org_kind <= SUPPLEMENTARY)


def town_places(world: World, spec: TownSpec) -> Places:
    """The country, the region, the town and its organisations."""
    country = world.add("territory", 1, title="Россия", kind="country")
    region = world.add("territory", 1, title=spec.region + MARK, kind="region", parent=country)
    municipality = world.add("territory", 1, title=spec.title + MARK, kind="municipality", parent=region)
    parts = [(KINDS.index(kind), part) for kind, part in spec.life["staff"].items()]
    org_kind = np.repeat([kind for kind, _ in parts], [part["organisations"] for _, part in parts])
    head = np.concatenate([_headcounts(world, part) for _, part in parts])
    return _organisations(world, spec, municipality, np.zeros(len(org_kind), np.int64), org_kind, head)


def _headcounts(world: World, part: dict[str, int]) -> Ints:
    """Spreads the staff of one kind of organisations over them; each has a head."""
    size = part["organisations"]
    weights = world.rng.uniform(0.6, 1.4, size)
    managers = draw.apportion(max(part["managers"] - size, 0), weights) + 1
    return np.stack([draw.apportion(part["educators"], weights), managers, draw.apportion(part["support"], weights)], 1)


def country_places(world: World, spec: TownSpec, municipality: Ints, educators: Ints) -> Places:
    """Organisations of many municipalities, given the number of educators of each."""
    muni, kinds, heads = [], [], []
    habits = spec.life["country"]
    wanted_by_kind = draw.apportion(educators, [habit["share"] for habit in habits.values()])
    for nth, (kind, habit) in enumerate(habits.items()):
        wanted = wanted_by_kind[:, nth]
        count = np.maximum(1, np.floor(wanted / habit["size"] + 0.5).astype(np.int64))
        owner, _ = draw.spread(count)
        taught = draw.apportion_within(wanted, owner, world.rng.uniform(0.6, 1.4, len(owner)))
        managers = np.maximum(1, np.floor(taught * habit["managers"] + 0.5)).astype(np.int64)
        muni.append(owner)
        kinds.append(np.full(len(owner), KINDS.index(kind)))
        heads.append(np.stack([taught, managers, np.zeros_like(taught)], 1))
    return _organisations(world, spec, municipality, *(np.concatenate(part) for part in (muni, kinds, heads)))


def _organisations(
    world: World, spec: TownSpec, municipality: Ints, org_muni: Ints, org_kind: Ints, head: Ints
) -> Places:
    order = np.lexsort((org_kind, org_muni))
    org_muni, org_kind, head = org_muni[order], org_kind[order], head[order]
    number = draw.rank_within(world.rng, org_muni * len(KINDS) + org_kind, np.arange(len(order))) + 1
    kinds = [KINDS[kind] for kind in org_kind]
    titles = [TITLES.get(kind, "Организация № {}").format(n) for kind, n in zip(kinds, number, strict=True)]
    since = draw.between(world.rng, draw.day("1965-09-01"), draw.day("2012-09-01"), len(order))
    org = world.add(
        "organisation",
        len(order),
        municipality=municipality[org_muni],
        title=titles,
        kind=Coded(org_kind, KINDS),
        since=since,
    )
    places = Places(municipality, org, org_muni, org_kind, head)
    _statuses(world, spec, places)
    return places


def _statuses(world: World, spec: TownSpec, places: Places) -> None:
    """Schools with low results, leading schools and those that are supported."""
    schools = np.flatnonzero(places.org_kind == SCHOOL)
    dealt = draw.deal(world.rng, places.org_muni[schools], [0.22, 0.22, 0.2, 0.36])
    chosen = schools[dealt < 3]
    since = draw.between(world.rng, draw.day("2020-09-01"), draw.day("2021-03-01"), len(chosen))
    until = np.where(draw.coin(world.rng, 0.35, len(chosen)), draw.add_years(since, 3), NEVER)
    world.add(
        "organisation_status",
        len(chosen),
        organisation=places.org[chosen],
        status=Coded(dealt[dealt < 3], ("low_results", "leading", "supported")),
        since=since,
        until=until,
    )
