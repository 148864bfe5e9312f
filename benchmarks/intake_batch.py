"""A large sheet through the registry: looked at, committed, taken back."""

from __future__ import annotations

import datetime as dt
import os
import resource
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.data import FOLDER, PROGRAMME

HOME = FOLDER / "opora-intake"
SCHOOLS = 60
ON = dt.date(2025, 9, 1)


def measured(path: Path, data: Path) -> dict[str, float]:
    """Each step once, in an installation made anew with one town in it; peaks of memory are of the whole process up
    to the end of the step."""
    os.environ["OPORA_HOME"] = str(HOME.absolute())
    from benchmarks.registry import empty
    from opora.site.home import Home
    from opora.site.setup import make, migrate

    home = Home.current()
    make(home)
    empty(home)
    migrate(home)
    try:
        return _steps(path, data)
    finally:
        assert home.cluster is not None
        home.cluster.stop()


def _steps(path: Path, data: Path) -> dict[str, float]:
    from opora.indicators.dataset.store import read_dataset
    from opora.intake.adapters import Dropped
    from opora.intake.domain.verbs import ask_commit, ask_undo, start
    from opora.intake.domain.work import carry_out
    from opora.intake.models import IntakeBatch
    from opora.registry.scope import Actor, scope
    from opora.snapshot.load import load
    from opora.snapshot.territories import territory

    by = Actor("benchmark")
    load(read_dataset(data), PROGRAMME, by)
    town = territory(PROGRAMME).pk
    _make_schools(town, by)
    found: dict[str, float] = {}

    def timed(name: str, work: Callable[[], object]) -> None:
        started = time.perf_counter()
        work()
        carry_out(batch, town)
        found[name] = time.perf_counter() - started
        found[f"{name}_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    def state() -> IntakeBatch:
        with scope([town], by):
            return IntakeBatch.objects.get(pk=batch)

    batch = start([Dropped(path.name, path.read_bytes())], on=ON, municipality=town, by=by).pk
    timed("asking", lambda: None)
    timed("preview", lambda: _as_proposed(batch, town, by))
    counts = state().counts
    timed("commit", lambda: ask_commit(batch, municipality=town, by=by))
    assert state().state == "committed", state().failure or state().refused[:3]
    timed("undo", lambda: ask_undo(batch, municipality=town, by=by))
    assert state().state == "undone", state().failure or state().refused[:3]
    return found | {"lines": float(sum(counts.values()))} | {fate: float(count) for fate, count in counts.items()}


def _make_schools(town: int, by: object) -> None:
    from opora.people.models import Organisation
    from opora.registry.models import Source
    from opora.registry.scope import Actor, scope

    assert isinstance(by, Actor)
    with scope([town], by):
        source = Source.objects.create(municipality_id=town, kind="typed", title="Schools")
        Organisation.objects.bulk_create(
            Organisation(
                municipality_id=town, source=source, key=f"bench-{number}", title=title_of(number), kind="school"
            )
            for number in range(SCHOOLS)
        )


def title_of(number: int) -> str:
    return f"МБОУ СОШ № {number}"


def _as_proposed(batch: int, town: int, by: object) -> None:
    from opora.intake.adapters import Asked, FileTold
    from opora.intake.domain.verbs import tell
    from opora.intake.models import IntakeFile
    from opora.registry.scope import Actor, scope

    assert isinstance(by, Actor)
    with scope([town], by):
        file = IntakeFile.objects.defer("content").get(batch=batch)
    asked = Asked.from_json(file.asked or {})
    told = FileTold(ON, mappings={sheet.key: sheet.mapping for sheet in asked.sheets}, nobodys=True)
    tell(batch, {0: told}, municipality=town, by=by)
