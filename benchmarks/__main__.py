"""``python -m benchmarks [--quick] [--only NAME …] [--write]``: measures, prints, and with --write keeps the table."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from benchmarks import offices
from benchmarks.country import ON, TWENTY
from benchmarks.data import country_of, town_of
from benchmarks.growth import growth_rows
from benchmarks.intake import intake_rows
from benchmarks.measure import Row, in_fresh_process, median_of, seconds, shown
from benchmarks.pages import pages_rows
from benchmarks.registry import registry_rows

PAGE = Path("docs/benchmarks.md")
KEYS = ("strezhevoy", "lesosibirsk", "balakhta", "olenegorsk", "pervouralsk")
Section = Callable[[bool], list[Row]]


def programme(quick: bool) -> list[Row]:
    """One programme of 69 indicators with all its breakdowns."""
    rows = []
    for people, first, again in ((541, 2.0, 0.5), (30_000, 5.0, None)):
        size = 2_000 if quick and people > 2_000 else people
        data = str(town_of(size))
        runs = [in_fresh_process("programme", data=data, on=str(ON)) for _ in range(1 if quick else 5)]
        cold, warm = median_of(runs, "first"), median_of(runs, "again")
        plan, start = median_of(runs, "first_plan"), median_of(runs, "import")
        note = f"compiling {plan:.2f} s of it; before it import {start:.2f} s, reading {median_of(runs, 'read'):.2f} s"
        rows.append(Row(f"{size:,} people, first call of a process", shown(cold), f"< {first} s", cold < first, note))
        held = None if again is None else warm < again
        rows.append(
            Row(f"{size:,} people, compiled SQL on the shelf", shown(warm), f"< {again} s" if again else "", held)
        )
    return rows


def country(quick: bool) -> list[Row]:
    """A country by municipality."""
    educators, towns = (26_000, 52) if quick else (1_300_000, 2_600)
    data = str(country_of(educators, towns))
    whole = in_fresh_process("country", data=data, on=str(ON), keys=list(KEYS), codes=None)
    memory = whole["peak_mb"] / 1024
    rows = [
        Row(
            f"{educators:,} educators in {towns:,} municipalities, five programmes",
            f"{shown(whole['taken'])}, {memory:.1f} GB",
            "< 6 GB",
            memory < 6,
            "; ".join(f"{key} {taken:.0f} s" for key, taken in whole["programmes"].items()),
        )
    ]
    ours = [in_fresh_process("country", data=data, on=str(ON), keys=[], codes=list(TWENTY)) for _ in range(3)]
    hand = [in_fresh_process("hand", data=data) for _ in range(3)]
    same = all(list(map(float, ours[0]["counts"][code])) == hand[0]["counts"][code] for code in TWENTY)
    ratio = median_of(ours, "taken") / median_of(hand, "taken")
    note = f"ours {shown(median_of(ours, 'taken'))}, by hand {shown(median_of(hand, 'taken'))}; " + (
        "n, N and unknown are equal" if same else "COUNTS DIFFER"
    )
    rows.append(
        Row("twenty indicators beside SQL written by hand", f"× {ratio:.2f}", "≤ × 1.5", ratio <= 1.5 and same, note)
    )
    return rows


def office(quick: bool) -> list[Row]:
    """What offices use today, on the town of 541 people."""
    data = town_of(541)
    ours = in_fresh_process("country", data=str(data), on=str(ON), keys=[], codes=list(offices.CODES))
    rows = [
        Row(f"Opora, {len(offices.CODES)} indicators with the unknown", shown(ours["taken"]), note="compiling included")
    ]
    rows.append(
        Row(
            f"pandas, {len(offices.CODES)} indicators, the unknown taken for «no»",
            shown(*seconds(lambda: offices.by_pandas(data), 3)),
        )
    )
    calc = offices.calc_seconds(data)
    rows.append(
        Row("LibreOffice Calc, 4 indicators by COUNTIFS", shown(calc) if calc else "not measured: not installed")
    )
    return rows


def engines(quick: bool) -> list[Row]:
    """The same expressions on another engine."""
    data = str(town_of(541 if quick else 30_000))
    found = {name: in_fresh_process("engine", name=name, data=data, on=str(ON)) for name in ("duckdb", "sail")}
    same = found["duckdb"]["n"] == found["sail"]["n"]
    return [
        Row(f"strezhevoy on {name}", shown(one["taken"]), note="same n" if same else "N DIFFER")
        for name, one in found.items()
    ]


SECTIONS: dict[str, Section] = {
    "programme": programme,
    "country": country,
    "offices": office,
    "growth": growth_rows,
    "engines": engines,
    "registry": registry_rows,
    "pages": pages_rows,
    "intake": intake_rows,
}


def machine() -> str:
    names = [
        line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line
    ]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "ibis-framework", "pandas", "pysail"))
    return (
        f"{names[0] if names else platform.processor()}, {os.cpu_count()} cores, {memory:.0f} GB; Python "
        f"{platform.python_version()}, {versions}"
    )


def told(title: str, load: float, rows: list[Row]) -> str:
    marks = {True: "held", False: "**not held**", None: ""}
    measured = f"{dt.date.today():%d.%m.%Y}, load of the machine before: {load:.1f}"
    lines = [f"## {title}", "", measured, "", "| what | measured | target | | |", "|---|---|---|---|---|"]
    lines += [f"| {row.what} | {row.measured} | {row.target} | {marks[row.held]} | {row.note} |" for row in rows]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes: to see that it runs")
    parser.add_argument("--only", choices=SECTIONS, nargs="*", help="only these sections")
    parser.add_argument("--write", action="store_true", help=f"keep the table in {PAGE}")
    chosen = parser.parse_args()
    head = [
        "# Benchmarks",
        f"`make bench ARGS=--write` · {machine()}",
        "Each section is of one run, medians; the machine may be shared. Ratios are taken within a run.",
    ]
    print("\n".join(head), flush=True)
    sections = _kept() if chosen.write else {}
    for name, section in SECTIONS.items():
        if chosen.only is None or name in chosen.only:
            title, load = (section.__doc__ or name).strip().rstrip("."), os.getloadavg()[0]
            sections[title] = told(title, load, section(chosen.quick))
            print(f"\n{sections[title]}", flush=True)
            if chosen.write:
                PAGE.write_text("\n\n".join([*head, *_in_order(sections)]) + "\n", encoding="utf-8")


def _kept() -> dict[str, str]:
    """The sections of the page as it is, by title: those that are not measured now stay."""
    if not PAGE.exists():
        return {}
    written = PAGE.read_text(encoding="utf-8").split("\n## ")[1:]
    return {one.split("\n", 1)[0]: f"## {one.strip()}" for one in written}


def _in_order(sections: dict[str, str]) -> list[str]:
    titles = [(section.__doc__ or name).strip().rstrip(".") for name, section in SECTIONS.items()]
    return [sections[title] for title in titles if title in sections]


if __name__ == "__main__":
    main()
