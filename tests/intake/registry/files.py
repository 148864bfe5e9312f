"""Files of schools, and what is done with them, as a methodist would."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from opora.intake.adapters import Asked, Dropped, FileTold
from opora.intake.domain.verbs import ask_commit, ask_undo, settle, start, tell
from opora.intake.domain.work import carry_out
from opora.intake.models import IntakeBatch, IntakeLine
from opora.intake.plan import Answer
from opora.people.models import Organisation
from opora.registry.scope import scope
from opora.snapshot.kept import kept_snapshot
from tests.intake.test_plan import ASYA, HEAD, VERA
from tests.people.town import ALICE, Town

ON = dt.date(2024, 9, 1)
__all__ = ["ALICE", "ASYA", "ON", "VERA"]
Facts = dict[str, list[dict[str, Any]]]


def page(*people: str, name: str = "Школа (город).html") -> Dropped:
    title = f"<title>{name}</title>"
    return Dropped(name, f'<meta charset="utf-8">{title}<table>{HEAD}{"".join(people)}</table>'.encode())


def sheet(*rows: str, name: str = "Тарификация.csv") -> Dropped:
    return Dropped(name, "\n".join(rows).encode())


def taken_in(city: Town, *files: Dropped, on: dt.date = ON) -> IntakeBatch:
    """Read and planned; what files leave open is told: they are of the school, and their columns what they seem."""
    batch = start(files, on=on, **city.as_alice)
    after = done(city, batch)
    if after.state != "asking":
        return after
    with city.seen():
        school = Organisation.objects.get(pk=city.school).key
        asked = {file.number: Asked.from_json(file.asked or {}) for file in after.files.all()}
    told = {
        number: FileTold(on, school, mappings={each.key: each.mapping for each in of_file.sheets})
        for number, of_file in asked.items()
    }
    tell(batch.pk, told, **city.as_alice)
    return done(city, batch)


def done(city: Town, batch: IntakeBatch) -> IntakeBatch:
    carry_out(batch.pk, city.municipality)
    with city.seen():
        return IntakeBatch.objects.get(pk=batch.pk)


def committed(city: Town, batch: IntakeBatch) -> IntakeBatch:
    ask_commit(batch.pk, **city.as_alice)
    return done(city, batch)


def undone(city: Town, batch: IntakeBatch) -> IntakeBatch:
    ask_undo(batch.pk, **city.as_alice)
    return done(city, batch)


def settled(city: Town, batch: IntakeBatch, answers: Mapping[int, Answer | None]) -> IntakeBatch:
    settle(batch.pk, answers, **city.as_alice)
    return done(city, batch)


def lines(city: Town, batch: IntakeBatch, **asked: Any) -> list[IntakeLine]:
    with city.seen():
        return list(batch.lines.filter(**asked).order_by("number"))


def counts(batch: IntakeBatch) -> dict[str, int]:
    return {fate: number for fate, number in batch.counts.items() if number}


def facts(town: str = "город") -> Facts:
    """All that a snapshot tells, table by table."""
    dataset, _ = kept_snapshot(town, ON, ALICE)
    return {name: dataset.table(name).to_pylist() for name in dataset.sources if dataset.rows(name)}


def seen(city: Town) -> Any:
    return scope([city.municipality], ALICE)
