"""Numbers side by side: a line for each organisation or municipality, a column for each indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from opora.indicators.results import IndicatorResult, Value
from opora.papers import reading, words
from opora.papers.reading import Heat
from opora.papers.words import Look
from opora.web.layout.cells import Link, Noted
from opora.web.layout.table import Column

MEANING = {
    Heat.MET: ("✓", "цель достигнута"),
    Heat.CLOSE: ("!", "не хватает до 10 процентных пунктов"),
    Heat.FAR: ("!!", "не хватает до 30"),
    Heat.FARTHEST: ("!!!", "не хватает больше 30"),
    Heat.UNKNOWN: ("?", "мешают неизвестные"),
    Heat.PLAIN: ("", ""),
}
"""A colour never speaks alone: its sign, and the same in words."""
NAME = "title"


@dataclass(frozen=True, slots=True)
class Told:
    """A value, and the indicator whose page tells more of it: a line may have it by another programme than the next."""

    indicator: IndicatorResult
    value: Value
    url: str

    @property
    def number(self) -> float | None:
        """As it is written in Excel: 64.5 for 64,5 %."""
        found = self.value.value
        percent = reading.look(self.indicator) is Look.PERCENT
        return None if found is None else round(found * 100, 1) if percent else found


@dataclass(frozen=True, slots=True)
class Line:
    title: str
    url: str
    told: Mapping[str, Told]
    """By the name of the column. Nobody is counted where there is none."""
    note: str = ""

    def value(self, name: str) -> float | None:
        return self.told[name].value.value if name in self.told else None


@dataclass(frozen=True, slots=True)
class HeatCell:
    """Number and sign on the colour of its distance from the target; n of N below."""

    told: Told

    def __html__(self) -> SafeString:
        heat = reading.heat(self.told.indicator, self.told.value)
        sign, meaning = MEANING[heat]
        shown = format_html('<span aria-hidden="true">{}</span><span class="visually-hidden">{}</span> ', sign, meaning)
        return format_html(
            '<a class="heat heat-{}" href="{}">{}{}<small>{}</small></a>',
            str(heat),
            self.told.url,
            shown if sign else "",
            str(self),
            words.out_of(self.told.value),
        )

    def __str__(self) -> str:
        return words.shown(reading.look(self.told.indicator), self.told.value.value, unlike=self._goal)

    @property
    def _goal(self) -> float | None:
        return reading.group_goal(self.told.indicator)


@dataclass(frozen=True)
class NumberColumn(Column[Line]):
    """``title`` is what names it shortly."""

    about: str = ""
    """What the indicator is called."""
    url: str = ""
    goal: str = ""


def name_column(title: str) -> Column[Line]:
    return Column[Line](NAME, title, _called, key=lambda line: line.title, head=True)


def number_column(name: str, title: str, indicator: IndicatorResult, url: str, *, goal: bool = True) -> NumberColumn:
    """Without ``goal`` where the lines have different ones."""
    return NumberColumn(
        name,
        title,
        lambda line: HeatCell(line.told[name]) if name in line.told else "",
        key=lambda line: line.value(name),
        align="right",
        about=words.capital(indicator.title),
        url=url,
        goal=words.tied(indicator.target) if goal else "",
    )


def as_numbers(columns: Sequence[Column[Line]]) -> list[Column[Line]]:
    """The same columns for Excel, where a number must stay one."""
    return [_as_number(column) if isinstance(column, NumberColumn) else column for column in columns]


def _as_number(column: NumberColumn) -> Column[Line]:
    name = column.name
    title = ". ".join(filter(None, [column.title, column.about]))
    return Column(
        name,
        f"{title} (цель {column.goal})" if column.goal else title,
        lambda line: line.told[name].number if name in line.told else None,
    )


def _called(line: Line) -> object:
    if line.url:
        return Link(line.title, line.url, line.note)
    return Noted(line.title, line.note) if line.note else line.title
