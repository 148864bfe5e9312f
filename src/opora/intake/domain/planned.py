"""A plan as the registry stands now: held against a snapshot, and against what the registry refuses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from opora.indicators.dataset.check import check_dataset
from opora.indicators.dataset.store import Dataset
from opora.intake.domain.rows import Rows
from opora.intake.matching.overlay import carried_out
from opora.intake.matching.planning import Name, Terms, plan_of
from opora.intake.plan import Answer, Fate, Plan
from opora.intake.reading import Reading
from opora.people.models import Territory
from opora.registry.scope import Actor
from opora.snapshot.kept import kept_snapshot

_EVERY = 2**31 - 1
"""Faults of one kind: each line is told its own, and none may be written."""


@dataclass(frozen=True, slots=True)
class Town:
    """Where files are taken in: a municipality."""

    id: int
    key: str

    @staticmethod
    def of(municipality: int) -> Town:
        place = Territory.objects.get(pk=municipality)
        return Town(place.pk, place.key)

    def snapshot(self, by: Actor) -> Dataset:
        """Outside of any scope and transaction."""
        return kept_snapshot(self.key, self.today(), by)[0]

    @staticmethod
    def today() -> dt.date:
        return timezone.localdate()


def planned(
    readings: Sequence[Reading], answers: Mapping[Name, Answer], town: Town, dataset: Dataset, rows: Rows
) -> Plan:
    """Within the scope of the town."""
    tables = {line.table for reading in readings for line in reading.lines}
    terms = Terms(
        municipality=town.key,
        foreign={table: rows.foreign(table) for table in tables},
        archived={table: rows.archived(table) for table in tables},
        answers=answers,
    )
    plan = plan_of(readings, dataset, terms)
    while faults := _faults(plan, dataset, town.key):  # what is wrong puts out what refers to it: each round some lines
        terms = replace(terms, faults={**terms.faults, **faults})
        plan = plan_of(readings, dataset, terms)
    return plan


def _faults(plan: Plan, dataset: Dataset, municipality: str) -> dict[Name, str]:
    """Of lines that would make the dataset one that ``load`` refuses."""
    written = {
        (line.line.table, line.row): (line.reading, line.line.name)
        for line in plan.lines
        if line.fate in (Fate.NEW, Fate.CHANGED)
    }
    if not written:
        return {}
    found = check_dataset(carried_out(plan, dataset, municipality), _EVERY)
    told = ((written.get((fault.table, fault.key)), fault) for fault in found)
    return {name: f"{fault.message}. {fault.how_to_mend}".rstrip(". ") for name, fault in told if name is not None}
