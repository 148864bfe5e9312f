"""The town at a moment: rows by key, rows by link, completeness, and the derived table ``spell``."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from opora.indicators.formula.parse import parse
from opora.indicators.formula.tree import Expr
from tests.truth.town import Cell, Context, Row, Town, declared
from tests.truth.windows import Bounds

REFERENCE = frozenset({"coverage", "territory", "instrument", "training_programme"})
"""Tables that are always complete."""

Definitions = Mapping[str, Mapping[str, str]]
"""Table → name → formula."""


class World:
    """Everything that a formula may ask."""

    def __init__(self, town: Town, context: Context, definitions: Definitions) -> None:
        self.town = town
        self.context = context
        self.definitions = definitions
        self._by_key: dict[str, dict[Cell, Row]] = {}
        self._by_link: dict[tuple[str, str], dict[Cell, list[Row]]] = {}

    def rows(self, table: str) -> Sequence[Row]:
        if table == "last_answer":
            return self.last_answers
        return self.spells if table == "spell" else self.town.rows(table)

    def row(self, table: str, key: Cell) -> Row | None:
        if table not in self._by_key:
            self._by_key[table] = {row["id"]: row for row in self.rows(table)}
        return self._by_key[table].get(key)

    def linked(self, table: str, column: str, value: Cell) -> Sequence[Row]:
        """Rows of the table whose column equals the value; an empty value never matches."""
        if (table, column) not in self._by_link:
            index: dict[Cell, list[Row]] = defaultdict(list)
            for row in self.rows(table):
                index[_trimmed(row.get(column))].append(row)
            self._by_link[table, column] = index
        return [] if value is None else self._by_link[table, column].get(_trimmed(value), [])

    def definition(self, table: str, name: str) -> Expr | None:
        formula = self.definitions.get(table, {}).get(name)
        return None if formula is None else parse(formula)

    # ── completeness ────────────────────────────────────────────────────────────────────────────────────────────

    def municipality(self, table: str, row: Row | None) -> Cell:
        """Its column ``municipality``, else that of the row's owner, and so on."""
        if row is None:
            return None
        shape = declared(table)
        if shape.column("municipality"):
            return row.get("municipality")
        owner = shape.column(shape.owner)
        if owner is None:
            return None
        return self.municipality(owner.to, self.row(owner.to, row.get(owner.name)))

    def municipalities(self) -> list[Cell]:
        """The scope of a count: every municipality of the dataset."""
        return [row["id"] for row in self.rows("territory") if row.get("kind") == "municipality"]

    def complete(self, table: str, municipality: Cell, bounds: Bounds | None) -> bool:
        """Whether "no row" means "no" there over the whole window. A window that is not known is not covered."""
        if table in REFERENCE or (bounds is not None and bounds.empty):
            return True
        if bounds is None or municipality is None:
            return False
        source = {"spell": "employment", "last_answer": "card_answer"}.get(table, table)
        return covered(self._complete_intervals[source, municipality], bounds)

    @cached_property
    def _complete_intervals(self) -> Mapping[tuple[Cell, Cell], list[tuple[Cell, Cell]]]:
        """By table and municipality: when it is complete."""
        found: dict[tuple[Cell, Cell], list[tuple[Cell, Cell]]] = defaultdict(list)
        for row in self.rows("coverage"):
            if row["status"] == "complete":
                found[row["table"], row["municipality"]].append((row.get("since"), row.get("until")))
        return found

    # ── the derived tables ───────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def spells(self) -> Sequence[Row]:
        """One row for each person and organisation where she works or worked as an educator."""
        jobs: dict[tuple[Cell, Cell], list[Row]] = defaultdict(list)
        for row in self.rows("employment"):
            if row["staff_group"] == "educator":
                jobs[row["person"], row["organisation"]].append(row)
        return [self._spell(person, organisation, rows) for (person, organisation), rows in jobs.items()]

    @cached_property
    def last_answers(self) -> Sequence[Row]:
        """Of each respondent's answers to a question in one period the newest, up to the date."""
        newest: dict[tuple[Cell, ...], Row] = {}
        for row in sorted(self.rows("card_answer"), key=lambda row: (row["date"], str(row["id"]))):
            day = row["date"]
            assert isinstance(day, dt.date)
            if day <= self.context.on:
                organisation = row.get("organisation")
                place = None if organisation is not None else self.municipality("card_answer", row)
                newest[_trimmed(row["question"]), organisation, place, _whole_periods(day, self.context)] = row
        return list(newest.values())

    def _spell(self, person: Cell, organisation: Cell, jobs: list[Row]) -> Row:
        starts = [row.get("since") for row in jobs]
        ends = [row.get("until") for row in jobs]
        seen = [day for row in jobs if isinstance(day := row.get("observed_on"), dt.date)]
        until = None if None in ends else max(day for day in ends if isinstance(day, dt.date))
        on = self.context.on
        return {
            "id": f"{person}/{organisation}",
            "person": person,
            "organisation": organisation,
            "since": None if None in starts else min(day for day in starts if isinstance(day, dt.date)),
            "until": until,
            "observed_on": min(seen, default=None),
            "last_day": until if until is not None and until <= on else on,
        }


def _whole_periods(day: dt.date, context: Context) -> int:
    """How many periods after the reporting one the day lies; those before are negative."""
    first = context.period_start
    return ((day.year - first.year) * 12 + day.month - first.month) // context.months


def _trimmed(value: Cell) -> Cell:
    return value.strip() if isinstance(value, str) else value


def covered(intervals: Sequence[tuple[Cell, Cell]], bounds: Bounds) -> bool:
    """Whether the half-open intervals together hold every day of the window. Empty ends are infinite."""
    spans = sorted(
        (
            begins if isinstance(begins, dt.date) else dt.date.min,
            ends if isinstance(ends, dt.date) else dt.date.max,
        )
        for begins, ends in intervals
    )
    reached = bounds.start or dt.date.min
    for begins, ends in spans:
        if begins <= reached:
            reached = max(reached, ends)
    return reached >= bounds.end
