"""The workbook that is sent on: indicators, organisations, subjects, who is in and who is out, and about the count.

The same result gives the same bytes.
"""

from __future__ import annotations

import math
from pathlib import Path

from opora.indicators.results import VERDICT_WORDS, IndicatorResult, ProgrammeResult, Value, Verdict
from opora.programmes.model import Programme

from . import reading, words
from .reading import Heat
from .sheets import Book, Cell, Column, Figure, Head, Link, Toned, sheet_names
from .words import Look

INDICATORS, ORGANISATIONS, SUBJECTS, ABOUT = "Показатели", "По организациям", "По предметам", "О расчёте"
COLUMNS_ON_PAGE = 18
MATRIX_HEAD = 4
NOT_COMPLETE = "Перечень внесён не полностью."
HEAT_GROUNDS = {
    Heat.MET: ("#DCEDFA", "цель достигнута"),
    Heat.CLOSE: ("#FBE6AC", "не хватает до 10 процентных пунктов"),
    Heat.FAR: ("#F2B985", "не хватает до 30"),
    Heat.FARTHEST: ("#DB8660", "не хватает больше 30"),
    Heat.UNKNOWN: ("#D9DDE2", "мешают неизвестные или нет данных"),
}
"""As in ``report.css``: each step is darker than the one before, in print and to any eye."""

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
    Column("Кто", 34),
    Column("Организация", 27),
    Column("Как посчитан", 15),
    Column("Не выполнено", 56),
    Column("Неизвестно", 41),
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
    legend = tuple(HEAT_GROUNDS.values()) if matrix.rows else ()
    sheet = book.sheet(name, (*columns, *groups), Head(head.title, lines, head.marks, legend))
    for indicator, values in matrix.rows:
        sheet.add(*_matrix_cells(indicator, values))
    pages = max(1, math.ceil(len(groups) / COLUMNS_ON_PAGE))
    sheet.finish(frozen_columns=MATRIX_HEAD, pages_wide=pages)


def _matrix_line(matrix: reading.Matrix) -> str:
    if not matrix.rows:
        return "Ни один показатель так не разложен."
    help_needed = "Цели поставлены муниципалитету; цвет показывает, где нужна помощь."
    return f"{help_needed} Белое — цели нет, пустое — считать не из кого."


def _matrix_cells(indicator: IndicatorResult, values: tuple[Value | None, ...]) -> tuple[Cell, ...]:
    look, goal = reading.look(indicator), indicator.target_value
    of_groups = (None if value is None else _warm(indicator, value) for value in values)
    stated = indicator.target if goal is None else Figure(goal, look)
    return (
        indicator.code,
        words.capital(indicator.title),
        stated,
        Figure(indicator.value.value, look, strong=True),
        *of_groups,
    )


def _warm(indicator: IndicatorResult, value: Value) -> Figure:
    ground, _ = HEAT_GROUNDS.get(reading.heat(indicator, value), ("", ""))
    return Figure(value.value, reading.look(indicator), ground=ground)


# ── who is in, and about the count ───────────────────────────────────────────────────────────────────────────────


def _opened(book: Book, head: Head, indicator: IndicatorResult, name: str) -> None:
    look, value = reading.look(indicator), indicator.value
    counted = words.shown(look, value.value, unlike=indicator.target_value)
    facts = [counted, words.out_of(value), indicator.target and f"цель {indicator.target}"]
    line = " · ".join(filter(None, [*facts, VERDICT_WORDS[indicator.verdict]]))
    title = f"{indicator.code}. {words.capital(indicator.title)}"
    sheet = book.sheet(name, _OPENED_COLUMNS, Head(title, (line, *head.lines), head.marks))
    for row in sorted(indicator.opened, key=reading.opened_order):
        failing, missing = ("; ".join(reading.part_words(row.failed, code)) for code in (0, 1))
        sheet.add(reading.called(row), row.organisation, reading.membership(row), failing, missing)
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
