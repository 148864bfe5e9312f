"""A programme's own definitions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from opora.indicators.dataset.tables import TABLES
from opora.indicators.definitions import Definition, Definitions, Named
from opora.indicators.formula.bind import bind_definition
from opora.indicators.formula.faults import FormulaFault, FormulaFaults
from opora.programmes.faults import perhaps
from opora.programmes.rules.base import Faults, at
from opora.programmes.tree import Fields, Text


def own_definitions(root: Fields) -> Named:
    """What can be read of them; what cannot, other rules tell."""
    return {
        table: {name: Definition(formula.value, words) for name, formula, words in _definitions_of(named)}
        for table, named in _definition_tables(root)
    }


def _definition_tables(root: Fields) -> Iterator[tuple[str, Fields]]:
    tables = root.get("definitions")
    for key, named in tables.entries if isinstance(tables, Fields) else ():
        if isinstance(named, Fields):
            yield key.value, named


def _definitions_of(named: Fields) -> Iterator[tuple[str, Text, tuple[str, ...]]]:
    for key, definition in named.entries:
        if isinstance(definition, Fields) and (formula := definition.text("formula")):
            yield key.value, formula, tuple(word.value for word in definition.texts("words"))


def definitions_bound(root: Fields, definitions: Definitions) -> Iterator[tuple[str, Text, tuple[FormulaFault, ...]]]:
    """Name, formula and faults of each."""
    for table, named in _definition_tables(root):
        if table in TABLES:
            for name, formula, _ in _definitions_of(named):
                yield name, formula, _definition_faults(formula.value, table, definitions)


def _definition_faults(formula: str, table: str, definitions: Definitions) -> tuple[FormulaFault, ...]:
    return faults_of(lambda: bind_definition(formula, table, definitions))


def faults_of(bind: Callable[[], object]) -> tuple[FormulaFault, ...]:
    try:
        bind()
    except FormulaFaults as problem:
        return problem.faults
    return ()


def definitions_named(root: Fields) -> Faults:
    tables = root.get("definitions")
    for key, named in tables.entries if isinstance(tables, Fields) else ():
        if key.value not in TABLES:
            yield at(key, f"Таблицы «{key.value}» нет{perhaps(key.value, TABLES)}")
        for name, _ in named.entries if isinstance(named, Fields) else ():
            if not re.fullmatch("[A-Za-z_][A-Za-z_0-9]*", name.value):
                yield at(name, f"Имя «{name.value}» не годится: нужны латинские буквы, цифры и «_»")
