"""Which numbers of the town's programmes move because of a plan."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from opora.cycle.domain.programme import programme_of
from opora.cycle.models import ProgrammeVersion
from opora.cycle.numbers import day_of, in_force
from opora.cycle.queue import sound
from opora.indicators.dataset.store import Dataset
from opora.indicators.results import IndicatorResult
from opora.intake.domain.planned import Town
from opora.intake.matching.moved import moved_numbers
from opora.intake.plan import Plan

RESULT: TypeAdapter[IndicatorResult] = TypeAdapter(IndicatorResult)
Json = dict[str, Any]


def programmes(town: Town) -> list[ProgrammeVersion]:
    """Those in force there today that this Opora can count. Within the scope of all above the town."""
    return [version for version in in_force(town.id, town.today()) if sound(version)]


def numbers(plan: Plan, dataset: Dataset, town: Town, versions: list[ProgrammeVersion]) -> list[Json]:
    """As ``IntakeBatch.numbers`` keeps them; a programme of which nothing moves is not named."""
    told = [_of_programme(plan, dataset, town, version) for version in versions]
    return [each for each in told if each["moved"]]


def _of_programme(plan: Plan, dataset: Dataset, town: Town, version: ProgrammeVersion) -> Json:
    moved = moved_numbers(plan, dataset, town.key, programme_of(version), day_of(version, town.today()))
    pairs = [{"was": _told(each.was), "becomes": _told(each.becomes)} for each in moved]
    return {"title": version.title, "version": version.pk, "moved": pairs}


def _told(result: IndicatorResult) -> Any:
    return RESULT.dump_python(result, mode="json")
