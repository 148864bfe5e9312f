"""How long a large sheet takes to be read, and how much memory."""

from __future__ import annotations

import datetime as dt
import random
import tempfile
from collections.abc import Mapping
from pathlib import Path

import xlsxwriter

from benchmarks.data import town_of
from benchmarks.measure import Row, in_fresh_process, median_of, shown

_SURNAMES = ("Рябинин", "Лужин", "Травин", "Осокин", "Ветров", "Громов", "Соколов", "Беляев")
_GIVEN = ("Олег", "Пётр", "Иван", "Марк", "Лев", "Глеб", "Антон", "Егор")
_PATRONYMICS = ("Маркович", "Ильич", "Петрович", "Львович", "Глебович", "Антонович")
_POSTS = ("учитель", "воспитатель", "методист", "учитель математики", "педагог-психолог")
_HEADINGS = (
    *("№", "ФИО", "Дата рождения", "Организация", "Должность", "Ставка", "Дата приёма", "Образование"),
    *("Стаж общий", "Стаж педагогический", "Категория", "Предмет", "Классы", "Часов в неделю"),
    "Курсы повышения квалификации",
)


ROWS = 30_000
PEOPLE_OF_ROWS = 3_700
"""Who has about as many rows of tables in a sheet like ours."""


def intake_rows(quick: bool) -> list[Row]:
    """Intake of a large sheet."""
    with tempfile.TemporaryDirectory() as folder:
        large, usual = Path(folder) / "large.xlsx", Path(folder) / "usual.xlsx"
        people = 2_000 if quick else ROWS
        write_staff(large, people)
        write_staff(usual, PEOPLE_OF_ROWS)
        rows = [_reading(large, people, 1 if quick else 3), *_batch(usual, PEOPLE_OF_ROWS, beside=True)]
        return rows if quick else [*rows, *_batch(large, people, beside=False)]


def _reading(path: Path, people: int, repeats: int) -> Row:
    runs = [in_fresh_process("reading", path=str(path)) for _ in range(repeats)]
    taken, peak = median_of(runs, "taken"), median_of(runs, "peak_mb")
    note = f"{runs[0]['lines']:,} lines of nine tables"
    what = f"reading: {people:,} rows of {len(_HEADINGS)} columns"
    return Row(what, f"{shown(taken)}, {peak:.0f} MB", "< 8 s, < 300 MB", taken < 8 and peak < 300, note)


def _batch(path: Path, people: int, *, beside: bool) -> list[Row]:
    """Targets are of 30,000 rows of tables."""
    in_fresh_process("intake_home", data=str(town_of(541)))
    run = in_fresh_process("intake_batch", path=str(path), beside=False)
    head = f"{run['lines']:,.0f} rows of tables from {people:,} people"
    rows = [_step(f"{head}: {words}", run, name, beside) for name, words in _STEPS.items()]
    if beside:
        theirs = in_fresh_process("intake_batch", path=str(path), beside=True)
        rate = theirs["beside"] / theirs["beside_rows"] * run["lines"]
        note = (
            f"{theirs['beside_rows']:,.0f} rows in {shown(theirs['beside'])}: nothing is matched, shown or taken back"
        )
        rows.append(Row(f"{head}: django-import-export, in bulk", shown(rate), note=note))
    return rows


_STEPS = {"preview": "from the file to the preview, read and planned", "commit": "commit", "undo": "undo"}


def _step(what: str, run: Mapping[str, float], name: str, promised: bool) -> Row:
    taken, peak = run[name], run[f"{name}_mb"]
    held = taken < 20 and peak < 500 if promised else None
    return Row(what, f"{shown(taken)}, {peak:.0f} MB", "< 20 s, < 500 MB" if promised else "", held)


def write_staff(path: Path, people: int) -> None:
    """A tariff list of invented people."""
    chance = random.Random(1)
    with xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "dd.mm.yyyy"}) as book:
        sheet = book.add_worksheet("Тарификация")
        sheet.write_row(0, 0, ["Тарификационный список на 01.09.2025"])
        sheet.write_row(1, 0, _HEADINGS)
        for number in range(people):
            sheet.write_row(number + 2, 0, _row(chance, number))


def _row(chance: random.Random, number: int) -> list[object]:
    surname = f"{chance.choice(_SURNAMES)}-{''.join(chance.choices('абвгдезиклмнопрст', k=4)).capitalize()}"
    return [
        number + 1,
        f"{surname} {chance.choice(_GIVEN)} {chance.choice(_PATRONYMICS)}",
        dt.date(1960, 1, 1) + dt.timedelta(days=chance.randrange(14_000)),
        f"МБОУ СОШ № {number % 60}",
        chance.choice(_POSTS),
        chance.choice([1, 0.5, "0,5 ст.", "1,25"]),
        dt.date(2000, 1, 1) + dt.timedelta(days=chance.randrange(9_000)),
        chance.choice(["высшее", "среднее профессиональное", "высшее, ТГПУ, 2005"]),
        f"{chance.randrange(40)} лет",
        chance.randrange(30),
        chance.choice(["высшая", "первая", "СЗД", "", "высшая, приказ от 12.03.2021"]),
        chance.choice(["Математика", "Физика", "Русский язык, литература", "История", "Биология"]),
        chance.choice(["5-9", "10А, 11Б", "1-4"]),
        chance.randrange(1, 30),
        f"«Современный урок {number % 3_000}», 72 ч., 2023",
    ]
