"""The registry: loading, freezing, counting from it, beside a plain COPY of the same rows."""

from __future__ import annotations

import datetime as dt
import io
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.data import FOLDER, PROGRAMME, town_of
from benchmarks.import_export import load_by_import_export
from benchmarks.measure import Row, in_fresh_process, shown

HOME = FOLDER / "opora-home"
ON = dt.date(2022, 12, 31)
TOWNS = {263: 541, 541: None, 14_540: 30_000, 30_000: None}
"""Educators of a generated town, and of how many people its registry then knows with about sixty rows each: with those
who have left it is twice as many. What it must reach is said of the latter; the former are measured too."""
TARGETS = {
    541: {"load": 10.0, "compute": 1.5},
    30_000: {"load": 240.0, "take": 10.0, "compute": 8.0, "backup": 180.0, "restore": 180.0},
}
"""Seconds."""
BY_IMPORT_EXPORT = 50_000
"""Rows of the largest town that is loaded by django-import-export too."""


def registry_rows(quick: bool) -> list[Row]:
    """A town in the registry."""
    os.environ["OPORA_HOME"] = str(HOME.absolute())
    found: list[Row] = []
    for educators, like in TOWNS.items():
        if educators < 1_000 or not quick:
            found += _rows(TARGETS.get(like or 0, {}), in_fresh_process("registry", data=str(town_of(educators))))
    return found


def _rows(targets: Mapping[str, float], run: Mapping[str, Any]) -> list[Row]:
    head = f"{run['people']:,.0f} people, {run['rows']:,.0f} rows"
    words = {
        "load": "load",
        "copy": "plain COPY into bare tables",
        "import_export": "django-import-export, in bulk",
        "again": "the same load again: nothing changes",
        "take": "snapshot into a folder",
        "first": f"{PROGRAMME} from the registry, first count of a process",
        "changed": "the same after one row has changed",
        "compute": "the same, warm",
        "kept": "its kept values for a screen",
        "backup": f"backup, {run['archive_mb']:,.0f} MB",
        "restore": "restoring it, every row compared",
    }
    return [_row(f"{head}: {what}", name, run, targets.get(name)) for name, what in words.items() if name in run]


def _row(what: str, name: str, run: Mapping[str, Any], limit: float | None) -> Row:
    notes = [f"{run['rows'] / run[name]:,.0f} rows a second"] if name != "kept" else []
    if name in ("copy", "import_export"):
        notes.append(f"× {run[name] / run['load']:.2f} of our load")
    notes.append(f"load of the machine {run[f'{name}_load']:.1f}")
    promised, met = (f"< {limit} s", run[name] < limit) if limit else ("", None)
    return Row(what, shown(run[name]), promised, met, "; ".join(notes))


def measured(data: Path) -> dict[str, float]:
    """Every step once, in an installation whose tables are made anew."""
    from opora.indicators.dataset.store import read_dataset
    from opora.site.home import Home
    from opora.site.setup import make, migrate

    home = Home.current()
    make(home)
    empty(home)
    migrate(home)

    from opora.registry.scope import Actor
    from opora.snapshot.load import load
    from opora.snapshot.take import take

    actor = Actor("benchmark")
    dataset = read_dataset(data)
    taken = {
        "rows": float(sum(dataset.rows(name) for name in dataset.sources)),
        "people": float(dataset.rows("person")),
    }

    def timed(name: str, work: Callable[[], object]) -> None:
        taken[f"{name}_load"] = os.getloadavg()[0]
        started = time.perf_counter()
        work()
        taken[name] = time.perf_counter() - started

    timed("load", lambda: load(dataset, PROGRAMME, actor))
    timed("again", lambda: load(dataset, PROGRAMME, actor))
    timed("copy", lambda: _plain_copy(home, dataset))
    if taken["rows"] < BY_IMPORT_EXPORT:
        timed("import_export", lambda: load_by_import_export(dataset, actor))
    with TemporaryDirectory() as scratch:
        timed("take", lambda: take(PROGRAMME, ON, Path(scratch) / "snapshot", actor))
    timed("first", lambda: _count_from_registry(actor))
    timed("compute", lambda: _count_from_registry(actor))
    _change_a_row(actor)
    timed("changed", lambda: _count_from_registry(actor))
    _screen(actor, fresh=True)
    timed("kept", lambda: _screen(actor, fresh=False))
    taken |= _backed_up(home)
    assert home.cluster is not None
    home.cluster.stop()
    return taken


