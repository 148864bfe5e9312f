"""Who is behind a number: which counted things are in, and the smallest set of conditions that put the others out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from opora.indicators.dataset.tables import TABLES
from opora.indicators.engine.codes import code
from opora.indicators.engine.compute import Calculator
from opora.indicators.engine.frames import Frame, Frames
from opora.indicators.engine.tabulate import counts, inside
from opora.indicators.formula import bound as b
from opora.indicators.formula.bind import bind_definition
from opora.indicators.formula.words import counted, phrase, window_words
from opora.indicators.periods import Context
from opora.indicators.results import FailedPart, OpenedRow


@dataclass(frozen=True, slots=True)
class Atom:
    """A condition that is opened no further, and whether it is asked for or its opposite."""

    item: b.Item
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """``all``: every part must hold; otherwise any."""

    all: bool
    parts: tuple[Atom | Group, ...]


def opened(item: b.Item, negated: bool = False) -> Atom | Group:
    """The condition as a tree of atoms; «not» is moved down to them, definitions are opened."""
    match item:
        case b.Defined(_, _, inner, _):
            return Atom(item, negated) if isinstance(inner, (b.Has, b.Compare, b.Every)) else opened(inner, negated)
        case b.Not(inner):
            return opened(inner, not negated)
        case b.AllOf(items) | b.AnyOf(items):
            return Group(isinstance(item, b.AllOf) is not negated, tuple(opened(one, negated) for one in items))
    return Atom(item, negated)


def atoms(tree: Atom | Group) -> Iterator[Atom]:
    if isinstance(tree, Atom):
        yield tree
    else:
        for part in tree.parts:
            yield from atoms(part)


def code_of(tree: Atom | Group, codes: Mapping[Atom, int]) -> int:
    if isinstance(tree, Atom):
        return codes[tree]
    found = [code_of(part, codes) for part in tree.parts]
    return min(found) if tree.all else max(found)


def smallest_failing(tree: Atom | Group, codes: Mapping[Atom, int]) -> tuple[Atom, ...]:
    """The fewest atoms that would have to come true for the whole to be true; of equals, those nearest to it."""
    if code_of(tree, codes) == 2:
        return ()
    if isinstance(tree, Atom):
        return (tree,)
    found = [smallest_failing(part, codes) for part in tree.parts]
    if tree.all:
        return tuple(dict.fromkeys(atom for failing in found for atom in failing))
    return min(found, key=lambda failing: (len(failing), -sum(codes[atom] for atom in failing)))


class Opener:
    """Opens numbers of one dataset for one context."""

    def __init__(self, calculator: Calculator, context: Context) -> None:
        self.calculator = calculator
        self.context = context

    def rows(self, share: b.ShareOf, *, key: str | int | None = None) -> list[OpenedRow]:
        """The counted things that are in the denominator, or may be; with ``key`` that thing alone, wherever it is.

        Sorted: those out first, then the unknown, then those in; by title within. Where people are counted once over
        several rows, a row stands for each of them.
        """
        tree = opened(share.condition)
        base_tree = opened(share.thing.condition) if share.thing.condition is not None else None
        found = list(dict.fromkeys([*atoms(tree), *(atoms(base_tree) if base_tree else ())]))
        names = {atom: f"a{number}" for number, atom in enumerate(found)}
        rows = self._queried(share, names, key)
        made = [self._row(row, share.thing, tree, base_tree, names) for row in rows]
        return sorted(made, key=lambda row: (row.code, row.title.lower().replace("ё", "е"), row.key))

    def _queried(self, share: b.ShareOf, names: dict[Atom, str], key: str | int | None) -> list[dict[str, Any]]:
        planner = self.calculator.planner(self.context)
        table = share.thing.table
        titles = _title_items(table, planner.definitions)
        wants = [share.condition, *(atom.item for atom in names), *titles.values()]
        if share.thing.condition is not None:
            wants.append(share.thing.condition)
        if isinstance(share.thing.window, b.From):
            wants.append(share.thing.window.start)
        frame = planner.frames.frame(table, wants)
        made = _columns(planner.frames, frame, share, names, titles)
        expression = frame.rows.select(**made)
        if key is None:
            expression = expression.filter(expression.base > 0)
        else:
            expression = expression.filter(expression.key.cast("string") == str(key))
        return self.calculator.engine.query(planner._sql(expression))

    def _row(
        self,
        row: dict[str, Any],
        thing: b.Thing,
        tree: Atom | Group,
        base: Atom | Group | None,
        names: dict[Atom, str],
    ) -> OpenedRow:
        codes = {atom: 2 - row[name] if atom.negated else row[name] for atom, name in names.items()}
        whole = Group(True, (base, tree)) if base is not None else tree
        failing = smallest_failing(whole, codes)
        parts = tuple(
            FailedPart(phrase(atom.item, negated=atom.negated), codes[atom], _near(atom, row, names))
            for atom in failing
        )
        if row["inside"] < 2:
            when = f"{TABLES[thing.table].words.one} {window_words(thing.window, thing.moment)}"
            parts = (FailedPart(when, row["inside"]), *parts)
        title = " ".join(str(row[name]) for name in sorted(row) if name.startswith("title") and row[name])
        return OpenedRow(
            str(row["key"]),
            title or str(row["key"]),
            row.get("place") or "",
            min(row["code"], row["base"]),
            row["base"],
            parts,
        )


def _columns(
    frames: Frames, frame: Frame, share: b.ShareOf, names: dict[Atom, str], titles: Mapping[str, b.Item]
) -> dict[str, Any]:
    scalars = frames.scalars(frame)
    made = {
        "key": frame.rows["id"],
        "base": code(counts(frames, frame, share.thing)),
        "inside": code(inside(frames, frame, share.thing)),
        "code": code(scalars.value(share.condition)),
        **{name: scalars.value(item) for name, item in titles.items()},
        **{name: code(scalars.value(atom.item)) for atom, name in names.items()},
    }
    for atom, name in names.items():
        if (counted_ := _counted(atom)) is not None and "low" in frame.columns.get(counted_, {}):
            made[f"{name}_low"] = scalars.part(counted_, "low").fill_null(0)
    return made


def _counted(atom: Atom) -> b.Item | None:
    """The relation whose rows an atom counts, if it does."""
    item = atom.item
    while isinstance(item, b.Defined):
        item = item.item
    if isinstance(item, b.Compare):
        return item.left if isinstance(item.left, b.Tally) else None
    return item if isinstance(item, b.Has) and item.quantity is not None else None


def _near(atom: Atom, row: dict[str, Any], names: dict[Atom, str]) -> str:
    """«3 из 4 раз» where a count fell short."""
    low = row.get(f"{names[atom]}_low")
    item = atom.item
    while isinstance(item, b.Defined):
        item = item.item
    if low is None or atom.negated:
        return ""
    if isinstance(item, b.Has) and item.quantity is not None and item.quantity.bound == "at least":
        return f"{counted(low, ('', '', '')).strip()} из {int(item.quantity.value)}"
    if isinstance(item, b.Compare) and (enough := _enough(item)) is not None:
        return f"{low:g} из {enough:g}".replace(".", ",")
    return ""


def _enough(item: b.Compare) -> float | None:
    """The least amount with which the comparison would hold."""
    if not isinstance(item.right, b.Plain) or not isinstance(item.right.value, float):
        return None
    whole = isinstance(item.left, b.Tally) and item.left.function != "sum"
    match item.op:
        case ">=":
            return item.right.value
        case ">" if whole:
            return math.floor(item.right.value) + 1
    return None


def _title_items(table: str, definitions: Any) -> dict[str, b.Item]:
    """Columns by which a person knows the thing, and the organisation where it is."""
    paths: dict[str, str] = {}
    declared = TABLES[table]
    if table == "person":
        paths = {"title1": "last_name", "title2": "first_name", "title3": "patronymic", "place": "organisation.title"}
    else:
        if declared.column("person"):
            paths = {"title1": "person.last_name", "title2": "person.first_name", "title3": "person.patronymic"}
        for number, name in enumerate(("subject", "title", "topic"), start=4):
            if declared.column(name):
                paths[f"title{number}"] = name
        if declared.column("organisation"):
            paths["place"] = "organisation.title"
    return {name: bind_definition(path, table, definitions) for name, path in paths.items()}
