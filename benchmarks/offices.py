"""What offices use today: the same indicators by pandas and by LibreOffice Calc with COUNTIFS."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

CODES = ("S-1.4", "L-1.9", "B-3.5", "S-2.1a", "S-3.5", "S-3.1a")
"""Of ``country.TWENTY``: those that COUNTIFS over one sheet can tell at all, once a clerk has put the attributes of the
programme and of the association beside each row."""

YEAR, ON = (dt.date(2022, 1, 1), dt.date(2022, 12, 31)), dt.date(2022, 12, 31)


def by_pandas(folder: Path) -> dict[str, float]:
    """Shares over educators. What is not known counts as «no»: that is how such scripts are written."""
    tables = {name: pd.read_parquet(folder / f"{name}.parquet") for name in _TABLES}
    jobs = tables["employment"]
    active = _held(jobs) & (jobs.staff_group == "educator")
    base = set(jobs.loc[active, "person"])
    found = {code: set(_people(code, tables)) for code in CODES}
    return {code: len(people & base) / len(base) for code, people in found.items()}


_TABLES = (
    "employment",
    "training",
    "training_programme",
    "diagnostic_result",
    "membership",
    "association",
    "attestation",
    "presentation",
)


def _held(rows: Any) -> Any:
    started = rows.since.le(ON) | (rows.since.isna() & rows.observed_on.le(ON))
    return started & (rows.until.isna() | rows.until.gt(ON))


def _people(code: str, tables: dict[str, Any]) -> Any:
    training = tables["training"].merge(tables["training_programme"], left_on="programme", right_on="id")
    match code:
        case "S-1.4":
            recent = training.completed.between(dt.date(2020, 1, 1), ON)
            return training.loc[recent & (training.kind == "pk"), "person"]
        case "L-1.9":
            here = training.completed.between(*YEAR) & (training.provider_kind == "professional_centre")
            return training.loc[here, "person"]
        case "B-3.5":
            rows = tables["diagnostic_result"]
            return rows.loc[rows.date.between(*YEAR), "person"]
        case "S-2.1a":
            rows = tables["membership"].merge(
                tables["association"][["id", "level"]], left_on="association", right_on="id"
            )
            return rows.loc[_held(rows) & (rows.level == "municipal"), "person"]
        case "S-3.5":
            rows = tables["attestation"]
            return rows.loc[_held(rows) & rows.category.isin(["first", "highest"]), "person"]
    rows = tables["presentation"]
    return rows.loc[rows.date.between(*YEAR), "person"]


def calc_seconds(folder: Path) -> float | None:
    """Time of one headless recalculation of a workbook of COUNTIFS; None where LibreOffice is not installed."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as place:
        book = Path(place) / "town.xlsx"
        _write_book(folder, book)
        profile = f"-env:UserInstallation=file://{place}/profile"
        command = [program, profile, "--headless", "--convert-to", "csv", "--outdir", place, str(book)]
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        return time.perf_counter() - started


def _write_book(folder: Path, path: Path) -> None:
    """First sheet: a row for each educator with a COUNTIFS for each indicator; then the facts."""
    facts = _sheets(folder)
    people = sorted(by_base(folder))
    book = xlsxwriter.Workbook(str(path))
    front = book.add_worksheet("Итог")
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    for name, rows in facts.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write(number, 0, row[0])
            sheet.write_datetime(number, 1, dt.datetime.combine(row[1], dt.time()), day)
    for number, person in enumerate(people):
        front.write(number, 0, person)
        for column, (name, rows) in enumerate(facts.items(), start=1):
            last, since = max(len(rows), 1), "DATE(2020,1,1)" if name == "S-1.4" else "DATE(2022,1,1)"
            cells = f"'{name}'!$A$1:$A${last}"
            days = f"'{name}'!$B$1:$B${last}"
            formula = f'=IF(COUNTIFS({cells},$A{number + 1},{days},">="&{since},{days},"<="&DATE(2022,12,31))>0,1,0)'
            front.write_formula(number, column, formula)
    book.close()


def by_base(folder: Path) -> set[Any]:
    jobs = pd.read_parquet(folder / "employment.parquet")
    return set(jobs.loc[_held(jobs) & (jobs.staff_group == "educator"), "person"])


def _sheets(folder: Path) -> dict[str, list[tuple[Any, dt.date]]]:
    """Per indicator: person and day of each row that a clerk has already found to be of the right kind."""
    tables = {name: pd.read_parquet(folder / f"{name}.parquet") for name in _TABLES}
    training = tables["training"].merge(tables["training_programme"], left_on="programme", right_on="id")
    right = {
        "S-1.4": training.loc[training.kind == "pk", ["person", "completed"]],
        "L-1.9": training.loc[training.provider_kind == "professional_centre", ["person", "completed"]],
        "B-3.5": tables["diagnostic_result"][["person", "date"]],
        "S-3.1a": tables["presentation"][["person", "date"]],
    }
    return {code: [tuple(row) for row in rows.dropna().to_numpy().tolist()] for code, rows in right.items()}
