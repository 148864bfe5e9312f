"""The last snapshot of each territory, kept in the installation's folder until a fact changes."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from django.db import connection

from opora import __version__
from opora.indicators.dataset.store import Dataset
from opora.indicators.dataset.tables import STORED
from opora.registry.scope import Actor, scope
from opora.site.home import Home
from opora.snapshot.moments import Moment, changed_since, moment
from opora.snapshot.reading import one_read
from opora.snapshot.take import taken, title_of, written
from opora.snapshot.territories import territory, with_all_inside

_KEPT = 2
"""The last one, and the one before: somebody may still be counting from it."""


def kept_snapshot(municipality: str, on: dt.date, actor: Actor) -> tuple[Dataset, Moment]:
    """What ``take`` would give, and as of which moment; the registry is read only if something has changed."""
    note = _folder() / f"{hashlib.sha256(municipality.encode()).hexdigest()[:16]}.json"
    with one_read():
        top = territory(municipality)
        with scope([each.pk for each in with_all_inside(top)], actor):
            found = _still_so(note)
        if found is not None:
            dataset, then = found
            return replace(dataset, title=title_of(top, on)), then
        fresh = Path(mkdtemp(prefix=f"{note.stem}-", dir=note.parent))
        dataset, then, database = taken(municipality, on, fresh, actor), moment(), _database()
    _keep(note, fresh, dataset, then, database)
    return dataset, then


def forget_kept() -> None:
    """Removes them all: after somebody's data were destroyed."""
    shutil.rmtree(_folder())


def forget_snapshots(before: dt.datetime) -> None:
    """Removes those that were taken before, whether they still hold or not."""
    for path in _folder().iterdir():
        if path.stat().st_mtime < before.timestamp():
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _folder() -> Path:
    """Nobody but the one who runs Opora may look in: these are facts about people."""
    folder = Home.current().folder / "snapshots"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _still_so(note: Path) -> tuple[Dataset, Moment] | None:
    try:
        told = json.loads(note.read_text("utf-8"))
    except FileNotFoundError:
        return None
    folder, then = note.parent / told["folder"], Moment(told["era"], told["seen"])
    if told["form"] != _form() or told["database"] != _database() or not folder.exists() or changed_since(then):
        return None
    return written(folder, "", synthetic=told["synthetic"]), then


def _keep(note: Path, fresh: Path, dataset: Dataset, then: Moment, database: str) -> None:
    told = {
        "folder": fresh.name,
        "era": then.era,
        "seen": then.seen,
        "database": database,
        "form": _form(),
        "synthetic": dataset.synthetic,
    }
    beside = fresh.with_suffix(".json")
    beside.write_text(json.dumps(told), "utf-8")
    os.replace(beside, note)
    older = sorted(note.parent.glob(f"{note.stem}-*/"), key=lambda path: path.stat().st_mtime)
    for folder in older[:-_KEPT]:
        shutil.rmtree(folder, ignore_errors=True)


def _database() -> str:
    """Which database, and which of its histories: one that was brought back to an earlier state, or made anew from
    a copy under the same name, has forgotten what was seen since."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT concat_ws('/', system_identifier, timeline_id, d.oid, 'trail'::regclass::oid) "
            "FROM pg_control_system(), pg_control_checkpoint(), pg_database d WHERE datname = current_database()"
        )
        return str(cursor.fetchone()[0])


@cache
def _form() -> str:
    """Of the files: another Opora may write them otherwise."""
    declared = [(name, column.name, column.kind) for name, table in STORED.items() for column in table.columns]
    return hashlib.sha256(repr((__version__, declared)).encode()).hexdigest()
