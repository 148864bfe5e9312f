"""The workbook that is sent on: indicators, organisations, subjects, who is in and who is out, and about the count.

The same result gives the same bytes.
"""

from __future__ import annotations

import math
from pathlib import Path

from xlsxwriter.utility import xl_rowcol_to_cell

from opora.indicators.results import VERDICT_WORDS, IndicatorResult, ProgrammeResult, Value, Verdict
from opora.programmes.model import Programme

from . import reading, words
from .reading import Direction
from .sheets import Book, Cell, Column, Figure, Head, Link, Sheet, Toned, sheet_names
from .words import Look

INDICATORS, ORGANISATIONS, SUBJECTS, ABOUT = "Показатели", "По организациям", "По предметам", "О расчёте"
COLUMNS_ON_PAGE = 18
MATRIX_HEAD = 4
GOAL_COLUMN = 2
NOT_COMPLETE = "Перечень внесён не полностью."
HEAT_GROUNDS = ("#CDEADD", "#FBF0C6", "#F8D6B3", "#F2B09B")

_INDICATOR_COLUMNS = (
    Column("Код", 9),
    Column("Показатель", 46),
    Column("Значение", 11, "number"),
    Column("Ед. изм.", 13),
    Column("n", 7, "number"),
    Column("N", 7, "number"),
    Column("Неиз-\nвестно", 8, "number"),
    Column("От", 9, "number"),
    Column("До", 9, "number"),
    Column("Цель", 16),
    Column("Вывод", 17),
    Column("Примечание, как прочитано", 46),
    Column("Строка программы", 11, "number"),
    Column("Раздел", 60, printed=False),
)
_OPENED_COLUMNS = (
    Column("Кто", 38),
    Column("Организация", 38),
    Column("Как посчитан", 19),
    Column("Не выполнено", 42),
    Column("Неизвестно", 36),
)
_FORMULA_COLUMNS = (
    Column("Код", 22),
    Column("Версия", 18),
    Column("Как считается", 70),
    Column("Формула", 60),
)


def write_workbook(result: ProgrammeResult, programme: Programme, path: Path, *, approved: bool = False) -> None:
    opened = [indicator for indicator in result.indicators if indicator.opened]
    names = sheet_names([item.code for item in opened], (INDICATORS, ORGANISATIONS, SUBJECTS, ABOUT))
    sheets = {item.code: name for item, name in zip(opened, names, strict=True)}
    head = _head(result, approved=approved)
    with Book(path, title=result.title, made=result.on) as book:
        _indicators(book, head, result, sheets)
        _matrix(book, head, reading.matrix(result, "organisation"), ORGANISATIONS)
        _matrix(book, head, reading.matrix(result, "subject"), SUBJECTS)
        _about(book, head, result, programme)
        for indicator in opened:
            _opened(book, head, indicator, sheets[indicator.code])


def _head(result: ProgrammeResult, *, approved: bool) -> Head:
    counted = f"{result.municipality} · {result.period} · на {words.date(result.on)}"
    return Head(result.title, (counted,), tuple(reading.marks(result, approved=approved)))


# ── indicators ───────────────────────────────────────────────────────────────────────────────────────────────────


def _indicators(book: Book, head: Head, result: ProgrammeResult, sheets: dict[str, str]) -> None:
    sheet = book.sheet(INDICATORS, _INDICATOR_COLUMNS, head)
    for indicator in result.indicators:
        name = sheets.get(indicator.code)
        code = Link(indicator.code, name) if name else indicator.code
        sheet.add(code, *_indicator_cells(indicator))
    sheet.finish(frozen_columns=2)


def _indicator_cells(indicator: IndicatorResult) -> tuple[Cell, ...]:
    value, look = indicator.value, reading.look(indicator)
    return (
        words.capital(indicator.title),
        Figure(value.value, look, strong=True),
        indicator.unit,
        _plain(value.n),
        _plain(value.total),
        _plain(value.unknown or None),
        Figure(value.low, look),
        _upper(value, look),
        words.tied(indicator.target),
        Toned(VERDICT_WORDS[indicator.verdict], _tone(indicator.verdict)),
        _note(indicator),
        indicator.line,
        indicator.section,
    )


def _plain(number: float | None) -> Cell:
    return None if number is None else Figure(number)


def _upper(value: Value, look: Look) -> Cell:
    """A partial table leaves a low bound and no upper one: that is not the same as no data."""
    return "без предела" if value.high is None and value.low is not None else Figure(value.high, look)


def _tone(verdict: Verdict) -> str:
    return reading.STANDINGS[verdict].value


def _note(indicator: IndicatorResult) -> str:
    partial = NOT_COMPLETE if indicator.value.partial and not indicator.verdict_note else ""
    notes = dict.fromkeys(
        (words.capital(indicator.verdict_note), partial, indicator.reported, indicator.interpretation)
    )
    return "\n".join(note for note in notes if note)


