"""What is complete: where it is, no row means «no»."""

from __future__ import annotations

from typing import Any

from opora.demo import draw
from opora.demo.draw import NEVER
from opora.demo.places import Places
from opora.demo.spec import TownSpec
from opora.demo.world import World
from opora.indicators.dataset.tables import STORED

_WHOLE_PAST = """
territory organisation organisation_status person employment leave teaching staffing vacancy education
attestation team team_member adaptation responsibility expert_role document association membership
innovation_site methodical_theme project project_participant practice measure execution training training_plan
profile_match
"""


WHOLE_PAST = frozenset(_WHOLE_PAST.split())
"""Tables that are complete from the very beginning; the others since the first day of the facts."""


def coverage(world: World, spec: TownSpec, places: Places) -> None:
    """What is complete; the tables that a town has not filled in are complete from the last year on only."""
    recent = draw.first_of(spec.years[-1])
    for table in (name for name in STORED if name != "coverage"):
        since: Any = NEVER if table in WHOLE_PAST else spec.first
        if table in spec.life["partial"]:
            _state(world, places, table, "partial", since, recent)
            since = recent
        _state(world, places, table, "complete", since, NEVER)


def _state(world: World, places: Places, table: str, status: str, since: Any, until: Any) -> None:
    owners = places.municipality
    world.add("coverage", len(owners), municipality=owners, table=table, since=since, until=until, status=status)
