"""Named conditions and values: the standard ones, and how a programme's own join them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml


@dataclass(frozen=True, slots=True)
class Definition:
    """``words`` are a phrase and its negation for a condition, a single name for a value."""

    formula: str
    words: tuple[str, ...]
    interpretation: str = ""
    """How a programme read a vague word, in Russian; empty where there was nothing to read."""


Definitions = Mapping[str, Mapping[str, Definition]]
"""Table → name → definition."""


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


def merged(standard: Definitions, own: Definitions) -> Definitions:
    """Both together; where a table has the same name in both, ``own`` holds."""
    tables = dict.fromkeys([*standard, *own])
    return _frozen({table: {**standard.get(table, {}), **own.get(table, {})} for table in tables})


def _frozen(tables: dict[str, dict[str, Definition]]) -> Definitions:
    return MappingProxyType({table: MappingProxyType(named) for table, named in tables.items()})