# ── breakdowns ───────────────────────────────────────────────────────────────────────────────────────────────────


def _matrix(book: Book, head: Head, matrix: reading.Matrix, name: str) -> None:
    groups = [Column(title, 8.5, "number", turned=True) for title in matrix.columns]
    columns = (Column("Код", 9), Column("Показатель", 46), Column("Цель", 9, "number"), Column("Всего", 9, "number"))
    lines = (*head.lines, _matrix_line(matrix))
    sheet = book.sheet(name, (*columns, *groups), Head(head.title, lines, head.marks))
    for indicator, values in matrix.rows:
        _heat(sheet, indicator, len(groups))
        sheet.add(*_matrix_cells(indicator, values))
    pages = max(1, math.ceil(len(groups) / COLUMNS_ON_PAGE))
    sheet.finish(frozen_columns=MATRIX_HEAD, pages_wide=pages)


def _matrix_line(matrix: reading.Matrix) -> str:
    if not matrix.rows:
        return "Ни один показатель так не разложен."
    return "Цвет — сколько не хватает до цели муниципалитета: нисколько, до 10 процентных пунктов, до 30, больше 30."


def _matrix_cells(indicator: IndicatorResult, values: tuple[Value | None, ...]) -> tuple[Cell, ...]:
    look, goal = reading.look(indicator), indicator.target_value
    of_groups = (None if value is None else Figure(value.value, look) for value in values)
    stated = indicator.target if goal is None else Figure(goal, look)
    return (
        indicator.code,
        words.capital(indicator.title),
        stated,
        Figure(indicator.value.value, look, strong=True),
        *of_groups,
    )


def _heat(sheet: Sheet, indicator: IndicatorResult, groups: int) -> None:
    if reading.group_goal(indicator) is None or not groups:
        return
    cell = xl_rowcol_to_cell(sheet.row, MATRIX_HEAD)
    goal = xl_rowcol_to_cell(sheet.row, GOAL_COLUMN, row_abs=True, col_abs=True)
    lacking = _lacking(reading.direction(indicator.target), cell, goal)
    if reading.look(indicator) is not Look.PERCENT:
        lacking = f"({lacking})/ABS({goal})"
    limits = zip((0, reading.CLOSE, reading.FAR, None), HEAT_GROUNDS, strict=True)
    rules = [(_within(cell, lacking, limit), ground) for limit, ground in limits]
    sheet.paint(sheet.row, (MATRIX_HEAD, MATRIX_HEAD + groups - 1), rules)


def _lacking(way: Direction, cell: str, goal: str) -> str:
    if way is Direction.EXACT:
        return f"MAX(ABS({cell}-{goal})-{reading.EQUAL},0)"
    return f"{goal}-{cell}" if way is Direction.UP else f"{cell}-{goal}"


def _within(cell: str, lacking: str, limit: float | None) -> str:
    return f"=ISNUMBER({cell})" if limit is None else f"=AND(ISNUMBER({cell}),ROUND({lacking},9)<={limit})"


# ── who is in, and about the count ───────────────────────────────────────────────────────────────────────────────


def _opened(book: Book, head: Head, indicator: IndicatorResult, name: str) -> None:
    look, value = reading.look(indicator), indicator.value
    counted = words.shown(look, value.value, unlike=indicator.target_value)
    facts = [counted, words.out_of(value), indicator.target and f"цель {indicator.target}"]
    line = " · ".join(filter(None, [*facts, VERDICT_WORDS[indicator.verdict]]))
    title = f"{indicator.code}. {words.capital(indicator.title)}"
    sheet = book.sheet(name, _OPENED_COLUMNS, Head(title, (line, *head.lines), head.marks))
    for row in sorted(indicator.opened, key=reading.opened_order):
        failing, missing = (reading.part_words(row.failed, code) for code in (0, 1))
        sheet.add(row.title, row.organisation, reading.membership(row), "; ".join(failing), "; ".join(missing))
    sheet.finish(frozen_columns=1)


def _about(book: Book, head: Head, result: ProgrammeResult, programme: Programme) -> None:
    facts = {
        "Муниципалитет": result.municipality,
        "Регион": programme.about.region,
        "Утверждена": reading.approval(programme),
        "На дату": words.date(result.on),
        "Отчётный период": result.period,
        "Набор данных": result.dataset_hash,
        "Синтетические данные": "да" if result.synthetic else "нет",
        "В данных есть ошибки": "да" if result.with_faults else "нет",
        "Как читать": "Доля — среди тех, о ком известно. Неизвестное даёт границы: от (всё против) и до (всё за). "
        "Цель достигнута, если её выполняет и худший случай.",
    }
    lines = tuple(f"{name}: {text}" for name, text in facts.items() if text)
    sheet = book.sheet(ABOUT, _FORMULA_COLUMNS, Head(head.title, lines, head.marks))
    for item in result.indicators:
        sheet.add(item.code, item.version, item.words, item.formula)
    sheet.finish(frozen_columns=1)
