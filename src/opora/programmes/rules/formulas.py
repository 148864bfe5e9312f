"""Formulas of indicators: of one kind each, readable, broken down by what they have."""

from __future__ import annotations

from collections.abc import Iterator

from opora.indicators.definitions import Definitions, merged, standard
from opora.indicators.formula import bound as b
from opora.indicators.formula.bind import bind_condition
from opora.indicators.formula.faults import FormulaFault
from opora.indicators.formula.indicator import IndicatorFaults, IndicatorText, bind_indicator
from opora.indicators.formula.reported import Form
from opora.programmes.rules.base import Faults, at, inside, value_of
from opora.programmes.rules.breakdowns import breakdown_fault
from opora.programmes.rules.definitions import definitions_bound, faults_of, own_definitions
from opora.programmes.tree import Fields, Node, Text, find

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
        yield from _beside(item)


def _second_kind(item: Fields, kinds: list[str]) -> Faults:
    keys = [key for key, _ in item.entries if key.value in kinds]
    for key in keys[1:]:
        yield at(key, f"Вторая формула «{key.value}»: уже есть «{keys[0].value}», нужна одна")


def _beside(item: Fields) -> Faults:
    """Fields that mean something only beside others."""
    share, of, once = item.key("share"), item.key("of"), item.key("once_per")
    if share and not item.get("of"):
        yield at(share, "Доля без поля «of»: не сказано, от кого или чего она считается")
    if of and not item.get("share"):
        yield at(of, "Поле «of» бывает только рядом с «share»")
    if once and not (item.get("share") or item.get("count")):
        yield at(once, "Поле «once_per» бывает только рядом с «share» или «count»")


def formulas_hold(root: Fields) -> Faults:
    """The programme's own definitions, the exclusion and the formulas: each is bound once."""
    definitions = merged(standard(), own_definitions(root))
    broken: set[str] = set()
    for name, formula, faults in definitions_bound(root, definitions):
        if faults:
            broken.add(name)
        yield from (inside(formula, fault.at.start, fault.message) for fault in faults)
    exclude = root.text("exclude")
    wrong = faults_of(lambda: bind_condition(exclude.value, "person", definitions)) if exclude else ()
    for fault in wrong:
        yield from _told(exclude, fault, broken)
    condition = exclude.value if exclude and not wrong else None
    for item in _counted(root):
        yield from _formula_faults(item, condition, definitions, broken)


def _formula_faults(item: Fields, exclude: str | None, definitions: Definitions, broken: set[str]) -> Faults:
    text = _formula_text(item, exclude)
    if text is None:
        return
    try:
        formula = bind_indicator(text, definitions)
    except IndicatorFaults as problem:
        for field, fault in problem.faults:
            yield from _told(find(item, tuple(field.split(".")))[0], fault, broken)
        return
    yield from _breakdowns_hold(item, formula, definitions)


def _breakdowns_hold(item: Fields, formula: b.Formula, definitions: Definitions) -> Faults:
    for name in item.texts("by"):
        if fault := breakdown_fault(formula, name.value, definitions):
            yield at(name, fault)


def _told(node: Node | None, fault: FormulaFault, broken: set[str]) -> Faults:
    """The fault, unless it only says that a definition is broken: that is told once, where the definition stands."""
    if isinstance(node, Text):
        if broken.isdisjoint(node.value[fault.at.start : fault.at.end].split(".")):
            yield inside(node, fault.at.start, fault.message)
    elif node is not None:
        yield at(node, fault.message)


def _formula_text(item: Fields, exclude: str | None) -> IndicatorText | None:
    """None where there is nothing to bind: no formula, half a formula, two formulas."""
    ratio, reported = (_fields(item, name) for name in ("ratio", "reported"))
    text = IndicatorText(
        share=value_of(item, "share"),
        of=value_of(item, "of"),
        count=value_of(item, "count"),
        ratio_of=value_of(ratio, "of"),
        ratio_to=value_of(ratio, "to"),
        value=value_of(item, "value"),
        yes_if=value_of(item, "yes_if"),
        reported=_FORMS.get(value_of(reported, "form") or ""),
        code=value_of(item, "code") or "",
        once_per=value_of(item, "once_per"),
        exclude=None if value_of(item, "exclude") == "none" else exclude,
    )
    whole = (
        text.share and text.of,
        text.count,
        text.ratio_of and text.ratio_to,
        text.value,
        text.yes_if,
        text.reported,
    )
    return text if sum(map(bool, whole)) == 1 else None


_FORMS: dict[str, Form] = {"share": "share", "count": "count", "yes": "yes"}


def _fields(item: Fields, name: str) -> Fields:
    node = item.get(name)
    return node if isinstance(node, Fields) else Fields((), item.line, item.column)
