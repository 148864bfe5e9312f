"""Codes, and what refers to them."""

from __future__ import annotations

from collections.abc import Iterator

from opora.indicators.dataset.letters import look
from opora.programmes.faults import perhaps
from opora.programmes.rules.base import Faults, at, value_of
from opora.programmes.tree import Fields, Text

_CODED = ("goals", "tasks", "stages", "indicators", "measures", "monitorings", "published")


def _codes(root: Fields, *sections: str) -> Iterator[Text]:
    for section in sections:
        for item in root.fields(section):
            if code := item.text("code"):
                yield code


def codes_differ(root: Fields) -> Faults:
    first: dict[str, Text] = {}
    for code in _codes(root, *_CODED):
        known = first.setdefault(look(code.value), code)
        if known is code:
            continue
        if known.value == code.value:
            yield at(code, f"Код «{code.value}» уже занят в строке {known.line}")
        else:
            message = (
                f"Код «{code.value}» на вид не отличить от кода в строке {known.line}: в одном из них буквы русские"
            )
            yield at(code, message)


def references_hold(root: Fields) -> Faults:
    indicators = {code.value for code in _codes(root, "indicators")}
    goals = {code.value for code in _codes(root, "goals", "tasks")}
    for section in ("measures", "monitorings"):
        for item in root.fields(section):
            yield from _unknown(item.texts("indicators"), indicators, "Показателя")
    for item in root.fields("indicators"):
        yield from _unknown(item.texts("goals"), goals, "Цели или задачи")
        yield from _unknown(item.texts("repeats"), indicators - {value_of(item, "code")}, "Другого показателя")


def _unknown(codes: Iterator[Text], known: set[str], what: str) -> Faults:
    for code in codes:
        if code.value not in known:
            yield at(code, f"{what} «{code.value}» в программе нет{perhaps(code.value, sorted(known))}")
