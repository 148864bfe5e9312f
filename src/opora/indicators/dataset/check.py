"""Checks a dataset as a whole: set-wise, so that a country's takes minutes and a town's no time at all."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from opora.indicators.dataset.check_rules import RepeatRule, RowRule, own, quoted, repeat_rules, row_rules
from opora.indicators.dataset.duck import readable, rows_of
from opora.indicators.dataset.faults import EXAMPLES, DatasetFault, FaultList
from opora.indicators.dataset.grid import Origin
from opora.indicators.dataset.letters import LATIN_DOUBLES, RUSSIAN_DOUBLES, look, strayed_letters, told_apart
from opora.indicators.dataset.schema import Table
from opora.indicators.dataset.store import Dataset
from opora.indicators.dataset.tables import STORED

_LINE = "_line"
"""Row of the sheet, beside the columns of each table."""


def check_dataset(dataset: Dataset, examples: int = EXAMPLES) -> tuple[DatasetFault, ...]:
    """All the faults of the values, in the order of the tables; of each kind no more than ``examples`` are named, of
    the rest the number is told. What could not be read is in ``reading_faults``."""
    faults = FaultList(examples)
    with duckdb.connect() as connection, tempfile.TemporaryDirectory() as scratch:
        connection.execute("SET temp_directory = $1", [scratch])
        for name in STORED:
            _show_table(connection, dataset, name)
        for name, table in STORED.items():
            if dataset.rows(name):
                with readable(dataset.files.get(name, Path(name))):
                    _TableCheck(connection, dataset, table, faults).run()
    return faults.all()


def _show_table(connection: duckdb.DuckDBPyConnection, dataset: Dataset, name: str) -> None:
    """Each table under its name, with the line that a person would look at."""
    source = dataset.sources[name]
    if isinstance(source, Path):
        connection.execute(f"CREATE VIEW {quoted(name)} AS SELECT *, NULL::BIGINT AS {_LINE} FROM {rows_of(source)}")
        return
    lines = dataset.origins[name].lines if name in dataset.origins else None
    numbers = pa.nulls(source.num_rows, pa.int64()) if lines is None else lines
    connection.register(name, source.append_column(_LINE, numbers))


class _TableCheck:
    """The checks of one table."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, dataset: Dataset, table: Table, faults: FaultList
    ) -> None:
        self._connection = connection
        self._table = table
        self._faults = faults
        self._origin = dataset.origins.get(table.name) or Origin(f"таблица «{table.title}»")
        self._absent = {
            fault.column
            for fault in dataset.reading_faults
            if fault.table == table.name and fault.rule in ("missing_column", "wrong_type")
        }

    def run(self) -> None:
        rules = [rule for rule in row_rules(self._table) if rule.column not in self._absent]
        for rule, total in self._counted(rules):
            self._faults.add_counted(self._examples(rule), total)
        for repeat in repeat_rules(self._table):
            if not self._absent.intersection(repeat.columns):
                self._check_repeats(repeat)

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql).fetchall()

    def _counted(self, rules: list[RowRule]) -> list[tuple[RowRule, int]]:
        """The broken rules and how often each is; all that ask of the row alone in one scan."""
        by_source: dict[str, list[RowRule]] = {}
        for rule in rules:
            by_source.setdefault(rule.source, []).append(rule)
        totals = {
            rule: total
            for source, together in by_source.items()
            for rule, total in zip(together, self._totals(source, together), strict=True)
        }
        return [(rule, totals[rule]) for rule in rules if totals[rule]]

    def _totals(self, source: str, rules: list[RowRule]) -> tuple[int, ...]:
        counts = ", ".join(f"count(*) FILTER ({self._condition(rule)})" for rule in rules)
        return self._rows(f"SELECT {counts} FROM {self._from(source)}")[0]

    def _from(self, source: str) -> str:
        table = quoted(self._table.name)
        return source.format(table=table) if source else f"{table} t"

    def _condition(self, rule: RowRule) -> str:
        """An empty field is not reported where something is written in it that could not be read."""
        unread = self._origin.unread.get(rule.column) if rule.rule == "required" else None
        if not unread:
            return rule.condition
        return f"{rule.condition} AND t.{_LINE} NOT IN ({', '.join(map(str, sorted(unread)))})"

    def _examples(self, rule: RowRule) -> list[DatasetFault]:
        columns = ", ".join((f"t.{_LINE}", "CAST(t.id AS VARCHAR)", *rule.shown))
        rows = self._rows(
            f"SELECT {columns} FROM {self._from(rule.source)} WHERE {self._condition(rule)} "
            f"ORDER BY t.{_LINE}, t.id LIMIT {self._faults.most}"
        )
        return [
            self._fault(rule, rule.column, line, key, rule.message.format(*shown) + self._strayed(rule, shown))
            for line, key, *shown in rows
        ]

    def _strayed(self, rule: RowRule, shown: list[Any]) -> str:
        """Letters of another alphabet in what was not found."""
        if rule.rule not in ("choice", "dangling", "covered_table") or not isinstance(shown[0], str):
            return ""
        column = self._table.column(rule.column)
        known = self._looking_like(column.to, shown[0]) if column is not None and column.to else None
        return f"; есть «{known}»: {told_apart(shown[0], known)}" if known else strayed_letters(shown[0])

    def _looking_like(self, table: str, code: str) -> str | None:
        """A code of the table that looks the same to a person."""
        found = self._connection.execute(
            f"SELECT id FROM {quoted(table)} WHERE translate(CAST(id AS VARCHAR), $1, $2) = $3 LIMIT 1",
            [RUSSIAN_DOUBLES, LATIN_DOUBLES, look(code)],
        ).fetchone()
        return None if found is None else str(found[0])

    def _fault(
        self, rule: RowRule | RepeatRule, column: str, line: int | None, key: str | None, message: str
    ) -> DatasetFault:
        mend, source, table = rule.how_to_mend, self._origin.source, self._table.name
        return DatasetFault(message, mend, source, table, column, line, key or "", rule.rule)

    def _check_repeats(self, repeat: RepeatRule) -> None:
        """First by a hash of the columns: with no repeats, which is the rule, eight bytes a row are all it takes."""
        values = ", ".join(map(own, repeat.columns))
        known = " AND ".join(f"{own(column)} IS NOT NULL" for column in repeat.known) or "true"
        table = quoted(self._table.name)
        self._connection.execute(
            f"CREATE OR REPLACE TEMP TABLE _suspects AS SELECT hash({values}) AS h FROM {table} t WHERE {known} "
            "GROUP BY h HAVING count(*) > 1"
        )
        if self._rows("SELECT count(*) FROM _suspects")[0][0]:
            self._report_repeats(repeat, self._repeats(repeat, values, known))

    def _repeats(self, repeat: RepeatRule, values: str, known: str) -> list[tuple[Any, ...]]:
        """Rows that are not the first of their kind: line and key, those of the first, what repeats; how many."""
        shown = "''" if repeat.whole_row else f"concat_ws(' — ', {values})"
        key, line = "CAST(t.id AS VARCHAR)", f"t.{_LINE}"
        return self._rows(
            "SELECT *, count(*) OVER () FROM ("
            f"SELECT {line}, {key}, first_value({line}) OVER same, first_value({key}) OVER same, {shown}, t.id "
            f"FROM {quoted(self._table.name)} t WHERE {known} AND hash({values}) IN (SELECT h FROM _suspects) "
            f"WINDOW same AS (PARTITION BY {values} ORDER BY {line}, t.id) "
            f"QUALIFY row_number() OVER same > 1) ORDER BY 1, 6 LIMIT {self._faults.most}"
        )

    def _report_repeats(self, repeat: RepeatRule, found: list[tuple[Any, ...]]) -> None:
        column = "" if repeat.whole_row else repeat.columns[0]
        examples = [
            self._fault(repeat, column, line, key, _repeat_message(repeat, first_line, first_key, shown))
            for line, key, first_line, first_key, shown, *_ in found
        ]
        self._faults.add_counted(examples, found[0][-1] if found else 0)


def _repeat_message(repeat: RepeatRule, line: int | None, key: str | None, shown: str) -> str:
    first = f"строке {line}" if line is not None else f"строке с кодом «{key}»"
    if repeat.whole_row:
        return f"То же, что в {first}, во всём, кроме кода"
    if repeat.rule == "duplicate_key":
        return f"Код «{shown}» повторяется" if line is None else f"Код «{shown}» уже стоит в {first}"
    return f"«{shown}» уже есть в {first}"
