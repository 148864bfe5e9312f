"""The registry: loading, freezing, counting from it, beside a plain COPY of the same rows."""

from __future__ import annotations

import datetime as dt
import io
import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.data import FOLDER, PROGRAMME, town_of
from benchmarks.measure import Row, in_fresh_process, shown

HOME = FOLDER / "opora-home"
TARGETS = {
    541: {"load": 10.0, "compute": 1.5},
    30_000: {"load": 240.0, "take": 10.0, "compute": 8.0, "backup": 180.0, "restore": 180.0},
}
"""Seconds, for people with sixty rows each; those of the generated towns have twice as many."""


def registry_rows(quick: bool) -> list[Row]:
    """A town in the registry."""
    os.environ["OPORA_HOME"] = str(HOME.absolute())
    found: list[Row] = []
    for people in (541, 2_000 if quick else 30_000):
        found += _rows(people, in_fresh_process("registry", data=str(town_of(people))))
    return found


def _rows(people: int, run: dict[str, Any]) -> list[Row]:
    targets = TARGETS.get(people, {})
    rows = int(run["rows"])
    words = {
        "load": ("load", targets.get("load")),
        "copy": ("plain COPY into bare tables", None),
        "again": ("the same load again: nothing changes", None),
        "take": ("snapshot into a folder", targets.get("take")),
        "compute": (f"{PROGRAMME} from the registry, warm", targets.get("compute")),
        "backup": (f"backup, {run['archive_mb']:,.0f} MB", targets.get("backup")),
        "restore": ("restoring it, every row compared", targets.get("restore")),
    }
    found = []
    for name, (what, limit) in words.items():
        met = run[name] < limit if limit else None
        note = f"{rows / run[name]:,.0f} rows a second"
        promised = f"< {limit} s" if limit else ""
        found.append(Row(f"{people:,} people, {rows:,} rows: {what}", shown(run[name]), promised, met, note))
    return found


def measured(data: Path) -> dict[str, float]:
    """Every step once, in an installation whose tables are made anew."""
    from opora.indicators.dataset.store import read_dataset
    from opora.site.home import Home
    from opora.site.setup import make, migrate

    home = Home.current()
    make(home)
    _empty(home)
    migrate(home)

    from opora.registry.scope import Actor
    from opora.snapshot.load import load
    from opora.snapshot.take import take

    actor = Actor("benchmark")
    dataset = read_dataset(data)
    taken: dict[str, float] = {"rows": float(sum(dataset.rows(name) for name in dataset.sources))}

    def timed(name: str, work: Any) -> None:
        started = time.perf_counter()
        work()
        taken[name] = time.perf_counter() - started

    timed("load", lambda: load(dataset, PROGRAMME, actor))
    timed("again", lambda: load(dataset, PROGRAMME, actor))
    timed("copy", lambda: _plain_copy(home, dataset))
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "snapshot"
        take(PROGRAMME, dt.date(2022, 12, 31), folder, actor)
        timed("take", lambda: take(PROGRAMME, dt.date(2022, 12, 31), folder, actor))
    _count_from_registry(actor)
    timed("compute", lambda: _count_from_registry(actor))
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
        made = backup(home, Path(scratch) / "copies", keep=1, step=silent)
        started, into = time.perf_counter(), Path(scratch).absolute() / "home"
        restore(made.path, Key.of(home), into, step=silent, aside=True)
        taken = time.perf_counter() - started
        restored = Home(into, aside=True).cluster
        assert restored is not None
        restored.stop()
    return {"backup": made.seconds, "archive_mb": made.size / 1e6, "restore": taken}


def _count_from_registry(actor: Any) -> None:
    """On one date; the compiled plans are kept, as a server keeps them."""
    from opora.indicators.engine.backends import DuckDB
    from opora.programmes.compute import Wish, compute_programme
    from opora.programmes.load import load_programme
    from opora.snapshot.take import take

    on = dt.date(2022, 12, 31)
    with TemporaryDirectory() as scratch:
        dataset = take(PROGRAMME, on, Path(scratch) / "snapshot", actor)
        wish = Wish(history=False, lists=())
        compute_programme(load_programme(PROGRAMME), dataset, DuckDB(), on, wish=wish, shelf=_SHELF)


_SHELF: dict[Any, Any] = {}


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


def _empty(home: Any) -> None:
    import psycopg
    from psycopg.conninfo import make_conninfo

    with psycopg.connect(make_conninfo(**home.owner()), autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS plain CASCADE")
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
