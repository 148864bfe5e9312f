"""A condition as a tree of parts, and the fewest of them that would have to come true for the whole to be true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product

from opora.indicators.formula import bound as b
from opora.indicators.formula.words import phrase

MOST_WAYS = 200
"""So many ways to make a condition true are kept in mind, the shortest first: more has no formula of ours."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A condition that is opened no further, and whether it is asked for or its opposite."""

    item: b.Item
    negated: bool = False
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # A condition is a deep tree; it is hashed once, not for every row of a list.
        object.__setattr__(self, "_hash", hash((self.item, self.negated)))

    def __hash__(self) -> int:
        return self._hash

    @property
    def words(self) -> str:
        match self.item:
            case b.IsKnown(b.Latest(rows, _, b.Type.KEY), known):  # «whose it is, is known»: there is such a row
                return phrase(b.Has(rows, None), negated=known is self.negated)
        return phrase(self.item, negated=self.negated)


@dataclass(frozen=True, slots=True)
class Group:
    """``all``: every part must hold; otherwise any."""

    all: bool
    parts: tuple[Tree, ...]
    name: str = ""
    """The words of the definition that it is, if it is one."""


Tree = Atom | Group


# ── condition → tree ─────────────────────────────────────────────────────────────────────────────────────────────


def opened(item: b.Item, negated: bool = False) -> Tree:
    """The condition as a tree of atoms; «not» is moved down to them, definitions of several conditions are opened."""
    match item:
        case b.Defined(_, words, inner, _):
            said = phrase(item, negated=negated) if len(words) > 1 else ""
            return _named(opened(inner, negated), item, said, negated)
        case b.Not(inner):
            return opened(inner, not negated)
        case b.AnyOf(items) if _one_of(items):
            return Atom(item, negated)
        case b.AllOf(items) | b.AnyOf(items):
            return Group(isinstance(item, b.AllOf) is not negated, tuple(opened(one, negated) for one in items))
        case b.Follow() if (lifted := _lifted(item)) is not item:
            return opened(lifted, negated)
    return Atom(item, negated)


def _named(tree: Tree, item: b.Defined, words: str, negated: bool) -> Tree:
    if isinstance(tree, Atom):
        return Atom(item, negated)
    if not words:
        return tree
    return Group(True, (tree,), words) if tree.name else replace(tree, name=words)


def _one_of(items: tuple[b.Item, ...]) -> bool:
    """``x in (a, b)``: one question, not several."""
    asked = [one for one in items if isinstance(one, b.Compare) and one.op == "=" and isinstance(one.right, b.Plain)]
    return len(asked) == len(items) and len({one.left for one in asked}) == 1


def _lifted(item: b.Follow) -> b.Item:
    """What is asked of the row that is pointed to, part by part: each part follows the reference by itself."""
    inner = _lifted(item.item) if isinstance(item.item, b.Follow) else item.item
    match inner:
        case b.AllOf(items) | b.AnyOf(items) if not (isinstance(inner, b.AnyOf) and _one_of(items)):
            return replace(inner, items=tuple(replace(item, item=one) for one in items))
        case b.Not(one):
            return b.Not(replace(item, item=one))
        case b.Compare(op, left, right) if b.Type.RANGE not in (left.type, right.type):
            return b.Compare(op, _followed(item, left), _followed(item, right))
        case b.Defined(name, words, deeper, b.Type.TRUTH):
            said = (phrase(item), phrase(item, negated=True)) if len(words) > 1 else words
            return b.Defined(name, said, replace(item, item=deeper), b.Type.TRUTH)
    return item


def _followed(follow: b.Follow, side: b.Item) -> b.Item:
    return side if isinstance(side, (b.Plain, b.Span, b.Instant)) else replace(follow, item=side, type=side.type)


def atoms(tree: Tree) -> Iterator[Atom]:
    """In order; one that occurs twice comes twice."""
    if isinstance(tree, Atom):
        yield tree
    else:
        for part in tree.parts:
            yield from atoms(part)


def code_of(tree: Tree, codes: Mapping[Atom, int]) -> int:
    if isinstance(tree, Atom):
        return codes[tree]
    found = [code_of(part, codes) for part in tree.parts]
    return min(found, default=2) if tree.all else max(found)


# ── the smallest failing set ─────────────────────────────────────────────────────────────────────────────────────


def smallest_failing(tree: Tree, codes: Mapping[Atom, int]) -> tuple[Atom, ...]:
    """The fewest atoms that would have to come true for the whole to be true; of equals, those nearest to it.

    Empty where it is true; all that are not true where it can never be.
    """
    if code_of(tree, codes) == 2:
        return ()
    order = {atom: place for place, atom in enumerate(dict.fromkeys(atoms(tree)))}
    wanting = [atom for atom in order if codes[atom] < 2]
    torn = {atom.item for atom in order if not atom.negated} & {atom.item for atom in order if atom.negated}
    ways = _ways(tree, codes, torn)
    if not ways:
        return tuple(wanting)
    failing = [tuple(atom for atom in wanting if atom in way) for way in ways]
    return min(failing, key=lambda some: (len(some), -sum(codes[one] for one in some), [order[one] for one in some]))


_Way = frozenset[Atom]
"""Atoms that hold together and make a condition true. Those that hold already are left out, but for the ``torn``: they
must not be made untrue on the way."""


def _ways(tree: Tree, codes: Mapping[Atom, int], torn: set[b.Item]) -> list[_Way]:
    if isinstance(tree, Atom):
        return [frozenset([tree] if codes[tree] < 2 or tree.item in torn else [])]
    found = [_ways(part, codes, torn) for part in tree.parts]
    if not tree.all:
        return _shortest((way for some in found for way in some), codes)
    together: list[_Way] = [frozenset()]
    for some in found:
        joined = (one | other for one, other in product(together, some))
        together = _shortest((way for way in joined if _possible(way, torn)), codes)
    return together


def _possible(way: _Way, torn: set[b.Item]) -> bool:
    return not torn or not any(replace(atom, negated=not atom.negated) in way for atom in way if atom.item in torn)


def _shortest(ways: Iterable[_Way], codes: Mapping[Atom, int]) -> list[_Way]:
    """Those ways of which no other is a part."""

    def cost(way: _Way) -> tuple[int, int]:
        lacking = [codes[atom] for atom in way if codes[atom] < 2]
        return len(lacking), -sum(lacking)

    kept: list[_Way] = []
    for way in sorted(dict.fromkeys(ways), key=cost):
        if len(kept) < MOST_WAYS and not any(other <= way for other in kept):
            kept.append(way)
    return kept
