"""Pages over real HTTP while one fact a second is written; beside them the same rows by raw SQL, in a bare template."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks.data import FOLDER, town_of
from benchmarks.measure import Row, in_fresh_process

TOWNS = {263: "541 people", 14_540: "30,000 people"}
"""Educators of a generated town: its registry then knows twice as many people."""
ALONE, TOGETHER, SEARCH = 0.150, 0.600, 0.100
"""Seconds: 95 of 100 pages come sooner."""
HTML, ONCE = 100_000, 300_000
"""Bytes, compressed."""
_REPEATS, _TOGETHER = 20, 45.0


def pages_rows(quick: bool) -> list[Row]:
    """Pages."""
    found: list[Row] = []
    for educators, people in TOWNS.items():
        if educators < 1_000 or not quick:
            os.environ["OPORA_HOME"] = str((FOLDER / f"pages-home-{educators}").absolute())
            found += _rows(people, in_fresh_process("pages", data=str(town_of(educators)), quick=quick))
    return found


def _rows(people: str, run: Mapping[str, Any]) -> list[Row]:
    rows = [_page(people, page) for page in run["pages"]]
    together = run["together"]
    rows.append(
        Row(
            f"{people}: 30 readers at once, {together['pages']} pages in all",
            _ms(together["p95"]),
            f"p95 < {TOGETHER * 1000:.0f} ms, no failure",
            together["p95"] < TOGETHER and not together["failures"],
            f"failures {together['failures']}; slowest page {together['slowest']}: {_ms(together['slowest_p95'])}",
        )
    )
    if "search" in run:
        note = "beginnings of surnames that are there"
        rows.append(_held(f"{people}: search by name", run["search"], SEARCH, note))
    rows += [
        Row(f"{people}: floor of {name}, raw SQL into a bare template", _ms(taken), note="without HTTP and rights")
        for name, taken in run["floor"].items()
    ]
    rows.append(
        Row(
            f"{people}: styles, scripts and fonts, once",
            f"{run['once'] / 1000:.0f} KB",
            f"< {ONCE // 1000} KB",
            run["once"] < ONCE,
        )
    )
    rows.append(Row(f"{people}: the write meanwhile", _ms(run["write"]), note=f"median of {run['writes']}"))
    if run["left"]:
        rows.append(Row(f"{people}: not measured", "", note=", ".join(run["left"])))
    return rows


def _page(people: str, page: Mapping[str, Any]) -> Row:
    note = f"{page['path']}: {page['bytes'] / 1000:.0f} KB compressed"
    if not page["html"]:
        return Row(f"{people}: {page['name']}, a file", _ms(page["p95"]), note=page["path"])
    row = _held(f"{people}: {page['name']}", page["p95"], ALONE, note)
    small = page["bytes"] < HTML
    return Row(row.what, row.measured, f"{row.target}, < {HTML // 1000} KB", bool(row.held) and small, note)


def _held(what: str, taken: float, limit: float, note: str) -> Row:
    return Row(what, _ms(taken), f"p95 < {limit * 1000:.0f} ms", taken < limit, note)


def _ms(taken: float) -> str:
    return f"{taken * 1000:.0f} ms"


def measured(data: Path, quick: bool) -> dict[str, Any]:
    """All of it in one installation; the server and PostgreSQL are stopped at the end."""
    from benchmarks.page_home import count, prepared, sessions, write_once
    from benchmarks.page_readers import once, one_write_a_second, serving

    home = prepared(data)
    try:
        count()
        keys = sessions()
        with serving(home.folder / "server.log") as address:
            size = once(address, keys[0])
            with one_write_a_second(write_once) as writes:
                found = _read(address, keys, 5 if quick else _REPEATS, 15.0 if quick else _TOGETHER)
            taken = sorted(writes) or [0.0]
        return found | {"once": size, "write": taken[len(taken) // 2], "writes": len(writes), "floor": _floor(quick)}
    finally:
        assert home.cluster is not None
        home.cluster.stop()


def _read(address: str, keys: list[str], repeats: int, seconds: float) -> dict[str, Any]:
    from benchmarks.page_readers import Reader, at_once, p95, some
    from benchmarks.page_urls import measured as addresses
    from benchmarks.page_urls import surnames

    pages, left = addresses()
    reader = Reader(address, keys[0])
    told = []
    for page in pages:
        first = reader.get(page.path)
        if first.status != 200:
            left.append(f"{page.name} ({first.status})")
            continue
        if first.html:
            reader.get(page.path)
        # A file is made once: of a large town that takes as long as all the pages together.
        answers = some(reader, page.path, repeats) if first.html else [first]
        told.append({
            "name": page.name,
            "path": page.path,
            "p95": p95(answers),
            "bytes": first.compressed,
            "html": first.html,
        })  # fmt: skip
    read = [str(page["path"]) for page in told if page["html"]]
    together = at_once(address, keys, read, seconds)
    by_path = {path: p95(answers) for path in read if (answers := [one for one in together if one.path == path])}
    slowest = max(by_path, key=lambda path: by_path[path])
    found: dict[str, Any] = {
        "pages": told,
        "left": left,
        "together": {
            "p95": p95(together),
            "pages": len(together),
            "failures": sum(one.status != 200 for one in together),
            "slowest": slowest,
            "slowest_p95": by_path[slowest],
        },
    }
    if "search" in {page["name"] for page in told}:
        found["search"] = p95([reader.get(f"/search/?q={quote(part)}") for part in surnames()])
    return found


def _floor(quick: bool) -> dict[str, float]:
    from benchmarks.page_floor import floors

    return floors(5 if quick else _REPEATS)
