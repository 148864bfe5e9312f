"""The shape of a programme: fields and their types."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from opora.programmes.faults import ProgrammeFault, perhaps, short
from opora.programmes.model import Programme
from opora.programmes.rules.base import Faults, at, inside
from opora.programmes.tree import Fields, Node, Text, find, plain


def shape(root: Fields) -> tuple[Programme | None, Faults]:
    """The programme, or what is wrong in its fields."""
    try:
        return Programme.model_validate(plain(root)), iter(())
    except ValidationError as error:
        return None, (_shape_fault(root, each) for each in error.errors(include_url=False))


def _shape_fault(root: Fields, error: ErrorDetails) -> ProgrammeFault:
    path, kind = error["loc"], error["type"]
    node, key = find(root, path)
    if kind == "missing":
        name = str(path[-1])
        empty = isinstance(node, Text) and node.empty and key is not None and key.value == name
        return at(node, f"Поле «{name}» не заполнено" if empty else f"Нет обязательного поля «{name}»")
    if kind == "extra_forbidden" and key is not None:
        return at(key, f"Неизвестное поле «{short(key.value)}»{perhaps(key.value, _fields_at(path[:-1]))}")
    if kind == "target":
        return _target_place(node, error.get("ctx", {}), error["msg"])
    return at(node, _shape_message(error, node))


def _target_place(node: Node, context: Mapping[str, Any], message: str) -> ProgrammeFault:
    year = str(context["year"])
    inner = node.get(year) if isinstance(node, Fields) and year else node
    return inside(inner, int(context["at"]), message) if isinstance(inner, Text) else at(node, message)


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
