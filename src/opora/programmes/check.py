"""Every fault of a programme's file at once, each with its place.

Rules look at the tree of the file, not at the model: a fault in one field hides none in another.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from opora.indicators.dataset.tables import TABLES
from opora.indicators.definitions import Definition, Definitions, merged, standard
from opora.indicators.engine.dimensions import BY_JOB, can_be_broken_down
from opora.indicators.formula.bind import bind_condition, bind_definition
from opora.indicators.formula.faults import FormulaFault, FormulaFaults, foreign_letter
from opora.indicators.formula.indicator import IndicatorFaults, IndicatorText, bind_indicator
from opora.programmes.faults import ProgrammeFault, ProgrammeFaults, look, perhaps, short
from opora.programmes.model import Programme, read_day
from opora.programmes.targets import Demand, TargetFault, Targets, parse_targets
from opora.programmes.tree import Fields, Items, Node, Text, find, plain, read_file, read_tree

Faults = Iterator[ProgrammeFault]

_COUNTED = ("indicators", "published")
_CODED = ("goals", "tasks", "stages", "indicators", "measures", "monitorings", "published")


@dataclass(frozen=True, slots=True)
class Examined:
    """``programme`` is None where the file has faults."""

    programme: Programme | None
    faults: tuple[ProgrammeFault, ...]


def check_programme(path: Path | str) -> tuple[ProgrammeFault, ...]:
    """The faults of a file in the order of their places; empty if it can be counted."""
    try:
        return examine(read_file(Path(path))).faults
    except ProgrammeFaults as stopped:
        return stopped.faults


def examine(text: str) -> Examined:
    """The programme written in ``text``, or what is wrong with it."""
    try:
        root, repeated = read_tree(text)
    except ProgrammeFaults as stopped:
        return Examined(None, stopped.faults)
    programme, misshapen = _shape(root)
    faults = {*repeated, *misshapen, *(fault for rule in _RULES for fault in rule(root))}
    return Examined(None if faults else programme, tuple(sorted(faults)))


def formula_faults(text: IndicatorText, definitions: Definitions) -> list[tuple[str, FormulaFault]]:
    """What is wrong in the formulas of an indicator, by field: ``share``, ``of``, ``ratio.of``…"""
    try:
        bind_indicator(text, definitions)
    except IndicatorFaults as problem:
        return list(problem.faults)
    return []


def _at(node: Node, message: str) -> ProgrammeFault:
    return ProgrammeFault(node.line, node.column, message)


def _inside(text: Text, offset: int, message: str) -> ProgrammeFault:
    return ProgrammeFault(*text.place(offset), message)


# ── the shape: fields, their types ───────────────────────────────────────────────────────────────────────────────


def _shape(root: Fields) -> tuple[Programme | None, list[ProgrammeFault]]:
    try:
        return Programme.model_validate(plain(root)), []
    except ValidationError as error:
        return None, [_shape_fault(root, each) for each in error.errors(include_url=False)]


def _shape_fault(root: Fields, error: ErrorDetails) -> ProgrammeFault:
    path, kind = error["loc"], error["type"]
    node, key = find(root, path)
    if kind == "missing":
        name = str(path[-1])
        empty = isinstance(node, Text) and node.empty and key is not None and key.value == name
        return _at(node, f"Поле «{name}» не заполнено" if empty else f"Нет обязательного поля «{name}»")
    if kind == "extra_forbidden" and key is not None:
        return _at(key, f"Неизвестное поле «{short(key.value)}»{perhaps(key.value, _fields_at(path[:-1]))}")
    if kind == "target":
        return _target_place(node, error.get("ctx", {}), error["msg"])
    return _at(node, _shape_message(error, node))


def _target_place(node: Node, context: Mapping[str, Any], message: str) -> ProgrammeFault:
    year = str(context["year"])
    inner = node.get(year) if isinstance(node, Fields) and year else node
    return _inside(inner, int(context["at"]), message) if isinstance(inner, Text) else _at(node, message)


_TYPE_WORDS = {
    "string_type": "Здесь нужен текст",
    "string_too_short": "Здесь пусто, а нужен текст",
    "string_pattern_mismatch": "Здесь нужно слово из строчных латинских букв, цифр и «_»",
    "int_type": "Здесь нужно целое число",
    "int_parsing": "Здесь нужно целое число",
    "int_from_float": "Здесь нужно целое число",
    "float_type": "Здесь нужно число",
    "float_parsing": "Здесь нужно число; дробная часть — через точку",
    "finite_number": "Здесь нужно конечное число",
    "bool_type": "Здесь нужно true или false",
    "bool_parsing": "Здесь нужно true или false",
    "tuple_type": "Здесь нужен список",
    "model_type": "Здесь нужны поля вида «имя: значение»",
    "dict_type": "Здесь нужны поля вида «имя: значение»",
    "too_short": "Список пуст: нужно хотя бы одно значение",
    "too_long": "В списке лишнее: не больше {max_length} значений",
    "greater_than_equal": "Число меньше допустимого: не меньше {ge}",
    "less_than_equal": "Число больше допустимого: не больше {le}",
}


def _shape_message(error: ErrorDetails, node: Node) -> str:
    kind, context = error["type"], error.get("ctx", {})
    given = f", а написано «{short(node.value)}»" if isinstance(node, Text) and node.value else ""
    if kind in ("literal_error", "enum"):
        allowed = re.findall(r"'([^']*)'", str(context["expected"]))
        return f"Допустимо только {', '.join(allowed)}{given}{_perhaps_of(node, allowed)}"
    if kind in ("day", "code"):
        return error["msg"]
    if kind in _TYPE_WORDS:
        return _TYPE_WORDS[kind].format(**context) + given
    return f"Значение не подходит{given}"


def _perhaps_of(node: Node, allowed: list[str]) -> str:
    return perhaps(node.value, allowed) if isinstance(node, Text) else ""


def _fields_at(path: tuple[str | int, ...]) -> list[str]:
    """Names of the fields that may stand at ``path``."""
    model: type[BaseModel] = Programme
    for step in path:
        if isinstance(step, str):
            named = {info.alias or name: info.annotation for name, info in model.model_fields.items()}
            model = _model_in(named.get(step)) or model
    return [info.alias or name for name, info in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner))), None)


# ── codes and what refers to them ────────────────────────────────────────────────────────────────────────────────


def _codes(root: Fields, *sections: str) -> Iterator[Text]:
    for section in sections:
        for item in root.fields(section):
            if code := item.text("code"):
                yield code


def _codes_differ(root: Fields) -> Faults:
    first: dict[str, Text] = {}
    for code in _codes(root, *_CODED):
        known = first.setdefault(look(code.value), code)
        if known is code:
            continue
        if known.value == code.value:
            yield _at(code, f"Код «{code.value}» уже занят в строке {known.line}")
        else:
            message = (
                f"Код «{code.value}» на вид не отличить от кода в строке {known.line}: в одном из них буквы русские"
            )
            yield _at(code, message)


def _references_hold(root: Fields) -> Faults:
    indicators = {code.value for code in _codes(root, "indicators")}
    goals = {code.value for code in _codes(root, "goals", "tasks")}
    for section in ("measures", "monitorings"):
        for item in root.fields(section):
            yield from _unknown(item.texts("indicators"), indicators, "Показателя")
    for item in root.fields("indicators"):
        yield from _unknown(item.texts("goals"), goals, "Цели или задачи")
        yield from _unknown(item.texts("repeats"), indicators - {_value(item, "code")}, "Другого показателя")


def _unknown(codes: Iterator[Text], known: set[str], what: str) -> Faults:
    for code in codes:
        if code.value not in known:
            yield _at(code, f"{what} «{code.value}» в программе нет{perhaps(code.value, sorted(known))}")


def _value(item: Fields, name: str) -> str | None:
    text = item.text(name)
    return text.value if text else None


# ── formulas ─────────────────────────────────────────────────────────────────────────────────────────────────────

_KINDS = ("share", "count", "ratio", "value", "yes_if", "reported")


def _counted(root: Fields) -> Iterator[Fields]:
    for section in _COUNTED:
        yield from root.fields(section)


def _one_kind_each(root: Fields) -> Faults:
    for item in _counted(root):
        kinds = [kind for kind in _KINDS if item.get(kind) is not None]
        if not kinds:
            yield _at(item, f"Нет формулы: нужно одно из полей {', '.join(_KINDS)}")
        elif len(kinds) > 1:
            yield from _second_kind(item, kinds)
        yield from _of_with_share(item)


def _second_kind(item: Fields, kinds: list[str]) -> Faults:
    keys = [key for key, _ in item.entries if key.value in kinds]
    for key in keys[1:]:
        yield _at(key, f"Вторая формула «{key.value}»: уже есть «{keys[0].value}», нужна одна")


def _of_with_share(item: Fields) -> Faults:
    share, of = item.key("share"), item.key("of")
    if share and not item.get("of"):
        yield _at(share, "Доля без поля «of»: не сказано, от кого или чего она считается")
    if of and not item.get("share"):
        yield _at(of, "Поле «of» бывает только рядом с «share»")


def _formulas_read(root: Fields) -> Faults:
    definitions = merged(standard(), _own_definitions(root))
    broken = {name for name, _, faults in _definitions_bound(root, definitions) if faults}
    for item in _counted(root):
        text = _formula_text(item)
        for field, fault in formula_faults(text, definitions) if text else ():
            node, _ = find(item, tuple(field.split(".")))
            yield from _formula_fault(node, fault, broken)
        if text:
            yield from _breakdown_faults(item, text, definitions)
    if exclude := root.text("exclude"):
        condition = exclude.value
        for fault in _faults_of(lambda: bind_condition(condition, "person", definitions)):
            yield from _formula_fault(exclude, fault, broken)


def _breakdown_faults(item: Fields, text: IndicatorText, definitions: Definitions) -> Faults:
    given = item.get("by")
    names = given.items if isinstance(given, Items) else (given,)
    if given is None or formula_faults(text, definitions):
        return
    formula = bind_indicator(text, definitions)
    for name in names:
        if isinstance(name, Text) and not can_be_broken_down(formula, name.value, definitions):
            hint = perhaps(name.value, BY_JOB)
            yield _at(name, f"Разрез «{name.value}»: у того, что считают, нет такого столбца{hint}")


def _formula_fault(node: Node, fault: FormulaFault, broken: set[str]) -> Faults:
    """The fault, unless it only says that a definition is broken: that is told once, where the definition stands."""
    if not isinstance(node, Text):
        yield _at(node, fault.message)
    elif broken.isdisjoint(node.value[fault.at.start : fault.at.end].split(".")):
        yield _inside(node, fault.at.start, fault.message)


def _formula_text(item: Fields) -> IndicatorText | None:
    """None where there is nothing to bind: no formula, half a formula, two formulas, a reported figure."""
    ratio = item.get("ratio")
    parts = ratio if isinstance(ratio, Fields) else Fields((), item.line, item.column)
    text = IndicatorText(
        share=_value(item, "share"),
        of=_value(item, "of"),
        count=_value(item, "count"),
        ratio_of=_value(parts, "of"),
        ratio_to=_value(parts, "to"),
        value=_value(item, "value"),
        yes_if=_value(item, "yes_if"),
        once_per=_value(item, "once_per"),
    )
    whole = (text.share and text.of, text.count, text.ratio_of and text.ratio_to, text.value, text.yes_if)
    return text if sum(map(bool, whole)) == 1 else None


def _faults_of(bind: Callable[[], object]) -> tuple[FormulaFault, ...]:
    try:
        bind()
    except FormulaFaults as problem:
        return problem.faults
    return ()


def _own_definitions(root: Fields) -> Definitions:
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


def _definitions_read(root: Fields) -> Faults:
    for _, formula, faults in _definitions_bound(root, merged(standard(), _own_definitions(root))):
        for fault in faults:
            yield _inside(formula, fault.at.start, fault.message)


def _definition_faults(formula: str, table: str, definitions: Definitions) -> tuple[FormulaFault, ...]:
    return _faults_of(lambda: bind_definition(formula, table, definitions))


def _definitions_named(root: Fields) -> Faults:
    tables = root.get("definitions")
    for key, named in tables.entries if isinstance(tables, Fields) else ():
        if key.value not in TABLES:
            yield _at(key, f"Таблицы «{key.value}» нет{perhaps(key.value, TABLES)}")
        for name, _ in named.entries if isinstance(named, Fields) else ():
            if not re.fullmatch("[A-Za-z_][A-Za-z_0-9]*", name.value):
                yield _at(name, f"Имя «{name.value}» не годится: нужны латинские буквы, цифры и «_»")


# ── targets and dates ────────────────────────────────────────────────────────────────────────────────────────────


def _targets_fit(root: Fields) -> Faults:
    """A percent for a share, yes or no for a condition: the wrong kind would be compared without a word of warning."""
    for item in root.fields("indicators"):
        node, answer = item.get("target"), _answers(item)
        if node is None or answer is None or (targets := _readable_targets(node)) is None:
            continue
        for target in targets:
            said = bool({Demand.YES, Demand.NO} & set(target.parts))
            if said and answer != "yes":
                yield _at(node, "Цель «да» или «нет» подходит только показателю с yes_if или с ответом form: yes")
            elif not said and answer == "yes":
                yield _at(node, "Показатель отвечает «да» или «нет»: цель может быть только yes или no")
            elif answer == "share" and any(not limit.percent for limit in target.limits):
                yield _at(node, "Показатель — доля: в цели после числа нужен знак %")
            elif answer == "count" and any(limit.percent for limit in target.limits):
                yield _at(node, "Показатель — количество: знак % в цели лишний")


def _answers(item: Fields) -> str | None:
    """``share``, ``count``, ``yes``; None where any number may come out, or it cannot be told."""
    reported = item.get("reported")
    if isinstance(reported, Fields):
        return _value(reported, "form")
    kinds = {"share": "share", "count": "count", "yes_if": "yes"}
    return next((answer for kind, answer in kinds.items() if item.get(kind) is not None), None)


def _readable_targets(node: Node) -> Targets | None:
    try:
        given = plain(node)
        return parse_targets(given) if isinstance(given, (str, dict)) and _texts_only(given) else None
    except TargetFault:
        return None


def _texts_only(given: str | dict[str, Any]) -> bool:
    return isinstance(given, str) or all(isinstance(text, str) for text in given.values())


def _dates_in_order(root: Fields) -> Faults:
    about = root.get("programme")
    starts, ends = (about.text(name) if isinstance(about, Fields) else None for name in ("starts", "ends"))
    first, last = _day(starts), _day(ends)
    if first and last and ends and last < first:
        yield _at(ends, "Программа заканчивается раньше, чем начинается")
    before: dt.date | None = None
    for text in root.texts("reporting_dates"):
        day = _day(text)
        if day and before and day <= before:
            yield _at(text, "Отчётные даты должны идти по возрастанию и не повторяться")
        if day and first and day < first:
            yield _at(text, "Отчётная дата раньше начала программы")
        before = day or before


def _day(text: Text | None) -> dt.date | None:
    try:
        return read_day(text.value) if text else None
    except ValueError:
        return None


def _bases_whole(root: Fields) -> Faults:
    for item in root.fields("indicators"):
        base = item.get("base")
        if isinstance(base, Fields) and (base.get("date") is None) == (base.get("value") is None):
            yield _at(base, "База — либо date, либо value с источником source")
        elif isinstance(base, Fields) and base.get("value") is not None and base.get("source") is None:
            yield _at(base, "У базы со значением value нужен источник source: откуда взято число")


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────

_LONE_LATIN = re.compile(r"(?<=[а-яё] )[aockyAOCKBY](?= [а-яё«])", re.IGNORECASE)
_FORMULA_FIELDS = frozenset({"share", "of", "count", "to", "value", "yes_if", "formula", "exclude"})
_PERSON = re.compile(r"\b[А-ЯЁ]\.\s?[А-ЯЁ]\.|\b[А-ЯЁ][а-яё]+(?:вич|вна)\b")


def _letters_of_one_script(root: Fields) -> Faults:
    """Letters that only look right: a search does not find the word. Formulas see to their letters themselves."""
    for key, text in _all_texts(root):
        if key not in _FORMULA_FIELDS:
            if fault := foreign_letter(text.value):
                yield _inside(text, fault.at.start, fault.message)
            if lone := _LONE_LATIN.search(text.value):
                message = f"Слово «{lone.group()}» набрано латинской буквой; наберите её в русской раскладке"
                yield _inside(text, lone.start(), message)


def _all_texts(node: Node, key: str = "") -> Iterator[tuple[str, Text]]:
    if isinstance(node, Text):
        yield key, node
    elif isinstance(node, Items):
        for item in node.items:
            yield from _all_texts(item, key)
    else:
        for name, value in node.entries:
            yield from _all_texts(value, name.value)


def _roles_not_people(root: Fields) -> Faults:
    for section, field in (("measures", "responsible"), ("recommendations", "addressee")):
        for item in root.fields(section):
            text = item.text(field)
            if text and (name := _PERSON.search(text.value)):
                message = f"«{name.group()}» похоже на имя человека: в программе пишут должность или роль"
                yield _inside(text, name.start(), message)


_RULES: tuple[Callable[[Fields], Faults], ...] = (
    _codes_differ,
    _references_hold,
    _one_kind_each,
    _formulas_read,
    _definitions_named,
    _definitions_read,
    _targets_fit,
    _dates_in_order,
    _bases_whole,
    _letters_of_one_script,
    _roles_not_people,
)