def _backed_up(home: Any) -> dict[str, float]:
    """A backup, and another installation made from it."""
    from opora.site.home import Home
    from opora.upkeep.backup import backup
    from opora.upkeep.key import Key
    from opora.upkeep.restore import restore

    def silent(step: str) -> None:
        pass

    # Beside the installation: PostgreSQL's user can enter there.
    with TemporaryDirectory(dir=FOLDER) as scratch:
        os.chmod(scratch, 0o711)
        before = os.getloadavg()[0]
        made = backup(home, Path(scratch) / "copies", keep=1, step=silent)
        started, into = time.perf_counter(), Path(scratch).absolute() / "home"
        restore(made.path, Key.of(home), into, step=silent, aside=True)
        taken = time.perf_counter() - started
        restored = Home(into, aside=True).cluster
        assert restored is not None
        restored.stop()
    loads = {"backup_load": before, "restore_load": before}
    return {"backup": made.seconds, "archive_mb": made.size / 1e6, "restore": taken} | loads


def _count_from_registry(actor: Any) -> None:
    """On one date; the compiled plans are kept, as a server keeps them."""
    from opora.indicators.engine.backends import DuckDB
    from opora.programmes.compute import Wish, compute_programme
    from opora.programmes.load import load_programme
    from opora.snapshot.kept import kept_snapshot

    dataset, _ = kept_snapshot(PROGRAMME, ON, actor)
    wish = Wish(history=False, lists=())
    compute_programme(load_programme(PROGRAMME), dataset, DuckDB(), ON, wish=wish, shelf=_SHELF)


_SHELF: dict[Any, Any] = {}


def _change_a_row(actor: Any) -> None:
    from opora.people.models import Person
    from opora.registry.scope import scope
    from opora.snapshot.territories import territory

    with scope([territory(PROGRAMME).pk], actor):
        somebody = Person.objects.order_by("pk").values_list("pk", flat=True)[:1]
        Person.objects.filter(pk__in=list(somebody)).update(patronymic="Ивановна")


def _screen(actor: Any, *, fresh: bool) -> None:
    from opora.programmes.load import load_programme
    from opora.snapshot.values import Question, fresh_values, kept_values

    asked = Question(load_programme(PROGRAMME), PROGRAMME, ON)
    (fresh_values if fresh else kept_values)(asked, actor)


def _plain_copy(home: Any, dataset: Any) -> None:
    """The least that PostgreSQL itself asks for these rows: no keys, no constraints, no protection, no trail."""
    import psycopg
    import pyarrow.csv
    from psycopg.conninfo import make_conninfo

    types = {
        "int64": "bigint",
        "double": "double precision",
        "bool": "boolean",
        "date32[day]": "date",
        "string": "text",
    }
    with psycopg.connect(make_conninfo(**home.owner())) as connection:
        connection.execute("CREATE SCHEMA plain")
        for name in dataset.sources:
            table = dataset.table(name)
            columns = ", ".join(f'"{field.name}" {types[str(field.type)]}' for field in table.schema)
            connection.execute(f'CREATE TABLE plain."{name}" ({columns})'.encode())
            with connection.cursor().copy(f'COPY plain."{name}" FROM STDIN (FORMAT csv)'.encode()) as stream:
                buffer = io.BytesIO()
                pyarrow.csv.write_csv(table, buffer, pyarrow.csv.WriteOptions(include_header=False))
                stream.write(buffer.getbuffer())


def empty(home: Any) -> None:
    import psycopg
    from psycopg.conninfo import make_conninfo

    with psycopg.connect(make_conninfo(**home.owner()), autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS plain CASCADE")
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
