"""Recommendations and letters, and who read them."""

from __future__ import annotations

from typing import Any

import numpy as np

from opora.demo import draw
from opora.demo.associations import MUNICIPAL, Associations
from opora.demo.calendar import chosen, day_of, municipality
from opora.demo.draw import Coded, Days, Ints
from opora.demo.named import Named
from opora.demo.people import Staff
from opora.demo.places import Places
from opora.demo.spec import TownSpec
from opora.demo.world import World


def recommendations(
    world: World, spec: TownSpec, places: Places, people: Staff, found: Associations, named: Named
) -> None:
    named.put(world, "recommendation", int(places.municipality[0]))
    rng, at = world.rng, places.educational
    texts = ("Обновить план методической работы", "Провести взаимопосещения", "Пройти курс по теме дефицита")
    for year in spec.years:
        schools = at[draw.quota(rng, places.org_muni[at] * 8 + places.org_kind[at], 0.55)]
        _recommend(
            world,
            places.municipality[places.org_muni[schools]],
            year,
            texts[0],
            basis="monitoring",
            organisation=places.org[schools],
        )
        who = chosen(world, people, year, 0.05)
        date = day_of(world, people, who, year)
        world.add(
            "recommendation",
            len(who),
            municipality=municipality(places, people, who),
            person=people.id[who],
            basis="diagnostics",
            text=texts[2],
            date=date,
        )
        if named.rows("recommendation"):
            continue
        theirs = np.flatnonzero((found.level == MUNICIPAL) & (found.since < draw.first_of(year)))
        _recommend(
            world,
            places.municipality[found.muni[theirs]],
            year,
            texts[1],
            basis="association_targets",
            association=found.id[theirs],
        )
        for category in ("young", "mentors", "subject"):
            _recommend(world, places.municipality, year, texts[1], basis="monitoring", staff_category=category)


def _recommend(world: World, owner: Ints, year: int, text: str, **columns: Any) -> None:
    date = draw.first_of(year) + draw.days(world.rng.integers(30, 340, len(owner)))
    world.add("recommendation", len(owner), municipality=owner, text=text, date=date, **columns)


LETTERS = (
    "Календарь конкурсов",
    "Курсы: приём заявок",
    "Графики заседаний объединений",
    "Итоги диагностики",
    "Методические рекомендации региона",
    "Подготовка отчётов",
)


def letters(world: World, spec: TownSpec, places: Places, named: Named) -> None:
    """Letters of the service and when each organisation read them."""
    ids, rows = named.put(world, "circular", int(places.municipality[0]))
    timely = (spec.figures or {}).get("timely_acknowledgements", {})
    if rows:
        sent = np.array([np.datetime64(str(row["date"])) for row in rows], dtype="datetime64[D]")
        until = np.array([np.datetime64(str(row["respond_by"])) for row in rows], dtype="datetime64[D]")
        _acknowledge(world, spec, places, ids, np.zeros(len(ids), np.int64), sent, until, timely)
        return
    munis = len(places.municipality)
    for year in spec.years:
        nth = np.tile(np.arange(10), munis)
        muni = np.repeat(np.arange(munis), 10)
        sent = draw.first_of(year) + 15 + draw.days(nth * 33 + world.rng.integers(0, 12, len(nth)))
        keys = world.add(
            "circular",
            len(nth),
            municipality=places.municipality[muni],
            title=Coded(nth % 6, LETTERS),
            respond_by=sent + 10,
            date=sent,
        )
        _acknowledge(world, spec, places, keys, muni, sent, sent + 10, timely)


def _acknowledge(
    world: World,
    spec: TownSpec,
    places: Places,
    keys: Ints,
    muni: Ints,
    sent: Days,
    until: Days,
    timely: dict[int, float],
) -> None:
    rng, at = world.rng, places.educational
    count = np.bincount(places.org_muni[at], minlength=len(places.municipality))
    first = np.searchsorted(places.org_muni[at], np.arange(len(places.municipality)))
    row, nth = draw.spread(count[muni])
    org = at[first[muni[row]] + nth]
    years = draw.year_of(sent[row])
    share = np.array([timely.get(int(year), 0.93 + 0.01 * (int(year) - 2020)) for year in range(2000, 2100)])[
        years - 2000
    ]
    in_time = draw.coin(rng, share, len(row))
    term = (until[row] - sent[row]).astype(np.int64)
    after = np.where(in_time, np.floor(rng.random(len(row)) * (term + 1)), term + rng.integers(1, 12, len(row)))
    date = sent[row] + draw.days(after.astype(np.int64))
    kept = (date <= spec.last) & (in_time | draw.coin(rng, 0.7, len(row)))
    world.add(
        "acknowledgement",
        int(kept.sum()),
        circular=keys[row[kept]],
        organisation=places.org[org[kept]],
        date=date[kept],
    )
