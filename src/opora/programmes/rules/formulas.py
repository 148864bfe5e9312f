"""Formulas, definitions and breakdowns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from opora.indicators.dataset.tables import TABLES
from opora.indicators.definitions import Definition, Definitions, Named, merged, standard
from opora.indicators.engine.dimensions import BY_JOB, can_be_broken_down
from opora.indicators.formula.bind import bind_condition, bind_definition
from opora.indicators.formula.faults import FormulaFault, FormulaFaults
from opora.indicators.formula.indicator import IndicatorFaults, IndicatorText, bind_indicator
from opora.programmes.faults import perhaps
from opora.programmes.rules.base import Faults, at, inside, value_of
from opora.programmes.tree import Fields, Items, Node, Text, find

_COUNTED = ("indicators", "published")
_KINDS = ("share", "count", "ratio", "value", "yes_if", "reported")


def _counted(root: Fields) -> Iterator[Fields]:
    for section in _COUNTED:
        yield from root.fields(section)


def one_kind_each(root: Fields) -> Faults:
    for item in _counted(root):
        kinds = [kind for kind in _KINDS if item.get(kind) is not None]
        if not kinds:
            yield at(item, f"Нет формулы: нужно одно из полей {', '.join(_KINDS)}")
        elif len(kinds) > 1:
            yield from _second_kind(item, kinds)
        yield from _of_with_share(item)


def _second_kind(item: Fields, kinds: list[str]) -> Faults:
    keys = [key for key, _ in item.entries if key.value in kinds]
    for key in keys[1:]:
        yield at(key, f"Вторая формула «{key.value}»: уже есть «{keys[0].value}», нужна одна")


def _of_with_share(item: Fields) -> Faults:
    share, of = item.key("share"), item.key("of")
    if share and not item.get("of"):
        yield at(share, "Доля без поля «of»: не сказано, от кого или чего она считается")
    if of and not item.get("share"):
        yield at(of, "Поле «of» бывает только рядом с «share»")


def formulas_read(root: Fields) -> Faults:
    definitions = merged(standard(), _own_definitions(root))
    broken = {name for name, _, faults in _definitions_bound(root, definitions) if faults}
    for item in _counted(root):
        text = _formula_text(item)
        for field, fault in _indicator_faults(text, definitions) if text else ():
            node, _ = find(item, tuple(field.split(".")))
            yield from _formula_fault(node, fault, broken)
        if text:
            yield from _breakdown_faults(item, text, definitions)
    if exclude := root.text("exclude"):
        condition = exclude.value
        for fault in _faults_of(lambda: bind_condition(condition, "person", definitions)):
            yield from _formula_fault(exclude, fault, broken)


def _indicator_faults(text: IndicatorText, definitions: Definitions) -> list[tuple[str, FormulaFault]]:
    """What is wrong in the formulas of an indicator, by field: ``share``, ``of``, ``ratio.of``…"""
    try:
        bind_indicator(text, definitions)
    except IndicatorFaults as problem:
        return list(problem.faults)
    return []


def _breakdown_faults(item: Fields, text: IndicatorText, definitions: Definitions) -> Faults:
    given = item.get("by")
    names = given.items if isinstance(given, Items) else (given,)
    if given is None or _indicator_faults(text, definitions):
        return
    formula = bind_indicator(text, definitions)
    for name in names:
        if isinstance(name, Text) and not can_be_broken_down(formula, name.value, definitions):
            hint = perhaps(name.value, BY_JOB)
            yield at(name, f"Разрез «{name.value}»: у того, что считают, нет такого столбца{hint}")


def _formula_fault(node: Node, fault: FormulaFault, broken: set[str]) -> Faults:
    """The fault, unless it only says that a definition is broken: that is told once, where the definition stands."""
    if not isinstance(node, Text):
        yield at(node, fault.message)
    elif broken.isdisjoint(node.value[fault.at.start : fault.at.end].split(".")):
        yield inside(node, fault.at.start, fault.message)


def _formula_text(item: Fields) -> IndicatorText | None:
    """None where there is nothing to bind: no formula, half a formula, two formulas, a reported figure."""
    ratio = item.get("ratio")
    parts = ratio if isinstance(ratio, Fields) else Fields((), item.line, item.column)
    text = IndicatorText(
        share=value_of(item, "share"),
        of=value_of(item, "of"),
        count=value_of(item, "count"),
        ratio_of=value_of(parts, "of"),
        ratio_to=value_of(parts, "to"),
        value=value_of(item, "value"),
        yes_if=value_of(item, "yes_if"),
        once_per=value_of(item, "once_per"),
    )
    whole = (text.share and text.of, text.count, text.ratio_of and text.ratio_to, text.value, text.yes_if)
    return text if sum(map(bool, whole)) == 1 else None


def _faults_of(bind: Callable[[], object]) -> tuple[FormulaFault, ...]:
    try:
        bind()
    except FormulaFaults as problem:
        return problem.faults
    return ()


def _own_definitions(root: Fields) -> Named:
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


def _definitions_bound(root: Fields, definitions: Definitions) -> Iterator[tuple[str, Text, tuple[FormulaFault, ...]]]:
    for table, named in _definition_tables(root):
        if table in TABLES:
            for name, formula, _ in _definitions_of(named):
                yield name, formula, _definition_faults(formula.value, table, definitions)


def definitions_read(root: Fields) -> Faults:
    for _, formula, faults in _definitions_bound(root, merged(standard(), _own_definitions(root))):
        for fault in faults:
            yield inside(formula, fault.at.start, fault.message)


def _definition_faults(formula: str, table: str, definitions: Definitions) -> tuple[FormulaFault, ...]:
    return _faults_of(lambda: bind_definition(formula, table, definitions))


def definitions_named(root: Fields) -> Faults:
    tables = root.get("definitions")
    for key, named in tables.entries if isinstance(tables, Fields) else ():
        if key.value not in TABLES:
            yield at(key, f"Таблицы «{key.value}» нет{perhaps(key.value, TABLES)}")
        for name, _ in named.entries if isinstance(named, Fields) else ():
            if not re.fullmatch("[A-Za-z_][A-Za-z_0-9]*", name.value):
                yield at(name, f"Имя «{name.value}» не годится: нужны латинские буквы, цифры и «_»")
