"""Faults of a dataset: where, what, how to mend it, in Russian."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from opora.indicators.dataset.letters import look
from opora.indicators.dataset.tables import TABLES

EXAMPLES = 20
"""How many faults of one kind in one column are shown; of the rest only the number is told."""


@dataclass(frozen=True, slots=True)
class DatasetFault:
    """Something wrong in one place. Messages end without a full stop."""

    message: str
    how_to_mend: str = ""
    source: str = ""
    """What a person opens to see it: «лист «Люди»», «файл person.csv», «таблица «Люди»»."""
    table: str = ""
    """Name of the table; empty where the fault is not in a table."""
    column: str = ""
    """Name of the column, or the heading as it is written where no column is called so."""
    row: int | None = None
    """Row of the sheet or line of the file, counted from 1; None where there are no lines (Parquet)."""
    key: str = ""
    """Key of the row, where it is known."""
    rule: str = ""
    """Which promise is broken; for programs."""

    @property
    def place(self) -> str:
        """Where it is: «лист «Люди», строка 12, столбец «Дата рождения»»."""
        parts = [self.source, self._row_words(), f"столбец «{self._heading()}»" if self.column else ""]
        return ", ".join(part for part in parts if part)

    def _row_words(self) -> str:
        if self.row is not None:
            return f"строка {self.row}"
        return f"код «{self.key}»" if self.key else ""

    def _heading(self) -> str:
        table = TABLES.get(self.table)
        column = table.column(self.column) if table else None
        return column.title if column else self.column

    def __str__(self) -> str:
        sentence = f"{self.place}: {self.message}" if self.place else self.message
        return f"{sentence}. {self.how_to_mend}" if self.how_to_mend else sentence


class DatasetFaults(Exception):
    """The dataset cannot be read at all."""

    def __init__(self, faults: Iterable[DatasetFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(str(fault) for fault in self.faults))


def unreadable(message: str, how_to_mend: str = "", source: str = "") -> DatasetFaults:
    """The error of a source that cannot be read at all."""
    return DatasetFaults([DatasetFault(message, how_to_mend, source, rule="unreadable")])


@dataclass(slots=True)
class FaultList:
    """Collects faults; of one rule in one column it keeps the first ``most`` and counts the rest."""

    most: int = EXAMPLES
    _groups: dict[tuple[str, str, str], list[DatasetFault]] = field(default_factory=dict)
    _totals: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def add(self, fault: DatasetFault) -> None:
        self.add_counted([fault], 1)

    def add_counted(self, examples: list[DatasetFault], total: int) -> None:
        """Takes examples of one rule in one column, of ``total`` such faults."""
        if not examples:
            return
        group = (examples[0].table, examples[0].rule, examples[0].column)
        kept = self._groups.setdefault(group, [])
        kept.extend(examples[: self.most - len(kept)])
        self._totals[group] = self._totals.get(group, 0) + total

    def all(self) -> tuple[DatasetFault, ...]:
        return tuple(fault for group in self._groups for fault in self._with_rest(group))

    def _with_rest(self, group: tuple[str, str, str]) -> list[DatasetFault]:
        kept = self._groups[group]
        rest = self._totals[group] - len(kept)
        if not rest:
            return kept
        return [*kept, replace(kept[-1], message=f"Ещё таких же ошибок: {rest}", how_to_mend="", row=None, key="")]


def plain(text: str) -> str:
    """The text as people compare it: without case, ё, odd spaces and the mark of a required column."""
    letters = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return " ".join(letters.split()).strip("* ")


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """«Возможно, «Люди»?» or nothing."""
    by_look = {look(plain(candidate)): candidate for candidate in candidates}
    close = difflib.get_close_matches(look(plain(word)), by_look, n=1, cutoff=0.6)
    return f"Возможно, «{by_look[close[0]]}»?" if close else ""
