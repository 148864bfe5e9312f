"""Every table and column in Russian, as Markdown: ``python -m opora.indicators.dataset.describe > docs/dataset.md``."""

from __future__ import annotations

from collections.abc import Iterator

from opora.indicators.dataset.grid import asked_for
from opora.indicators.dataset.schema import Column, Kind, Table, Time
from opora.indicators.dataset.tables import TABLES
from opora.indicators.definitions import standard

_INTRO = """# Набор данных: все таблицы и столбцы

Эта страница создана командой `python -m opora.indicators.dataset.describe`; руками её не правят.

Имя столбца слева пишут в формулах, заголовок рядом стоит в шаблоне Excel (`opora dataset template`).
**\\*** — обязательный столбец, **п** — персональные данные. Пустая ячейка всегда значит «неизвестно».
Где «Код» без звёздочки, в книге и в CSV его можно не писать: строку назовут по номеру. В Parquet код нужен всегда.
«Слова таблицы» — готовые условия и величины: их пишут в формулах наравне со столбцами. Как писать
формулы — в [formulas.md](formulas.md)."""
_TIMES = {
    Time.STATE: "Состояние: длится. Без указания времени формула спрашивает о дне подсчёта.",
    Time.FACT: "Событие: случилось в один день. Без указания времени формула спрашивает об отчётном периоде.",
    Time.ENTITY: "Без времени: перечень, о котором не спрашивают «когда».",
}
_KINDS = {
    Kind.KEY: "код строки",
    Kind.TEXT: "текст",
    Kind.INTEGER: "целое число",
    Kind.NUMBER: "число",
    Kind.FLAG: "да / нет",
    Kind.DATE: "дата",
}


def description() -> str:
    contents = [f"- [{table.name}](#{table.name}) — {table.title}" for table in TABLES.values()]
    return "\n".join([_INTRO, "", *contents, *(line for table in TABLES.values() for line in _lines(table))]) + "\n"


def _lines(table: Table) -> Iterator[str]:
    derived = " Вычисляется из других таблиц, её не заполняют." if table.derived else ""
    yield from ("", f"## {table.name}", "", f"**{table.title}.** {table.meaning}.{derived} {_TIMES[table.time]}")
    days = [(table.start, "Первый день" if table.end else "День"), (table.end, "Конец, не включая")]
    yield from (f"{meaning} — `{name}`." for name, meaning in days if name)
    yield from ("", "| столбец | заголовок | что в нём |", "|---|---|---|")
    yield from (_row(table, column) for column in table.columns)
    if words := standard().get(table.name, {}):
        yield from ("", "Слова таблицы:", "", "| слово | что значит | формула |", "|---|---|---|")
    yield from (f"| `{name}` | {one.words[0]} | `{one.formula}` |" for name, one in words.items())


def _row(table: Table, column: Column) -> str:
    marks = (r" **\***" if asked_for(table, column) else "") + (" **п**" if column.personal else "")
    what = f"строка таблицы [{column.to}](#{column.to})" if column.to else _KINDS.get(column.kind, "")
    choices = "; ".join(f"`{code}` {label}" for code, label in column.choices)
    told = ". ".join(part for part in (what or choices, column.meaning) if part)
    return f"| `{column.name}`{marks} | {column.title} | {told} |"


if __name__ == "__main__":
    print(description(), end="")
