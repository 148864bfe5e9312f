"""A counted programme on the screen: a table where the terminal is wide, blocks where it is narrow; in a pipe a line
for each indicator with its title at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from opora.cli.screen import NBSP, Screen

if TYPE_CHECKING:
    from opora.indicators.results import Breakdown, IndicatorResult, ProgrammeResult, Value
    from opora.papers.words import Look

WIDE = 120
"""Columns of a terminal from which the table is readable."""
_STYLES = {
    "met": "green",
    "not_met": "red",
    "undecided": "yellow",
    "no_data": "magenta",
    "not_due": "cyan",
    "no_target": "dim",
}
_HEADINGS = ("Код", "Значение", "n из N", "Неизв.", "Границы", "Цель", "Вывод", "Показатель")


@dataclass(frozen=True, slots=True)
class Row:
    code: str
    title: str
    value: str
    out_of: str
    unknown: str
    bounds: str
    target: str
    verdict: str
    style: str

    @property
    def cells(self) -> tuple[str, ...]:
        """In the order of the headings."""
        return (
            self.code,
            self.value,
            self.out_of,
            self.unknown,
            self.bounds,
            self.target,
            self.verdict,
            self.title,
        )


def tell_result(screen: Screen, result: ProgrammeResult, by: Sequence[str] = ()) -> None:
    """The whole of it: what was counted, the table, the sum; then the breakdowns that were asked for."""
    _head(screen, result)
    tell_rows(screen, [row_of(indicator) for indicator in result.indicators])
    screen.say(_sum(result))
    for name in by:
        _tell_breakdown(screen, result, name)


def row_of(indicator: IndicatorResult) -> Row:
    from opora.indicators.results import VERDICT_WORDS
    from opora.papers import reading, words

    look, value = reading.look(indicator), indicator.value
    return Row(
        code=indicator.code,
        title=indicator.title,
        value=words.shown(look, value.value, unlike=indicator.target_value),
        out_of=words.out_of(value),
        unknown=words.number(value.unknown) if value.unknown else "",
        bounds=short_bounds(look, value),
        target=words.tied(indicator.target),
        verdict=VERDICT_WORDS[indicator.verdict],
        style=_STYLES[reading.standing(indicator)],
    )


def short_bounds(look: Look, value: Value) -> str:
    """«12,0–58,0 %», «от 12», «да или нет»; nothing where the bounds are the value itself."""
    from opora.papers import words

    if value.low is None or not words.has_spread(value):
        return ""
    if look is words.Look.YES_NO:
        return words.bounds(look, value)
    low = words.shown(look, value.low)
    if value.high is None:
        return f"от{NBSP}{low}"
    return f"{low.removesuffix(f'{NBSP}%')}–{words.shown(look, value.high)}"


def tell_rows(screen: Screen, rows: Sequence[Row]) -> None:
    if not screen.interactive:
        _lines(screen, rows)
    elif screen.width >= WIDE:
        _table(screen, rows)
    else:
        _blocks(screen, rows)


def aligned(rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> list[str]:
    """Lines with columns under each other; the last is not padded."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return ["  ".join(_padded(row, widths, right)).rstrip() for row in rows]


def _padded(row: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> list[str]:
    last = len(row) - 1
    return [
        cell.rjust(width) if place in right else cell if place == last else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]


def _head(screen: Screen, result: ProgrammeResult) -> None:
    from opora.papers import words

    screen.head(result.title)
    screen.say(f"{result.municipality} · {result.period} · на {words.date(result.on)}")
    tell_marks(screen, result)
    screen.say()


def tell_marks(screen: Screen, result: ProgrammeResult) -> None:
    """What must be said before any number is read."""
    from opora.papers import reading

    for mark in reading.marks(result, approved=True):
        screen.say(f"Внимание: {mark}", "bold yellow")


def _sum(result: ProgrammeResult) -> str:
    from opora.papers import reading

    parts = [f"{reading.STANDING_WORDS[name]} {count}" for name, count in reading.tally(result).items() if count]
    return f"Показателей {len(result.indicators)}: {', '.join(parts)}"


def _lines(screen: Screen, rows: Sequence[Row]) -> None:
    for line in aligned([_HEADINGS, *(row.cells for row in rows)], right=(1, 2, 3)):
        screen.say(line)


def _table(screen: Screen, rows: Sequence[Row]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, expand=True, pad_edge=False, header_style="bold")
    table.add_column("Код", no_wrap=True)
    table.add_column("Показатель", ratio=1)
    for heading in _HEADINGS[1:5]:
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("Цель", max_width=16)
    table.add_column("Вывод", max_width=18)
    for row in rows:
        code, value, out_of, unknown, bounds, target, verdict, title = row.cells
        table.add_row(code, title, value, out_of, unknown, bounds, _spaced(target), Text(verdict, row.style))
    screen.show(table)


def _blocks(screen: Screen, rows: Sequence[Row]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for row in rows:
        facts = Text(f"{row.title}\n").append(row.value, "bold")
        for label, words in (("", row.out_of), ("неизвестно ", row.unknown), ("", row.bounds), ("цель: ", row.target)):
            if words:
                facts.append(f" · {label}{_spaced(words)}")
        table.add_row(row.code, facts.append(" · ").append(row.verdict, row.style).append("\n"))
    screen.show(table)


def _spaced(text: str) -> str:
    """rich would rather break inside a word than at a space that does not break."""
    return text.replace(NBSP, " ")


def _tell_breakdown(screen: Screen, result: ProgrammeResult, by: str) -> None:
    from opora.papers import reading, words

    found = [(item, breakdown) for item in result.indicators if (breakdown := reading.breakdown(item, by))]
    if not found:
        return
    screen.head(words.capital(found[0][1].title))
    for indicator, breakdown in found:
        screen.say(f"{indicator.code}  {indicator.title}")
        for line in aligned(_groups(indicator, breakdown), right=(0, 1, 2)):
            screen.say(line, indent=2)


def _groups(indicator: IndicatorResult, breakdown: Breakdown) -> list[tuple[str, ...]]:
    from opora.papers import reading, words

    look = reading.look(indicator)
    return [
        (
            words.shown(look, group.value.value),
            words.out_of(group.value),
            f"неизв. {words.number(group.value.unknown)}" if group.value.unknown else "",
            reading.group_title(group),
        )
        for group in sorted(breakdown.groups, key=reading.group_order)
    ]
