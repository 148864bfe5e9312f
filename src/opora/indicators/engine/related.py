"""The rows behind a relation: which of them count, and by what the others nearly do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis

from opora.indicators.dataset.schema import Table, Time
from opora.indicators.dataset.tables import TABLES
from opora.indicators.definitions import Definitions
from opora.indicators.engine.codes import code
from opora.indicators.engine.failing import Atom, Group, Tree, atoms, opened
from opora.indicators.engine.frames import Frame, Frames
from opora.indicators.engine.misses import NONE, Dated, Miss, outside
from opora.indicators.engine.missing import core, key_at, sheet
from opora.indicators.engine.naming import Naming
from opora.indicators.engine.probing import Probes
from opora.indicators.engine.reasons import Reason, reasons
from opora.indicators.engine.windows import Days
from opora.indicators.formula import bound as b
from opora.indicators.formula.words import window_words
from opora.indicators.results import RelatedRow

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asking:
    """A relation and who asks it: rows of ``table``, whose key is ``key`` of the counted row."""

    relation: b.Relational
    table: str
    key: b.Item


def asking_of(atom: Atom, table: str) -> Asking | None:
    """The relation that decides an atom over rows of ``table``."""
    path, node = core(atom.item)
    for side in _sides(node):
        further, inner = core(side)
        if isinstance(inner, b.Relational):
            return Asking(inner, *key_at((*path, *further), table))
    return None


def _sides(node: b.Item) -> tuple[b.Item, ...]:
    match node:
        case b.Compare(_, left, right):
            return left, right
        case b.IsKnown(item) | b.DateIn(item):
            return (item,)
        case b.AnyOf((b.Compare(_, left), *_)):
            return (left,)
    return (node,)


@dataclass(frozen=True, slots=True)
class Lacking:
    """What one row lacks to count; of one part, how near it came."""

    words: str
    code: int
    miss: Miss = NONE
    missing: str = ""
    window: bool = False
    """It is the time that is wrong."""


class Related:
    """The rows that a relation looks at, in its window or not, in a table of codes like that of the counted things."""

    def __init__(self, asking: Asking, frames: Frames, definitions: Definitions, *, key: str | None = None) -> None:
        """``key``: only of this asker, and with the names of the rows."""
        self.relation, self._frames = asking.relation, frames
        self.table: Table = TABLES[asking.relation.rows.table]
        self.naming = Naming(self.table.name, definitions, whose=False) if key is not None else None
        self._where = _where(asking.relation)
        self._probes = Probes(atoms(self._where), frames, "w")
        names = list(self.naming.items.values()) if self.naming else []
        self._child, self._asker = frames.pairs(asking.table, self.relation, [*self._probes.wants, *names], key=key)
        self._found: dict[str, list[Row]] = {}
        self._reasons: dict[tuple[int, ...], tuple[Reason, ...]] = {}

    @property
    def rows(self) -> Any:
        """What to ask of the engine."""
        child, frames = self._child, self._frames
        made = {"asker_": child.rows[self._asker], "key": child.rows["id"]}
        made["inside_"] = code(frames.inside(child, self.relation.rows))
        made |= dated(child, None if self.relation.rows.window == b.Fixed("none") else self._days())
        made |= self._probes.columns(child)
        if self.naming is not None:
            scalars = frames.scalars(child)
            made |= {name: scalars.value(item) for name, item in self.naming.items.items()}
        return child.rows.select(**made)

    def _days(self) -> Any:
        return self._frames.asked_days(self._child, self.relation.rows)

    def take(self, rows: Sequence[Row]) -> None:
        """The engine's answer."""
        for row in rows:
            self._found.setdefault(str(row["asker_"]), []).append(row)

    # ── what they tell ───────────────────────────────────────────────────────────────────────────────────────────

    def nearest(self, asker: str) -> Miss:
        """Of somebody who has no row that counts: the one that lacks a single part, and is nearest."""
        found = [(row, lacking[0]) for row in self._rows(asker) if len(lacking := self._lacking(row)) == 1]
        if not found:
            return NONE
        row, only = min(found, key=lambda one: (-one[1].code, one[1].miss.distance, str(one[0]["key"])))
        return Miss(self._but(row, only), only.miss.distance)

    def held(self, asker: str) -> Miss:
        """Of somebody who should have none: the row that is there."""
        row = next((row for row in self._rows(asker) if not self._lacking(row)), None)
        return NONE if row is None else Miss(self._dated(row))

    def doubt(self, asker: str) -> str:
        """The fact that keeps a row from counting or from not counting."""
        for row in self._rows(asker):
            lacking = self._lacking(row)
            if lacking and all(one.code == 1 for one in lacking):
                return f"{self._dated(row)}: {lacking[0].missing or lacking[0].words}"
        return ""

    def told(self, asker: str) -> tuple[RelatedRow, ...]:
        """Every row with why it does not count; those that do come first, then the nearest."""
        assert self.naming is not None
        found = [(row, self._lacking(row)) for row in self._rows(asker)]
        found.sort(key=lambda one: (len(one[1]), -min((part.code for part in one[1]), default=2), self._late(one[0])))
        return tuple(
            RelatedRow(
                self._named(row),
                min((part.code for part in lacking), default=2),
                tuple(_whys(lacking, self._day(row).removeprefix(" "))),
            )
            for row, lacking in found
        )

    def _late(self, row: Row) -> tuple[bool, int]:
        """The newest first; what came after the date of the count, last."""
        day = row["since_"]
        return day is None or day > self._frames.context.on, 0 if day is None else -day.toordinal()

    def _rows(self, asker: str) -> list[Row]:
        return self._found.get(asker, [])

    def _lacking(self, row: Row) -> list[Lacking]:
        rows, found = self.relation.rows, []
        if row["inside_"] < 2:
            miss = outside(self.table, rows.window, rows.moment, Dated.of(row), self._frames.context.on)
            missing = undated(self.table, row)
            when = window_words(rows.window, rows.moment)
            found.append(Lacking(when, row["inside_"], miss, missing, window=True))
        codes = self._probes.codes(row)
        seen = tuple(codes.values())
        if seen not in self._reasons:
            self._reasons[seen] = reasons(self._where, codes)
        for reason in self._reasons[seen]:
            atom = reason.atoms[0]
            miss = self._probes.miss(atom, row) if reason.code == 0 else NONE
            missing = self._probes.missing(atom, row) if reason.code == 1 else ""
            found.append(Lacking(reason.brief, reason.code, miss, missing))
        return found

    def _but(self, row: Row, lacking: Lacking) -> str:
        """«обучение 20.12.2021, на 12 дней раньше начала периода», «обучение 01.02.2022: 16 при норме 18»."""
        if lacking.window:
            said = lacking.miss.words or lacking.missing
            dated = said[:1].isdigit()  # «обучение 20.12.2021, на 12 дней…», but «обучение: окончено 20.12.2021»
            return f"{self.table.words.one}{' ' if dated else ': '}{said or 'не в срок'}"
        if said := lacking.miss.full or lacking.missing:
            return f"{self._dated(row)}: {said}"
        if len(dict.fromkeys(atoms(self._where))) == 1:  # what it lacks is all that is asked of it
            return f"есть {self._dated(row)}"
        return f"{self._dated(row)}: {'неизвестно' if lacking.code else 'не выполнено'}: {lacking.words}"

    def _dated(self, row: Row) -> str:
        return f"{self.table.words.one}{self._day(row)}"

    def _day(self, row: Row) -> str:
        day = row["since_"]
        if day is None:
            return ""
        return f" {'с ' if self.table.end else ''}{day:%d.%m.%Y}"

    def _named(self, row: Row) -> str:
        assert self.naming is not None
        name = self.naming.told(row)
        told = ", ".join(part for part in (name.title, name.detail) if part)
        return f"{told}{self._day(row)}" if self.table.time is Time.STATE else told


