"""Named conditions and values: the standard ones, and how a programme's own join them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Definition:
    """``words`` are a phrase and its negation for a condition, a single name for a value."""

    formula: str
    words: tuple[str, ...]
    interpretation: str = ""
    """How a programme read a vague word, in Russian; empty where there was nothing to read."""


Named = Mapping[str, Mapping[str, Definition]]
"""Table → name → definition."""


@dataclass(frozen=True, eq=False)
class Definitions(Named):
    """Table → name → definition, not to be changed."""

    tables: Named
    bound: dict[tuple[str, str], Any] = field(default_factory=dict, repr=False)
    """What the binder has made of them: each is bound once, however many formulas use it."""

    def __getitem__(self, table: str) -> Mapping[str, Definition]:
        return self.tables[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self.tables)

    def __len__(self) -> int:
        return len(self.tables)


@cache
def standard() -> Definitions:
    """The definitions that every programme may use: ``definitions.yaml`` beside this file."""
    text = files(__package__).joinpath("definitions.yaml").read_text(encoding="utf-8")
    return _frozen(
        {
            table: {name: Definition(given["formula"], tuple(given["words"])) for name, given in named.items()}
            for table, named in yaml.safe_load(text).items()
        }
    )


def merged(standard: Named, own: Named) -> Definitions:
    """Both together; where a table has the same name in both, ``own`` holds."""
    tables = dict.fromkeys([*standard, *own])
    return _frozen({table: {**standard.get(table, {}), **own.get(table, {})} for table in tables})


def _frozen(tables: dict[str, dict[str, Definition]]) -> Definitions:
    return Definitions(MappingProxyType({table: MappingProxyType(named) for table, named in tables.items()}))
