"""Who is behind a number: which counted things are in, and the smallest set of conditions that put the others out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from opora.indicators.dataset.tables import TABLES
from opora.indicators.engine.codes import code
from opora.indicators.engine.compute import Calculator
from opora.indicators.engine.dimensions import Counted
from opora.indicators.engine.failing import Atom, Group, Tree, atoms, opened
from opora.indicators.engine.frames import Frame
from opora.indicators.engine.misses import NONE, Dated, Miss, outside
from opora.indicators.engine.missing import cells, core
from opora.indicators.engine.naming import Naming
from opora.indicators.engine.plan import Planner
from opora.indicators.engine.probing import Probes, may_lack, not_complete
from opora.indicators.engine.reasons import Reason, reasons
from opora.indicators.engine.related import Related, asking_of, dated, undated
from opora.indicators.engine.tabulate import counts, inside
from opora.indicators.formula import bound as b
from opora.indicators.formula.words import value, window_words
from opora.indicators.periods import Context
from opora.indicators.results import FailedPart, OpenedRow, Records

LONGEST_EXPLAINED = 20_000
"""Things in a list. Of a longer one the rows behind each are not looked at: nobody reads it, and they would not fit."""

Row = Mapping[str, Any]


class Opener:
    """Opens numbers of one dataset for one context."""

    def __init__(self, calculator: Calculator, context: Context) -> None:
        self.calculator = calculator
        self.context = context

    @cached_property
    def planner(self) -> Planner:
        return self.calculator.planner(self.context)

    def rows(
        self, measure: Counted, *, key: str | int | None = None, person: str | int | None = None
    ) -> list[OpenedRow]:
        """The counted things that are in the denominator, or may be; of a count, all those of the table in its window.

        With ``key`` that thing alone, with ``person`` those of that person, wherever they are, and with their records.
        Sorted: those out first, then the unknown, then those in; by title within.
        """
        return _Opened(self.planner, self.calculator, self.context, _Question.of(measure)).rows(key, person)

    def lack(self, measure: Counted) -> str:
        """Why there may be more things than the list has; nothing where it is known to be complete."""
        thing = measure.thing
        if self.calculator.lists(thing, self.context).whole:
            return ""
        people = thing.table == "person"
        return may_lack(
            "employment" if people else thing.table, b.Fixed("date") if people else thing.window, self.context
        )


@dataclass(frozen=True, slots=True)
class _Question:
    """A measure as what is asked of each thing: to be in the denominator, and in the number."""

    thing: b.Thing
    condition: b.Item | None
    value: b.Item | None
    """What is added up: a thing of which it is empty is not known."""
    once: str
    """The column by which rows are joined."""

    @classmethod
    def of(cls, measure: Counted) -> _Question:
        if isinstance(measure, b.ShareOf):
            return cls(measure.thing, measure.condition, None, measure.once_per or "")
        person = "" if measure.thing.table == "person" else "person"
        once = person if measure.function == "people" else ""
        return cls(replace(measure.thing, condition=None), measure.thing.condition, measure.item, once)

    @property
    def tree(self) -> Tree:
        """What must hold for a thing to be in the number."""
        return Group(True, tuple(opened(one) for one in (self.thing.condition, self.condition) if one is not None))


class _Opened:
    def __init__(self, planner: Planner, calculator: Calculator, context: Context, question: _Question) -> None:
        self.planner, self.calculator, self.context, self.question = planner, calculator, context, question
        self.frames = planner.frames
        self.table = TABLES[question.thing.table]
        self.tree = question.tree
        self.probes = Probes(atoms(self.tree), self.frames)
        self.naming = Naming(self.table.name, planner.definitions)
        self.asking = {atom: asking for atom in self.probes if (asking := asking_of(atom, self.table.name))}
        self._askers = {atom: f"asker{number}" for number, atom in enumerate(self.asking)}
        self._reasons: dict[tuple[int, ...], tuple[Reason, ...]] = {}
        self._related: dict[tuple[Atom, str | None], Related] = {}

    def rows(self, key: str | int | None, person: str | int | None) -> list[OpenedRow]:
        found = self._queried(key, person)
        alone = key is not None or person is not None
        if alone and self.question.once:  # of a person, what is counted now, not all she ever did
            found = [row for row in found if row["base"]] or found[:1]
        if alone or len(found) <= LONGEST_EXPLAINED:
            self._look_behind(found)
        made = [(row, self._made(row, alone=alone)) for row in found]
        if self.question.once:
            things = _joined([(row["once_"], one) for row, one in made if row["once_"] is not None])
        else:
            things = [one for _, one in made]
        return sorted(things, key=lambda one: (one.code, _plain(one.title), _plain(one.detail), one.key))

    # ── the things ───────────────────────────────────────────────────────────────────────────────────────────────

    def _queried(self, key: str | int | None, person: str | int | None) -> list[dict[str, Any]]:
        question = self.question
        wants = [*self.probes.wants, *self.naming.items.values(), *(asking.key for asking in self.asking.values())]
        wants += [one for one in (question.thing.condition, question.condition, question.value) if one is not None]
        if isinstance(question.thing.window, b.From):
            wants.append(question.thing.window.start)
        frame = self.frames.frame(self.table.name, wants)
        expression = frame.rows.select(**self._columns(frame))
        if key is not None:
            expression = expression.filter(expression.key.cast("string") == str(key))
        elif person is not None:
            whose = expression.key if self.table.name == "person" else expression.whose_
            expression = expression.filter(whose.cast("string") == str(person))
        else:
            expression = expression.filter(expression.base > 0)
        return self._asked(expression)

    def _asked(self, expression: Any) -> list[dict[str, Any]]:
        return self.calculator.engine.query(self.planner.sql(expression))

    def _columns(self, frame: Frame) -> dict[str, Any]:
        scalars, question = self.frames.scalars(frame), self.question
        made = {
            "key": frame.rows["id"],
            "base": code(counts(self.frames, frame, question.thing)),
            "inside_": code(inside(self.frames, frame, question.thing)),
            **dated(frame, self._days(frame)),
            **{name: scalars.value(item) for name, item in self.naming.items.items()},
            **self.probes.columns(frame),
        }
        if question.condition is not None:
            made["code"] = code(scalars.value(question.condition))
        if question.value is not None:
            made["nothing_"] = scalars.value(question.value).isnull()
        if question.once:
            made["once_"] = frame.rows[question.once]
        if "person" in frame.rows.columns:
            made["whose_"] = frame.rows["person"]
        for atom, asking in self.asking.items():
            made[self._askers[atom]] = scalars.value(asking.key)
        return made

    def _days(self, frame: Frame) -> Any:
        window = self.question.thing.window
        return None if window == b.Fixed("none") else self.frames.window(frame, window)

    # ── the rows behind them ─────────────────────────────────────────────────────────────────────────────────────

    def _look_behind(self, found: Sequence[Row]) -> None:
        """Asks for the rows behind every relation that put something out, all at once."""
        wanted = {atom for row in found for reason in self._reasons_of(row) for atom in reason.atoms}
        for atom in wanted & self.asking.keys():
            self._related[atom, None] = self._looked(atom, None)

    def _looked(self, atom: Atom, key: str | None) -> Related:
        related = Related(self.asking[atom], self.frames, self.planner.definitions, key=key)
        related.take(self._asked(related.rows))
        return related

    def _reasons_of(self, row: Row) -> tuple[Reason, ...]:
        codes = self.probes.codes(row)
        seen = tuple(codes.values())
        if seen not in self._reasons:
            self._reasons[seen] = reasons(self.tree, codes)
        return self._reasons[seen]

    def _asker(self, atom: Atom, row: Row) -> str:
        return str(row[self._askers[atom]])

    # ── what is told of one ──────────────────────────────────────────────────────────────────────────────────────

    def _made(self, row: Row, *, alone: bool) -> OpenedRow:
        name = self.naming.told(row)
        found = min(row.get("code", 2), row["base"])
        parts = [*self._window_part(row), *(self._part(reason, row) for reason in self._reasons_of(row))]
        if row.get("nothing_") and found == 2:
            found, parts = 1, [self._no_value()]
        records = self._records(row) if alone else ()
        return OpenedRow(
            str(row["key"]), name.title, name.place, found, row["base"], tuple(parts), name.detail, records=records
        )

    def _part(self, reason: Reason, row: Row) -> FailedPart:
        if reason.code == 0:
            miss = min((self._miss(atom, row) for atom in reason.atoms), key=lambda one: (one.distance, not one.words))
            return FailedPart(reason.words, 0, miss.words, distance=miss.distance)
        missing = dict.fromkeys(self._missing(atom, row) for atom in reason.atoms if self.probes.codes(row)[atom] == 1)
        return FailedPart(reason.words, 1, missing="; ".join(one for one in missing if one))

    def _miss(self, atom: Atom, row: Row) -> Miss:
        miss = self.probes.miss(atom, row)
        related = self._related.get((atom, None))
        if miss.words or related is None or self.probes.codes(row)[atom]:
            return miss
        asker = self._asker(atom, row)
        unwanted = atom.negated
        match core(atom.item)[1]:
            case b.IsKnown(_, known):
                unwanted = known is atom.negated
            case b.Has(_, None) | b.Every():
                pass
            case _:
                return NONE
        return related.held(asker) if unwanted else related.nearest(asker)

    def _missing(self, atom: Atom, row: Row) -> str:
        if missing := self.probes.missing(atom, row):
            return missing
        related = self._related.get((atom, None))
        if related is None:
            return ""
        return related.doubt(self._asker(atom, row)) or not_complete(related.relation, self.context)

    def _window_part(self, row: Row) -> Iterable[FailedPart]:
        thing = self.question.thing
        if row["inside_"] == 2:
            return
        words = f"{self.table.words.one} {window_words(thing.window, thing.moment)}"
        miss = outside(self.table, thing.window, thing.moment, Dated.of(row), self.context.on)
        yield FailedPart(words, row["inside_"], miss.words, undated(self.table, row), miss.distance)

    def _no_value(self) -> FailedPart:
        item = self.question.value
        assert item is not None
        cell = next(cells(item), None)
        return FailedPart(f"значение «{value(item)}»", 1, missing=cell.words if cell is not None else "")

    def _records(self, row: Row) -> tuple[Records, ...]:
        """The rows behind every relation of the formula, of the one thing that was asked for."""
        found, codes = [], self.probes.codes(row)
        for atom in self.asking:
            asker = self._asker(atom, row)
            if (atom, asker) not in self._related:
                self._related[atom, asker] = self._looked(atom, asker)
            found.append(Records(atom.words, codes[atom], self._related[atom, asker].told(asker)))
        return tuple(found)


def _joined(rows: Sequence[tuple[Any, OpenedRow]]) -> list[OpenedRow]:
    """Rows of one person as one: in the base if any is, in the number if any that is in the base is."""
    persons: dict[Any, list[OpenedRow]] = {}
    for person, row in rows:
        persons.setdefault(person, []).append(row)
    return [_one(str(person), some) for person, some in persons.items()]


def _one(person: str, rows: list[OpenedRow]) -> OpenedRow:
    def nearness(row: OpenedRow) -> tuple[float, ...]:
        return -row.code, -row.in_base, len(row.failed), sum(part.distance for part in row.failed)

    nearest = min(rows, key=nearness)
    return OpenedRow(
        person,
        nearest.title,
        ", ".join(dict.fromkeys(row.organisation for row in rows if row.organisation)),
        nearest.code,
        max(row.in_base for row in rows),
        nearest.failed,
        ", ".join(dict.fromkeys(row.detail for row in rows if row.detail)),
        tuple(rows),
        tuple(_told_apart(rows)),
    )


def _told_apart(rows: Sequence[OpenedRow]) -> Iterator[Records]:
    """The records of all the rows of a person; of a part for which they differ, under the name of each row."""
    for number, records in enumerate(rows[0].records):
        same = all(row.records[number] == records for row in rows)
        for row in rows[:1] if same else rows:
            one = row.records[number]
            yield one if same else replace(one, words=f"{row.detail}: {one.words}")


def _plain(text: str) -> str:
    return text.lower().replace("ё", "е")
