"""Information cards that organisations answer, and surveys."""

from __future__ import annotations

from typing import Any

import numpy as np

from opora.demo import draw
from opora.demo.draw import Ints
from opora.demo.named import Named
from opora.demo.people import Staff
from opora.demo.places import Places
from opora.demo.spec import TownSpec, programme
from opora.demo.world import World

TOPICS = ("кадры", "курсы повышения квалификации", "методическая работа организаций")


SURVEYS = ("удовлетворённость методической поддержкой", "затруднения педагогов", "психологический климат")


def collections(world: World, spec: TownSpec, places: Places, people: Staff, named: Named) -> None:
    """Cards that the organisations answer; the questions of the programme, or two of the service itself."""
    munis, sizes = len(places.municipality), _sizes(places, people)
    ids, rows = named.put(world, "collection", int(places.municipality[0]))
    named.put(world, "card_answer", int(places.municipality[0]))
    asked = spec.questions or ("К-1", "К-2")
    answered = {row.get("collection") for row in named.rows("card_answer")}
    for key, row in zip(ids, rows, strict=True):
        if row.get("ref") not in answered:
            _answers(world, places, sizes, np.full(1, key), np.datetime64(str(row["date"])), asked)
    for year in spec.years:
        for nth, topic in enumerate(TOPICS):
            date = draw.first_of(year, (4, 6, 10)[nth]) + 14
            keys = world.add(
                "collection",
                munis,
                municipality=places.municipality,
                title=f"Информационная карта: {topic}, {year} год",
                topic=topic,
                level="municipal",
                date=date,
            )
            _answers(world, places, sizes, keys, date, asked if nth == 2 and not rows else (f"К-{nth + 1}",))
    _published_answers(world, spec, places)


def _sizes(places: Places, people: Staff) -> Ints:
    sizes: Ints = np.bincount(people.org[people.core & people.at_anchor], minlength=len(places.org))
    return sizes


def _answers(world: World, places: Places, sizes: Ints, keys: Ints, date: Any, questions: tuple[str, ...]) -> None:
    """An answer of nearly every organisation to each question, before the term."""
    at = places.educational
    if len(keys) == 1:
        at = at[places.org_muni[at] == 0]
    for question in questions:
        some = at[draw.coin(world.rng, 0.96, len(at))]
        share = 0.35 + 0.04 * (draw.year_of(date) - 2020) + world.rng.uniform(0, 0.2, len(some))
        world.add(
            "card_answer",
            len(some),
            collection=keys[np.minimum(places.org_muni[some], len(keys) - 1)],
            organisation=places.org[some],
            question=question,
            value=np.floor(sizes[some] * share),
            base=sizes[some],
            date=date - draw.days(world.rng.integers(0, 20, len(some))),
        )


def _published_answers(world: World, spec: TownSpec, places: Places) -> None:
    """What the town published and only a card can tell: rooms, seats."""
    figures = [figure for figure in programme(spec.key).get("published") or [] if "reported" in figure]
    if not figures:
        return
    date = spec.anchor - 20
    key = world.add(
        "collection",
        1,
        municipality=places.municipality[:1],
        title="Сведения о методической службе",
        topic="методическая служба",
        level="municipal",
        date=date,
    )
    world.add(
        "card_answer",
        len(figures),
        collection=np.repeat(key, len(figures)),
        question=[str(figure["code"]) for figure in figures],
        value=np.array([float(figure["expected"]) for figure in figures]),
        date=date,
    )


def surveys(world: World, spec: TownSpec, places: Places, people: Staff, named: Named) -> None:
    named.put(world, "survey_result", int(places.municipality[0]))
    rng, at, sizes = world.rng, places.educational, _sizes(places, people)
    for year in spec.years:
        for topic in SURVEYS:
            asked = np.floor(sizes[at] * rng.uniform(0.5, 0.9, len(at))).astype(np.int64)
            good = np.floor(asked * (0.6 + 0.03 * (year - spec.years[0])) * rng.uniform(0.8, 1.05, len(at))).astype(
                np.int64
            )
            world.add(
                "survey_result",
                len(at),
                municipality=places.municipality[places.org_muni[at]],
                organisation=places.org[at],
                topic=topic,
                respondents=asked,
                positive=np.minimum(good, asked),
                date=draw.first_of(year, 10) + 20,
            )