def _where(relation: b.Relational) -> Tree:
    parts = [relation.rows.where] if relation.rows.where is not None else []
    if isinstance(relation, b.Every):
        parts.append(relation.demand)
    return Group(True, tuple(opened(one) for one in parts))


def dated(frame: Frame, window: Any) -> dict[str, Any]:
    """The days of the rows and of their window, where they have such."""
    table, nothing = frame.table, ibis.null("date")
    first, after = nothing, nothing
    if window is not None:
        first, after = window.start, window.end
        if isinstance(window, Days):
            first, after = nothing if first is None else ibis.literal(first), ibis.literal(after)
    return {
        "since_": frame.rows[table.start] if table.start else nothing,
        "until_": frame.rows[table.end] if table.end else nothing,
        "first_": first,
        "after_": after,
    }


def undated(table: Table, row: Row) -> str:
    """«не указано «Завершено» (лист «Обучение»)»: of a row of which it is not known whether it lies in the window."""
    column = table.column(table.start) if table.start else None
    if column is None or row["inside_"] != 1 or row["since_"] is not None:
        return ""
    return f"не указано «{column.title}» (лист «{sheet(table.name)}»)"


def _whys(found: Sequence[Lacking], day: str) -> Iterator[str]:
    """What fails decides, and what is not known beside it does not. ``day``: told already."""
    failing = [one for one in found if one.code == 0]
    for one in failing or found:
        said = one.missing or one.miss.full
        if one.window:
            yield said.removeprefix(f"{day}, ") or f"не {one.words}"
        else:
            words = f"неизвестно: {one.words}" if one.code else f"не выполнено: {one.words}"
            yield said or words
