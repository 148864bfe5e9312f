"""What a sheet that a test has written says."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from opora.intake.reading import Line, Reading, Ref
from opora.intake.sheets.read import read_sheets
from opora.intake.sheets.told import Told
from tests.intake.sheets.files import Rows, xlsx

ON = dt.date(2025, 9, 1)
RYABININA = "Рябинина Олеся Марковна"
LUZHIN = "Лужин Пётр Ильич"
TARIFF: Rows = [
    ["Тарификационный список на 01.09.2025"],
    [],
    ["№", "Ф.И.О.", "Должность", "Ставка", "Предмет", "Часов в неделю", "", "", "Дата рождения"],
    ["", "", "", "", "", "1–4 кл.", "5–9", "10–11", ""],
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
    ["Начальные классы"],
    [1, RYABININA, "учитель", 1, "Математика", "", 18, 2.5, dt.date(1990, 3, 5)],
    ["", "", "", "", "Физика", "", 4],
    ["", "Итого", "", 1, "", "", 22, 2.5],
    ["№", "Ф.И.О.", "Должность", "Ставка", "Предмет", "1–4 кл.", "5–9", "10–11", "Дата рождения"],
    [2, LUZHIN, "методист", "0,5 ст.", "", "", "", "", "12.11.1985"],
    ["Всего", "", "", 1.5],
    [],
    ["", "Директор", "", "", "", "Громова А.А."],
]


def read(tmp_path: Path, rows: Rows, told: Told | None = None, title: str = "Лист", merged: Any = ()) -> Reading:
    return read_sheets(xlsx(tmp_path / "t.xlsx", {title: rows}, merged), told=told or Told(on=ON))


def staff(tmp_path: Path, heading: str, cell: object, *more: Any) -> Reading:
    """Of a sheet with one column besides names and posts."""
    header, row = ["ФИО", "Должность", heading], [LUZHIN, "методист", cell]
    return read(tmp_path, [[*header, *more[::2]], [*row, *more[1::2]]])


def told(reading: Reading, table: str) -> list[dict[str, Any]]:
    """Cells of its lines, without references and the day of the sheet."""
    kept = [line for line in reading.lines if line.table == table]
    return [{name: value for name, value in values(line).items() if not isinstance(value, Ref)} for line in kept]


def values(line: Line) -> dict[str, Any]:
    return {name: cell.value for name, cell in line.cells.items() if name != "observed_on"}


def doubts(reading: Reading, table: str) -> list[str]:
    lines = [line for line in reading.lines if line.table == table]
    return [doubt for line in lines for doubt in [line.doubt, *(cell.doubt for cell in line.cells.values())] if doubt]


def misread(reading: Reading) -> list[str]:
    return [f"{each.place}: {each.message}. {each.mend}" for each in reading.misread]
