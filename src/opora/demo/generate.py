"""A synthetic town, or a country of them, as tables."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from opora.demo import cards, contests, draw, events, learning, letters, membership, qualification, teams, visits
from opora.demo.associations import associations
from opora.demo.careers import careers
from opora.demo.completeness import coverage
from opora.demo.documents import documents, papers_of_associations
from opora.demo.draw import Ints
from opora.demo.experience import experience_shown
from opora.demo.measures import measures
from opora.demo.named import Named
from opora.demo.people import staff
from opora.demo.places import Places, country_places, town_places
from opora.demo.projects import projects
from opora.demo.spec import MARK, NOTE, TownSpec, country
from opora.demo.world import World, coded_schema, plain
from opora.indicators.dataset.descriptor import DESCRIPTOR, Descriptor, descriptor_text
from opora.indicators.dataset.tables import STORED

CHUNK = 24_000
"""Educators whose municipalities are made in one go: what bounds the memory."""


def generate(spec: TownSpec, *, people: int | None = None, seed: int) -> dict[str, pa.Table]:
    """All the tables of one town. The same spec, number of people and seed give the same rows.

    ``people``: educators and managers on the anchor day; by default as many as the town has.
    """
    world = World(np.random.default_rng(seed))
    spec = spec if people is None else spec.scaled(people)
    outside = _references(world, spec)
    _live(world, spec, town_places(world, spec), outside)
    return {name: plain(table) for name, table in world.take().items()}


def _references(world: World, spec: TownSpec) -> tuple[Ints, Ints]:
    """What all municipalities share. Returns the contests from outside."""
    qualification.reference(world)
    learning.reference(world)
    return contests.reference(world, spec)


def _live(world: World, spec: TownSpec, places: Places, outside: tuple[Ints, Ints]) -> None:
    """Six years of life in these places, in the order in which rows refer to each other."""
    named = Named(spec, places.org[places.educational])
    people = staff(world, spec, places)
    careers(world, spec, places, people)
    order = documents(world, spec, places, named)
    found = associations(world, spec, places, people, named)
    members = membership.membership(world, spec, places, people, found)
    membership.meetings(world, spec, people, found, members)
    scene = projects(world, spec, places, people, found, order, named)
    events.events(world, spec, places, people, scene, named)
    experience_shown(world, spec, places, people, scene, named)
    collectives = teams.teams(world, spec, places, people)
    contests.contests(world, spec, places, people, outside, collectives, named)
    learning.learning(world, spec, places, people, named)
    papers_of_associations(world, spec, places, found)
    teams.duties(world, spec, places, people, order)
    cards.collections(world, spec, places, people, named)
    cards.surveys(world, spec, places, people, named)
    measures(world, spec, places, order)
    letters.recommendations(world, spec, places, people, found, named)
    letters.letters(world, spec, places, named)
    visits.visits(world, spec, places)
    visits.assessments(world, spec, places)
    coverage(world, spec, places)


def generate_country(
    municipalities: int, educators: int, seed: int, out: Path, tables: Iterable[str] | None = None
) -> dict[str, int]:
    """Many municipalities, written as they are made: a folder of Parquet files with a descriptor.

    Memory does not grow with the country. ``tables``: only these, the others stay empty. Returns rows by table.
    """
    out.mkdir(parents=True, exist_ok=True)
    spec = country()
    sizes = _sizes(np.random.default_rng([seed, 0]), municipalities, educators)
    writer = _Writer(out, tables)
    world = World(np.random.default_rng([seed, 1]), wanted=writer.wanted)
    outside = _references(world, spec)
    towns = _territories(world, municipalities)
    writer.write(world)
    for number, (first, last) in enumerate(_chunks(sizes)):
        world = World(np.random.default_rng([seed, 2 + number]), first_id=world.next_id, wanted=writer.wanted)
        _live(world, spec, country_places(world, spec, towns[first:last], sizes[first:last]), outside)
        writer.write(world)
    return writer.close(f"Страна{MARK}, {NOTE}")


def _sizes(rng: draw.Rng, municipalities: int, educators: int) -> Ints:
    """Educators of each municipality: many small ones, a few large."""
    weights = rng.lognormal(0, 0.7, municipalities)
    return 20 + draw.apportion(educators - 20 * municipalities, weights)


def _chunks(sizes: Ints) -> list[tuple[int, int]]:
    place = np.cumsum(sizes) // CHUNK
    edges = np.flatnonzero(np.r_[True, place[1:] != place[:-1], True])
    return list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))


def _territories(world: World, municipalities: int) -> Ints:
    """The country, its 89 regions and the municipalities."""
    country_key = world.add("territory", 1, title="Россия", kind="country")
    regions = min(89, municipalities)
    titles = [f"Регион {number}{MARK}" for number in range(1, regions + 1)]
    region = world.add("territory", regions, title=titles, kind="region", parent=np.repeat(country_key, regions))
    titles = [f"Муниципалитет {number}{MARK}" for number in range(1, municipalities + 1)]
    parents = region[np.arange(municipalities) * regions // municipalities]
    return world.add("territory", municipalities, title=titles, kind="municipality", parent=parents)


class _Writer:
    """One Parquet file per table, a row group per chunk."""

    def __init__(self, out: Path, tables: Iterable[str] | None) -> None:
        self.out = out
        self.wanted = frozenset(tables) if tables is not None else frozenset(STORED)
        self.rows = dict.fromkeys(STORED, 0)
        self._files: dict[str, pq.ParquetWriter] = {}

    def write(self, world: World) -> None:
        for name, table in world.take().items():
            if table.num_rows:
                self._file(name).write_table(table)
                self.rows[name] += table.num_rows

    def _file(self, name: str) -> pq.ParquetWriter:
        if name not in self._files:
            schema = coded_schema(STORED[name])
            path = self.out / f"{name}.parquet"
            self._files[name] = pq.ParquetWriter(path, schema, compression="snappy", store_schema=False)
        return self._files[name]

    def close(self, title: str) -> dict[str, int]:
        for name in STORED:
            if not self.rows[name]:
                self._file(name)
        for file in self._files.values():
            file.close()
        (self.out / DESCRIPTOR).write_text(_descriptor(title), "utf-8")
        return self.rows


def _descriptor(title: str) -> str:
    return descriptor_text(Descriptor(title, synthetic=True), iter(STORED.values()), "integer")
