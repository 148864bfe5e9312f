"""Targets, bases and dates."""

from __future__ import annotations

import datetime as dt
from typing import Any

from opora.programmes.model import read_day
from opora.programmes.rules.base import Faults, at, value_of
from opora.programmes.targets import Demand, TargetFault, Targets, parse_targets
from opora.programmes.tree import Fields, Node, Text, plain


def targets_fit(root: Fields) -> Faults:
    """A percent for a share, yes or no for a condition: the wrong kind would be compared without a word of warning."""
    for item in root.fields("indicators"):
        node, answer = item.get("target"), _answers(item)
        if node is None or answer is None or (targets := _readable_targets(node)) is None:
            continue
        for target in targets:
            said = bool({Demand.YES, Demand.NO} & set(target.parts))
            if said and answer != "yes":
                yield at(node, "Цель «да» или «нет» подходит только показателю с yes_if или с ответом form: yes")
            elif not said and answer == "yes":
                yield at(node, "Показатель отвечает «да» или «нет»: цель может быть только yes или no")
            elif answer == "share" and any(not limit.percent for limit in target.limits):
                yield at(node, "Показатель — доля: в цели после числа нужен знак %")
            elif answer == "count" and any(limit.percent for limit in target.limits):
                yield at(node, "Показатель — количество: знак % в цели лишний")


def _answers(item: Fields) -> str | None:
    """``share``, ``count``, ``yes``; None where any number may come out, or it cannot be told."""
    reported = item.get("reported")
    if isinstance(reported, Fields):
        return value_of(reported, "form")
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


def dates_in_order(root: Fields) -> Faults:
    about = root.get("programme")
    starts, ends = (about.text(name) if isinstance(about, Fields) else None for name in ("starts", "ends"))
    first, last = _day(starts), _day(ends)
    if first and last and ends and last < first:
        yield at(ends, "Программа заканчивается раньше, чем начинается")
    before: dt.date | None = None
    for text in root.texts("reporting_dates"):
        day = _day(text)
        if day and before and day <= before:
            yield at(text, "Отчётные даты должны идти по возрастанию и не повторяться")
        if day and first and day < first:
            yield at(text, "Отчётная дата раньше начала программы")
        before = day or before


def _day(text: Text | None) -> dt.date | None:
    try:
        return read_day(text.value) if text else None
    except ValueError:
        return None


def bases_whole(root: Fields) -> Faults:
    for item in root.fields("indicators"):
        base = item.get("base")
        if isinstance(base, Fields) and (base.get("date") is None) == (base.get("value") is None):
            yield at(base, "База — либо date, либо value с источником source")
        elif isinstance(base, Fields) and base.get("value") is not None and base.get("source") is None:
            yield at(base, "У базы со значением value нужен источник source: откуда взято число")
