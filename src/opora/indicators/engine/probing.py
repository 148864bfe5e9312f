"""Conditions examined on the rows of a frame: whether each holds, how near it came, which empty cell keeps it unknown.

The codes are those that the number is made of: the same items, put into columns by the same ``Scalars``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from opora.indicators.dataset.tables import TABLES
from opora.indicators.engine import misses
from opora.indicators.engine.codes import code
from opora.indicators.engine.failing import Atom
from opora.indicators.engine.frames import Frame, Frames
from opora.indicators.engine.misses import NONE, Miss
from opora.indicators.engine.missing import Cell, Path, along, cells, core, sheet
from opora.indicators.engine.scalars import Scalars
from opora.indicators.engine.windows import days
from opora.indicators.formula import bound as b
from opora.indicators.formula.words import phrase, window_words
from opora.indicators.periods import Context

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Probe:
    """One atom: the name of its columns, and what it is under names and references."""

    name: str
    path: Path
    node: b.Item
    cells: tuple[Cell, ...]

    @property
    def _first(self) -> b.Item:
        return self.node.items[0] if isinstance(self.node, b.AnyOf) else self.node

    @property
    def compared(self) -> b.Compare | None:
        """A comparison of values, or several of the same value: ``x in (a, b)``."""
        first = self._first
        if not isinstance(first, b.Compare) or isinstance(first.left, b.Plain):
            return None
        return None if b.Type.RANGE in (first.left.type, first.right.type) else first

    @property
    def relation(self) -> b.Relational | None:
        """The relation of the row itself that decides."""
        first = self._first
        further, node = core(first.left if isinstance(first, b.Compare) else first)
        return node if not self.path and not further and isinstance(node, (b.Has, b.Every, b.Tally)) else None


class Probes:
    """Examines ``atoms`` on the rows of one frame; ``prefix`` tells its columns from those of others."""

    def __init__(self, atoms: Iterable[Atom], frames: Frames, prefix: str = "a") -> None:
        self._frames = frames
        self._probes: dict[Atom, _Probe] = {}
        for number, atom in enumerate(dict.fromkeys(atoms)):
            path, node = core(atom.item)
            found = tuple(dict.fromkeys(cells(atom.item)))
            self._probes[atom] = _Probe(f"{prefix}{number}", path, node, found)

    def __iter__(self) -> Iterator[Atom]:
        return iter(self._probes)

    @property
    def wants(self) -> list[b.Item]:
        """What must be joined to the frame."""
        found: list[b.Item] = []
        for atom, probe in self._probes.items():
            found += [atom.item, *(cell.item for cell in probe.cells), *_sides(probe)]
        return found

    def columns(self, frame: Frame) -> dict[str, Any]:
        scalars, made = self._frames.scalars(frame), {}
        for atom, probe in self._probes.items():
            made[probe.name] = code(scalars.value(atom.item))
            for number, cell in enumerate(probe.cells):
                made[f"{probe.name}_empty{number}"] = scalars.value(cell.item).isnull()
            for name, side in zip(("left", "right"), _sides(probe), strict=False):
                made[f"{probe.name}_{name}"] = scalars.value(side)
            made |= self._related(frame, scalars, probe)
        return made

    def _related(self, frame: Frame, scalars: Scalars, probe: _Probe) -> dict[str, Any]:
        """What tells why a relation is not known, or how much of it there is."""
        made: dict[str, Any] = {}
        if (relation := probe.relation) is not None:
            made[f"{probe.name}_complete"] = self._frames.complete(frame, relation.rows)
            for part in ("most", "low"):
                if part in frame.columns.get(relation, {}):
                    made[f"{probe.name}_{part}"] = scalars.part(relation, part).fill_null(0)
        for number, cell in enumerate(probe.cells):
            if isinstance(cell.item, b.Latest):
                made[f"{probe.name}_none{number}"] = scalars.part(cell.item, "order").isnull()
                doubtful, sure = scalars.part(cell.item, "doubtful"), scalars.part(cell.item, "order")
                undated = scalars.part(cell.item, "undated") > 0
                hidden = (doubtful.notnull() & sure.isnull()) | (doubtful > sure).fill_null(False) | undated
                made[f"{probe.name}_hidden{number}"] = hidden.fill_null(False)
        return made

    def codes(self, row: Row) -> dict[Atom, int]:
        return {atom: 2 - row[one.name] if atom.negated else row[one.name] for atom, one in self._probes.items()}

    # ── how near ─────────────────────────────────────────────────────────────────────────────────────────────────

    def miss(self, atom: Atom, row: Row) -> Miss:
        """Of an atom that fails."""
        probe = self._probes[atom]
        if (compared := probe.compared) is not None:
            op = compared if isinstance(probe.node, b.Compare) else None
            if op is None and atom.negated:
                return NONE
            return misses.compared(compared, atom.negated, row[f"{probe.name}_left"], row[f"{probe.name}_right"])
        if isinstance(probe.node, b.DateIn):
            return self._off(probe, row)
        if atom.negated or f"{probe.name}_low" not in row:
            return NONE
        return _fell_short(probe.node, row[f"{probe.name}_low"])

    def _off(self, probe: _Probe, row: Row) -> Miss:
        assert isinstance(probe.node, b.DateIn)
        window, day = probe.node.window, row[f"{probe.name}_left"]
        if day is None or not isinstance(window, b.Fixed):
            return NONE
        asked = days(window, self._frames.context)
        dated = misses.Dated(day, None, asked.start, asked.end)
        return misses.outside(TABLES["meeting"], window, "during", dated, self._frames.context.on)

    # ── what is missing ──────────────────────────────────────────────────────────────────────────────────────────

    def missing(self, atom: Atom, row: Row) -> str:
        """Of an atom that is not known: the fact that is missing. Nothing where only the related rows can tell."""
        probe = self._probes[atom]
        for number, cell in enumerate(probe.cells):
            if row[f"{probe.name}_empty{number}"]:
                return _latest(probe, row, number, cell) if isinstance(cell.item, b.Latest) else cell.words
        relation = probe.relation
        if relation is None or row[f"{probe.name}_complete"] or row.get(f"{probe.name}_most"):
            return ""
        return not_complete(relation, self._frames.context)


def _sides(probe: _Probe) -> list[b.Item]:
    """The values of which a miss is told."""
    if (compared := probe.compared) is not None:
        right = [] if isinstance(compared.right, b.Span) else [along(probe.path, compared.right)]
        return [along(probe.path, compared.left), *right]
    return [along(probe.path, probe.node.item)] if isinstance(probe.node, b.DateIn) else []


def _latest(probe: _Probe, row: Row, number: int, cell: Cell) -> str:
    assert isinstance(cell.item, b.Latest)
    if row[f"{probe.name}_hidden{number}"]:
        return f"неизвестно, какая из записей на листе «{sheet(cell.item.rows.table)}» последняя"
    if row[f"{probe.name}_none{number}"]:
        return phrase(b.Has(cell.item.rows, None), negated=True)
    inner = next(cells(cell.item.item), None)
    return f"в последней записи {inner.words}" if inner is not None else cell.words


def not_complete(relation: b.Relational, context: Context) -> str:
    """«нет подходящих строк на листе «Обучение», а лист «Полнота» не говорит, что он полон за 2022 год»."""
    few = isinstance(relation, b.Tally) or (isinstance(relation, b.Has) and relation.quantity is not None)
    which = "мало подходящих строк" if few else "нет подходящих строк"
    return f"{which} на листе «{sheet(relation.rows.table)}», а {_untold('он', relation.rows.window, context)}"


def may_lack(table: str, window: b.Window, context: Context) -> str:
    """«лист «Полнота» не говорит, что лист «Обучение» полон за 2022 год»."""
    return _untold(f"лист «{sheet(table)}»", window, context)


def _untold(what: str, window: b.Window, context: Context) -> str:
    return f"лист «Полнота» не говорит, что {what} полон {_when(window, context)}"


def _when(window: b.Window, context: Context) -> str:
    if isinstance(window, b.From):
        return window_words(window)
    match window.kind:
        case "period":
            return f"за {context.period.title}"
        case "previous":
            return f"за {context.period.previous.title}"
        case "ever":
            return "за всё время"
        case "last":
            asked = days(window, context)
            return f"с {asked.start:%d.%m.%Y} по {context.on:%d.%m.%Y}"
    return f"на {context.on:%d.%m.%Y}"


def _fell_short(item: b.Item, low: float) -> Miss:
    """Of a count of related rows or of a sum over them."""
    match item:
        case b.Has(rows, b.Quantity("at least", enough, of)):
            return misses.fell_short(low, enough, "человек" if of == "people" else TABLES[rows.table].words.of_many)
        case b.Compare(op, left, b.Plain(float(amount))):
            _, tally = core(left)
            assert isinstance(tally, b.Tally)
            whole = tally.function in ("count", "people")
            many = TABLES[tally.rows.table].words.of_many if tally.function == "count" else ""
            if op == ">=" or (op == ">" and whole):
                enough = amount if op == ">=" else math.floor(amount) + 1
                return misses.fell_short(low, enough, many)
    return NONE
