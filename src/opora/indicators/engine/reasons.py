"""What a thing lacks, in Russian words: the failing parts of a condition under the names of their definitions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from opora.indicators.engine.failing import Atom, Group, Tree, code_of, smallest_failing

NONE_OF, ANY_OF = "ни одно из: ", "хотя бы одно из: "


@dataclass(frozen=True, slots=True)
class Reason:
    words: str
    code: int
    """0 it fails, 1 it is not known."""
    brief: str
    """The words without what is in brackets: a name alone, where any of its parts would do."""
    atoms: tuple[Atom, ...]
    """What stands behind it; where any of several would do, the way that lacks the least comes first."""


def reasons(tree: Tree, codes: Mapping[Atom, int]) -> tuple[Reason, ...]:
    """Every part that must come true and is not; where any of several parts would do, they are one reason."""
    smallest = frozenset(smallest_failing(tree, codes))
    return tuple({reason.words: reason for reason in _reasons(tree, codes, smallest)}.values())


def _reasons(tree: Tree, codes: Mapping[Atom, int], smallest: frozenset[Atom]) -> Iterator[Reason]:
    code = code_of(tree, codes)
    if code == 2:
        return
    if isinstance(tree, Atom):
        yield Reason(tree.words, code, tree.words, (tree,))
        return
    found = [one for part in tree.parts for one in _reasons(part, codes, smallest)] if tree.all else []
    for one in found or _any_of(tree.parts, code, codes, smallest):
        yield _under(tree, one) if tree.name else one


def _under(tree: Group, one: Reason) -> Reason:
    """A part under the name of the definition to which it belongs."""
    return replace(
        one, words=f"{tree.name} ({one.words})", brief=f"{tree.name} ({one.brief})" if tree.all else tree.name
    )


def _any_of(parts: tuple[Tree, ...], code: int, codes: Mapping[Atom, int], smallest: frozenset[Atom]) -> list[Reason]:
    """Of parts any of which would do: those that are not known decide; if none may be true, all of them are told."""
    ways = [list(_reasons(part, codes, smallest)) for part in parts if code_of(part, codes) == code]
    if len(ways) == 1:
        return ways[0]
    ways.sort(key=lambda way: not all(atom in smallest for one in way for atom in one.atoms))
    words = dict.fromkeys(" и ".join(one.words for one in way) for way in ways)
    behind = dict.fromkeys(atom for way in ways for one in way for atom in one.atoms)
    said = (ANY_OF if code else NONE_OF) + "; ".join(words)
    return [Reason(said, code, said, tuple(behind))]
