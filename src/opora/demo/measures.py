"""Points of the plans on their terms, and what became of them."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from opora.demo import draw
from opora.demo.draw import Coded, Days, Ints
from opora.demo.places import Places
from opora.demo.spec import TownSpec
from opora.demo.world import World

OWN_MEASURES = (
    "Провести диагностику дефицитов",
    "Составить план курсов",
    "Провести заседания объединений",
    "Подвести итоги мониторинга",
)


PARTS = {"road_map": "road_map", "plan_row": "plan", "plan": "plan"}


def measures(world: World, spec: TownSpec, places: Places, order: Ints) -> None:
    """The points of the programme's plan year by year, and what became of them."""
    rows = _due_rows(spec)
    munis = len(places.municipality)
    if not rows:
        years = np.repeat(spec.years, len(OWN_MEASURES) * munis)
        nth = np.tile(np.repeat(np.arange(len(OWN_MEASURES)), munis), len(spec.years))
        due = draw.first_of(years) + 300
        muni = np.tile(np.arange(munis), len(OWN_MEASURES) * len(spec.years))
        ids = world.add(
            "measure",
            len(nth),
            municipality=places.municipality[muni],
            kind="plan",
            title=Coded(nth, OWN_MEASURES),
            due=due,
        )
        _executions(world, spec, ids, due, order[muni])
        return
    due = np.array([date for _, _, _, date in rows], dtype="datetime64[D]")
    ids = world.add(
        "measure",
        len(rows),
        municipality=np.repeat(places.municipality[:1], len(rows)),
        programme=spec.key,
        code=[code for code, _, _, _ in rows],
        kind=[kind for _, kind, _, _ in rows],
        title=[title for _, _, title, _ in rows],
        due=due,
    )
    _executions(world, spec, ids, due, np.repeat(order[:1], len(rows)))


def _executions(world: World, spec: TownSpec, ids: Ints, due: Days, order: Ints) -> None:
    rng = world.rng
    past = np.flatnonzero((due < spec.last) & draw.coin(rng, 0.99, len(due)))
    date = np.minimum(due[past] - draw.days(rng.integers(-4, 25, len(past))), spec.last)
    results = ("done", "partly", "not_done")
    world.add(
        "execution",
        len(past),
        measure=ids[past],
        result=draw.pick(rng, results, len(past), (96, 3, 1)),
        document=np.where(draw.coin(rng, 0.3, len(past)), order[past], -1),
        date=date,
    )


def _due_rows(spec: TownSpec) -> list[tuple[str, str, str, np.datetime64]]:
    """Each measure on each of its terms: once, or every year of its span."""
    rows = []
    for measure in spec.measures:
        part = PARTS.get(str(measure.get("kind")), "other")
        part = "road_map" if part == "plan" and spec.key == "balakhta" else part
        for due in _terms(spec, measure):
            rows.append((str(measure["code"]), part, str(measure["title"]), due))
    return rows


def _terms(spec: TownSpec, measure: dict[str, Any]) -> list[np.datetime64]:
    said = [int(year) for year in re.findall(r"20\d\d", str(measure.get("due") or ""))]
    months = [int(month) for month in measure.get("months") or []]
    start = int(str(spec.life["programme_start"])[:4])
    once = measure.get("recurrence") == "once"
    first, last = (said[0], said[-1]) if said else (start, spec.years[-1])
    years = (
        [last]
        if once and said
        else range(
            max(first, spec.years[0]), min(last if len(said) > 1 or once else spec.years[-1], spec.years[-1]) + 1
        )
    )
    last_month = max(months) if months else 12
    return [np.datetime64(f"{year}-{last_month:02d}-20") for year in years]
