"""The vocabulary in which the tables of the dataset are declared.

A dataset is a set of plain tables. Each is declared once, here and in ``tables/``; reading, checking, the Excel
template, the formula language and the engines all follow the declaration. Nothing else knows a table by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """Type of a column, as a person thinks of it."""

    KEY = "key"
    """Identifies a row: text or a whole number, the same in all the tables that refer to it."""
    REF = "ref"
    """Key of a row of another table."""
    TEXT = "text"
    CHOICE = "choice"
    """One of the declared values; stored by its code, written in Excel by its Russian label."""
    INTEGER = "integer"
    NUMBER = "number"
    FLAG = "flag"
    """Yes or no; empty = not known."""
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``title`` heads it in Excel, ``meaning`` is the hint, both in Russian."""

    name: str
    kind: Kind
    title: str
    meaning: str = ""
    to: str = ""
    """The table that a REF points to."""
    choices: tuple[tuple[str, str], ...] = ()
    """Code and Russian label of each value of a CHOICE."""
    required: bool = False
    personal: bool = False
    """Whether the column tells something about a living person (152-ФЗ, art. 3)."""
    minimum: float | None = None

    def label(self, code: str) -> str:
        """Russian label of a choice's code; the code itself where it is not declared."""
        return dict(self.choices).get(code, code)


class Time(StrEnum):
    """How a table stands in time."""

    STATE = "state"
    """Holds from ``start`` until ``end`` (half-open). Empty end = still so. Empty start = not known since when."""
    FACT = "fact"
    """Happened on the day ``start``."""
    ENTITY = "entity"
    """Has no time of its own."""


@dataclass(frozen=True, slots=True)
class Words:
    """How the table is spoken of in a Russian sentence."""

    one: str
    """Nominative: «курс»."""
    of_many: str
    """Genitive plural: «курсов»."""
    has: str
    """Predicate of the one who has such a row: «прошёл обучение»."""
    has_not: str
    """Its negation: «не проходил обучения»."""
    roles: tuple[tuple[str, str, str], ...] = ()
    """Role (a REF column), predicate, its negation: ``("mentee", "имеет наставника", "не имеет наставника")``."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the dataset."""

    name: str
    title: str
    """Name of the sheet in Excel (31 characters at most)."""
    meaning: str
    time: Time
    columns: tuple[Column, ...]
    words: Words
    start: str = ""
    """STATE: column of the first day; FACT: column of the day."""
    end: str = ""
    """STATE: column of the first day on which it no longer holds; empty for what never ends."""
    observed: str = ""
    """STATE: column of a day on which it was seen to hold, though since when is not known."""
    owner: str = ""
    """The REF by which a row belongs to a municipality; empty where ``municipality`` is the table's own column."""
    unique: tuple[tuple[str, ...], ...] = ()
    """Sets of columns of which no two rows may share all the values."""
    derived: bool = False
    """Computed from other tables, never entered."""
    _by_name: dict[str, Column] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_name.update({column.name: column for column in self.columns})

    def column(self, name: str) -> Column | None:
        return self._by_name.get(name)

    @property
    def key(self) -> str:
        return "id"

    @property
    def personal(self) -> bool:
        return any(column.personal for column in self.columns)

    def refs(self) -> Iterator[Column]:
        return (column for column in self.columns if column.kind is Kind.REF)


# Short constructors: a declaration should read as a table of columns, one line each.


def key() -> Column:
    return Column("id", Kind.KEY, "Код", "Любой код, который не повторяется в таблице", required=True)


def ref(name: str, to: str, title: str, meaning: str = "", *, required: bool = False, personal: bool = False) -> Column:
    return Column(name, Kind.REF, title, meaning, to=to, required=required, personal=personal)


def text(name: str, title: str, meaning: str = "", *, required: bool = False, personal: bool = False) -> Column:
    return Column(name, Kind.TEXT, title, meaning, required=required, personal=personal)


def choice(
    name: str,
    title: str,
    choices: dict[str, str],
    meaning: str = "",
    *,
    required: bool = False,
    personal: bool = False,
) -> Column:
    return Column(
        name,
        Kind.CHOICE,
        title,
        meaning,
        choices=tuple(choices.items()),
        required=required,
        personal=personal,
    )


def number(name: str, title: str, meaning: str = "", *, whole: bool = False, personal: bool = False) -> Column:
    """A measure that cannot be below zero."""
    kind = Kind.INTEGER if whole else Kind.NUMBER
    return Column(name, kind, title, meaning, personal=personal, minimum=0)


def flag(name: str, title: str, meaning: str = "", *, personal: bool = False) -> Column:
    return Column(name, Kind.FLAG, title, meaning or "да / нет; пусто — неизвестно", personal=personal)


def date(name: str, title: str, meaning: str = "", *, required: bool = False, personal: bool = False) -> Column:
    return Column(name, Kind.DATE, title, meaning, required=required, personal=personal)


def state_dates() -> tuple[Column, Column, Column]:
    """The three dates of a state."""
    return (
        date("since", "С", "Первый день; пусто — неизвестно, с какого дня"),
        date("until", "По (не включая)", "Первый день, когда уже не так; пусто — так и сейчас"),
        date("observed_on", "Подтверждено на", "День, на который известно, что это так, если неизвестно начало"),
    )
