"""A large sheet through the registry: looked at, committed, taken back."""

from __future__ import annotations

import datetime as dt
import os
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.data import FOLDER, PROGRAMME

if TYPE_CHECKING:
    from opora.registry.scope import Actor
    from opora.site.home import Home

HOME = FOLDER / "opora-intake"
SCHOOLS = 60
ON = dt.date(2025, 9, 1)


def prepared(data: Path) -> dict[str, float]:
    """An installation made anew, with one town and the schools of the sheet in it."""
    from benchmarks.registry import empty
    from opora.site.setup import make, migrate

    with _at_home() as home:
        make(home)
        empty(home)
        migrate(home)
        return {"rows": _filled(data)}


def _filled(data: Path) -> float:
    from opora.indicators.dataset.store import read_dataset
    from opora.registry.scope import Actor
    from opora.snapshot.load import load
    from opora.snapshot.territories import territory

    by, dataset = Actor("benchmark"), read_dataset(data)
    load(dataset, PROGRAMME, by)
    _make_schools(territory(PROGRAMME).pk, by)
    return float(sum(dataset.rows(name) for name in dataset.sources))


@contextmanager
def _at_home() -> Iterator[Home]:
    os.environ["OPORA_HOME"] = str(HOME.absolute())
    from opora.site.home import Home

    home = Home.current()
    yield home
    assert home.cluster is not None
    home.cluster.stop()


def measured(path: Path, beside: bool) -> dict[str, float]:
    """Each step once, in what ``prepared`` has made; peaks of memory are of the whole process up to the end of the
    step. ``beside``: instead of the undoing, how long django-import-export takes for all that the registry has then."""
    from opora.site.setup import start

    with _at_home():
        start()
        return _steps(path, beside)


def _steps(path: Path, beside: bool) -> dict[str, float]:
    from opora.intake.adapters import Dropped
    from opora.intake.domain.verbs import ask_commit, ask_undo, start
    from opora.intake.domain.work import carry_out
    from opora.intake.models import IntakeBatch
    from opora.registry.scope import Actor, scope
    from opora.snapshot.territories import territory

    by = Actor("benchmark")
    town = territory(PROGRAMME).pk
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
    if beside:
        return _by_import_export(by)
    timed("undo", lambda: ask_undo(batch, municipality=town, by=by))
    assert state().state == "undone", state().failure or state().refused[:3]
    return found | {"lines": float(sum(counts.values()))} | {fate: float(count) for fate, count in counts.items()}


def _by_import_export(by: Actor) -> dict[str, float]:
    from benchmarks.import_export import load_by_import_export
    from opora.snapshot.kept import kept_snapshot

    dataset, _ = kept_snapshot(PROGRAMME, dt.date.today(), by)
    started = time.perf_counter()
    rows = load_by_import_export(dataset, by)
    return {"beside": time.perf_counter() - started, "beside_rows": float(rows)}


def _make_schools(town: int, by: Actor) -> None:
    from opora.people.models import Organisation
    from opora.registry.models import Source
    from opora.registry.scope import scope

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


def _as_proposed(batch: int, town: int, by: Actor) -> None:
    from opora.intake.adapters import Asked, FileTold
    from opora.intake.domain.verbs import tell
    from opora.intake.models import IntakeFile
    from opora.registry.scope import scope

    with scope([town], by):
        file = IntakeFile.objects.defer("content").get(batch=batch)
    asked = Asked.from_json(file.asked or {})
    told = FileTold(ON, mappings={sheet.key: sheet.mapping for sheet in asked.sheets}, nobodys=True)
    tell(batch, {0: told}, municipality=town, by=by)
