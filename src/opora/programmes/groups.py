"""What a programme can be broken down by, and how a breakdown and its groups are called in Russian."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from opora.indicators.dataset.schema import Column, Kind
from opora.indicators.dataset.store import Dataset
from opora.indicators.dataset.tables import TABLES
from opora.indicators.definitions import Definitions
from opora.indicators.engine.dimensions import dimensions_of
from opora.indicators.formula import bound as b

BREAKDOWNS = {
    "organisation": "по организациям",
    "subject": "по предметам",
    "municipality": "по муниципалитетам",
    "post": "по должностям",
    "staff_group": "по категориям работников",
    "organisation_kind": "по видам организаций",
}
"""Those that everybody may ask for; a programme has others of its own."""

NOT_STATED = "не указано"

_BY_WORD = {
    "вид": "видам",
    "дефицит": "дефицитам",
    "должность": "должностям",
    "заключение": "заключениям",
    "инструмент": "инструментам",
    "итог": "итогам",
    "категория": "категориям",
    "команда": "командам",
    "конкурс": "конкурсам",
    "мероприятие": "мероприятиям",
    "муниципалитет": "муниципалитетам",
    "название": "названиям",
    "наставник": "наставникам",
    "направление": "направлениям",
    "область": "областям",
    "объединение": "объединениям",
    "организация": "организациям",
    "план": "планам",
    "предмет": "предметам",
    "программа": "программам",
    "проект": "проектам",
    "процедура": "процедурам",
    "роль": "ролям",
    "специальность": "специальностям",
    "статус": "статусам",
    "тема": "темам",
    "тематика": "тематике",
    "уровень": "уровням",
    "форма": "формам",
}
"""The first word of a column's title after «по»; a title that begins otherwise heads its groups as it stands."""
_PEOPLE_NAMES = ("last_name", "first_name", "patronymic")


@dataclass(frozen=True, slots=True)
class What:
    """What the groups of a breakdown are: values of a column, or without one the rows of a table."""

    table: str
    column: Column | None = None


def what_groups_are(item: b.Item) -> What | None:
    """Where the path of a breakdown ends; None where it ends in something computed."""
    match item:
        case b.Follow(item=inner) | b.Outer(item=inner) | b.Defined(item=inner) | b.Latest(item=inner):
            return what_groups_are(inner)
        case b.Key(table):
            return What(table)
        case b.Attribute(table, column):
            return What(table, column)
    return None


def what_is_grouped(formula: b.Formula, by: str, definitions: Definitions) -> What | None:
    dimension = next(iter(dimensions_of(formula, by, definitions).values()), None)
    return None if dimension is None else what_groups_are(dimension.item)


def breakdown_title(by: str, what: What | None) -> str:
    """«по видам организаций», from the declaration of the column; in small letters where it begins with «по»."""
    if by in BREAKDOWNS:
        return BREAKDOWNS[by]
    if what is None:
        return f"по «{by}»"
    if what.column is None:
        return f"по строкам таблицы «{TABLES[what.table].title}»"
    first, _, rest = what.column.title.partition(" ")
    word = _BY_WORD.get(first.casefold())
    of_what = f" {TABLES[what.table].words.of_many}" if "." in by and not what.column.to and not rest else ""
    if word is None:
        table = TABLES[what.table].title
        return what.column.title + (f" ({table[:1].lower()}{table[1:]})" if of_what else "")
    return f"по {word}{f' {rest}' if rest else ''}{of_what}"


def breakdowns_of(formulas: Sequence[b.Formula], names: Iterable[str], definitions: Definitions) -> dict[str, str]:
    """Those of the names by which any of the formulas can be broken down, and their titles."""
    found: dict[str, str] = {}
    for by in dict.fromkeys(names):
        what = next(filter(None, (what_is_grouped(formula, by, definitions) for formula in formulas)), None)
        if what is not None:
            found[by] = breakdown_title(by, what)
    return found


class GroupTitles:
    """Names of the groups of breakdowns; what is called by a key is looked up in the dataset."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._named: dict[str, dict[Any, str]] = {}

    def of(self, what: What | None, key: Any) -> str:
        if key is None:
            return NOT_STATED
        if what is None:
            return _plain(key)
        if what.column is None:
            return self._name(what.table, key)
        if what.column.to:
            return self._name(what.column.to, key)
        return what.column.label(key) if what.column.kind is Kind.CHOICE else _plain(key)

    def _name(self, table: str, key: Any) -> str:
        if table not in self._named:
            self._named[table] = self._names(table)
        return self._named[table].get(key) or f"{TABLES[table].words.one} {key}"

    def _names(self, table: str) -> dict[Any, str]:
        titles = _PEOPLE_NAMES if table == "person" else ("title",)
        wanted = ["id", *(name for name in titles if TABLES[table].column(name))]
        rows = self._dataset.table(table).select(wanted).to_pylist()
        return {row["id"]: " ".join(row[name] for name in wanted[1:] if row[name]) for row in rows}


def _plain(key: Any) -> str:
    """Of a flag «да» or «нет», of a date 31.12.2022, of a number its digits."""
    if isinstance(key, bool):
        return "да" if key else "нет"
    if isinstance(key, dt.date):
        return f"{key:%d.%m.%Y}"
    if isinstance(key, float):
        return re.sub(r",0$", "", str(key).replace(".", ","))
    return str(key)
