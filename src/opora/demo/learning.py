"""What people learn: diagnostics → deficits → routes and courses that answer them; mentoring, adaptation."""

from __future__ import annotations

import numpy as np

from opora.demo import draw
from opora.demo import words as w
from opora.demo.courses import TITLES, TOPICS, VARIANTS, taken_courses, training, write_deficits
from opora.demo.diagnostics import diagnostics
from opora.demo.draw import NEVER, Coded
from opora.demo.mentoring import adaptation, mentoring
from opora.demo.named import Named
from opora.demo.people import Staff
from opora.demo.places import Places
from opora.demo.routes import consultations, routes
from opora.demo.spec import TownSpec
from opora.demo.world import World


def reference(world: World) -> None:
    """Instruments and training programmes: the same for every municipality."""
    world.add(
        "instrument",
        5,
        title=[
            "Диагностика предметных компетенций",
            "Региональная оценка методических компетенций",
            "Анкета мотивации",
            "Лист самооценки",
            "Карта посещения занятия",
        ],
        origin=["federal", "regional_centre", "own", "self_rating", "visit"],
        level=["federal", "regional", "municipal", "municipal", "municipal"],
        independent=np.array([1, 1, 0, 0, 0]),
        thresholds=["низкий < 50, высокий ≥ 75"] * 5,
    )
    rng = world.rng
    size = len(TITLES) * VARIANTS
    title, variant = np.divmod(np.arange(size), VARIANTS)
    topic = np.array([number for number, _ in TITLES])[title]
    provider = draw.pick(rng, [name for name, _, _ in w.PROVIDERS], size, [weight for _, _, weight in w.PROVIDERS])
    federal = variant < 2
    since = draw.between(rng, draw.day("2019-03-01"), draw.day("2021-03-01"), size)
    priority = draw.coin(rng, 0.3, size) & federal
    retraining = (topic == TOPICS.index("pedagogy")) | ((topic == TOPICS.index("management")) & (variant == 2))
    world.add(
        "training_programme",
        size,
        title=Coded(title, tuple(name for _, name in TITLES)),
        kind=Coded(retraining.astype(np.int8), ("pk", "pp")),
        hours=np.where(retraining, 260, rng.choice([16, 24, 36, 48, 72, 108], size)),
        topic=Coded(topic, TOPICS),
        provider=provider,
        provider_kind=Coded(provider.codes, tuple(kind for _, kind, _ in w.PROVIDERS)),
        addressed=(variant == 3) & draw.coin(rng, 0.5, size),
        register=Coded(np.where(federal, 0, np.where(variant == 2, 1, 2)), ("federal", "regional", "none")),
        register_since=np.where(federal, since, NEVER),
        register_until=np.where(federal & draw.coin(rng, 0.15, size), draw.add_years(since, 4), NEVER),
        federal_project=Coded(
            np.where(priority, rng.integers(0, 2, size), -1), ("Современная школа", "Цифровая образовательная среда")
        ),
        federal_priority=priority,
    )


def learning(world: World, spec: TownSpec, places: Places, people: Staff, named: Named) -> None:
    deficits = diagnostics(world, spec, people)
    courses = taken_courses(world, spec, people, deficits)
    deficit = write_deficits(world, spec, people, deficits, courses)
    training(world, spec, places, people, courses, deficit, named)
    routes(world, spec, people, deficits, deficit)
    consultations(world, spec, people)
    mentoring(world, spec, places, people)
    adaptation(world, spec, places, people)
