"""Visits of the service, and results of pupils by school."""

from __future__ import annotations

import numpy as np

from opora.demo import draw
from opora.demo.draw import Coded
from opora.demo.places import SCHOOL, Places
from opora.demo.spec import TownSpec
from opora.demo.world import World


def visits(world: World, spec: TownSpec, places: Places) -> None:
    rng, at = world.rng, places.educational
    topics = ("методическая работа", "работа с молодыми", "подготовка к ГИА", "введение обновлённых ФГОС")
    for year in spec.years:
        row, _ = draw.spread(rng.poisson(1.4, len(at)))
        date = draw.between(rng, draw.first_of(year) + 20, draw.first_of(year) + 160, len(row))
        world.add(
            "visit",
            len(row),
            organisation=places.org[at[row]],
            kind=draw.pick(rng, ("visit", "audit", "consultation"), len(row), (4, 1, 3)),
            topic=draw.pick(rng, topics, len(row)),
            date=draw.apart(rng, row, date),
        )


def assessments(world: World, spec: TownSpec, places: Places) -> None:
    """Results of pupils by school and subject."""
    rng = world.rng
    schools = np.flatnonzero(places.org_kind == SCHOOL)
    subjects = ("Русский язык", "Математика", "Биология", "История", "Английский язык", "Физика")
    level = rng.normal(0, 1, len(places.org))
    for year in spec.years:
        for procedure, some, month in (("vpr", subjects, 4), ("oge", subjects[:4], 6), ("ege", subjects[:3], 6)):
            org, nth = np.repeat(schools, len(some)), np.tile(np.arange(len(some)), len(schools))
            pupils = rng.integers(8, 70, len(org))
            low = np.clip(0.12 - 0.04 * level[org] + rng.normal(0, 0.03, len(org)), 0, 0.6)
            score = (60 if procedure == "ege" else 3.7) + level[org] * (4 if procedure == "ege" else 0.15)
            world.add(
                "assessment_result",
                len(org),
                organisation=places.org[org],
                procedure=procedure,
                subject=Coded(nth, some),
                participants=pupils,
                below_threshold=np.floor(pupils * low),
                mean_score=np.round(score, 1),
                date=draw.first_of(year, month) + 10,
            )
