"""The names by which the tables of a dataset are found."""

from __future__ import annotations

from collections.abc import Iterable

from opora.indicators.dataset.faults import DatasetFault, did_you_mean, plain
from opora.indicators.dataset.letters import strayed_letters
from opora.indicators.dataset.schema import Table
from opora.indicators.dataset.tables import STORED

_TABLE_OF_NAME: dict[str, Table] = {plain(table.title): table for table in STORED.values()} | dict(STORED)


def table_called(name: str) -> Table | None:
    """The table by its name or by the Russian title of its sheet."""
    return _TABLE_OF_NAME.get(plain(name))


def unknown_table(what: str, name: str) -> DatasetFault:
    """The fault of a sheet or a file that is no table: ``what`` is «лист» or «файл»."""
    stem = name.partition(".")[0]
    titles = did_you_mean(stem, (table.title for table in STORED.values()))
    mend = titles or did_you_mean(stem, STORED) or "Удалите его или назовите так, как он назван в шаблоне"
    return DatasetFault(f"Непонятный {what} «{name}»{strayed_letters(stem)}", mend, rule="unknown_table")


def twice(what: str, names: Iterable[str]) -> DatasetFault:
    """The fault of two sheets or files for one table."""
    both = " и ".join(f"«{name}»" for name in names)
    return DatasetFault(
        f"Одна таблица дана дважды: {both}", f"Оставьте один {what}; сейчас прочитан первый", rule="twice"
    )
