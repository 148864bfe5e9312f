"""Targets, bases and dates: of the kind that the indicator is, and not past all measure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from opora.programmes.model import read_amount, read_day
from opora.programmes.rules.base import Faults, at, value_of
from opora.programmes.targets import Demand, Target, TargetFault, parse_target
from opora.programmes.tree import Fields, Node, Text


def targets_fit(root: Fields) -> Faults:
    """A percent for a share, yes or no for a condition: the wrong kind would be compared without a word of warning."""
    for item in root.fields("indicators"):
        answer = _answers(item)
        for text, target in _targets(item.get("target")) if answer else ():
            if fault := _target_fault(target, answer):
                yield at(text, fault)


def _target_fault(target: Target, answer: str | None) -> str | None:
    said = bool({Demand.YES, Demand.NO} & set(target.parts))
    if said and answer != "yes":
        return "Цель «да» или «нет» подходит только показателю с yes_if или с ответом form: yes"
    if not said and answer == "yes":
        return "Показатель отвечает «да» или «нет»: цель может быть только yes или no"
    if answer == "share" and any(not limit.percent for limit in target.limits):
        return "Показатель — доля: в цели после числа нужен знак %"
    if answer == "share" and any(limit.value > 1 for limit in target.limits):
        return "Доля не бывает больше 100 %"
    if answer == "count" and any(limit.percent for limit in target.limits):
        return "Показатель — количество: знак % в цели лишний"
    return None


def _answers(item: Fields) -> str | None:
    """``share``, ``count``, ``yes``; None where any number may come out, or it cannot be told."""
    reported = item.get("reported")
    if isinstance(reported, Fields):
        return value_of(reported, "form")
    kinds = {"share": "share", "count": "count", "yes_if": "yes"}
    return next((answer for kind, answer in kinds.items() if item.get(kind) is not None), None)


def _targets(node: Node | None) -> Iterator[tuple[Text, Target]]:
    """Those that can be read, each with its text."""
    texts = [value for _, value in node.entries] if isinstance(node, Fields) else [node]
    for text in texts:
        if isinstance(text, Text) and not text.empty:
            try:
                yield text, parse_target(text.value)
            except TargetFault:
                continue


# ── bases ────────────────────────────────────────────────────────────────────────────────────────────────────────


def bases_fit(root: Fields) -> Faults:
    last = max((day for text in root.texts("reporting_dates") if (day := _day(text))), default=None)
    for item in root.fields("indicators"):
        base = item.get("base")
        if isinstance(base, Fields):
            yield from _base_faults(item, base)
            yield from _base_date(base, last)
    for item in root.fields("published"):
        if (expected := item.text("expected")) and (fault := _amount_fault(_answers(item), expected.value)):
            yield at(expected, fault)


def _base_faults(item: Fields, base: Fields) -> Faults:
    value = base.text("value")
    if (base.get("date") is None) == (base.get("value") is None):
        yield at(base, "База — либо date, либо value с источником source")
    elif value and base.get("source") is None:
        yield at(base, "У базы со значением value нужен источник source: откуда взято число")
    if _answers(item) == "yes":
        yield at(base, "Показатель отвечает «да» или «нет»: сравнивать с базой нечего")
    elif value and (fault := _base_amount_fault(_answers(item), value.value)):
        yield at(value, fault)


def _base_date(base: Fields, last: dt.date | None) -> Faults:
    text = base.text("date")
    day = _day(text)
    if text and day and last and day >= last:
        yield at(text, "База не раньше последней отчётной даты программы: расти будет не от чего")


def _base_amount_fault(answer: str | None, written: str) -> str | None:
    if answer in ("share", "count") and written.lstrip().startswith("-"):
        return f"«{written.strip()}»: меньше нуля не бывает"
    return _amount_fault(answer, written)


def _amount_fault(answer: str | None, written: str) -> str | None:
    """What is wrong in a stated value: a share is a fraction or has its sign."""
    try:
        value = read_amount(written)
    except ValueError:
        return None  # told where the shape is looked at
    if answer == "share" and value > 1:
        return "Доля не бывает больше 100 %" if "%" in written else _as_share(written.strip(), value)
    if answer == "count" and "%" in written:
        return "Показатель — количество: знак % лишний"
    return None


def _as_share(written: str, value: float) -> str:
    if value > 100:
        return "Доля не бывает больше 1, то есть 100 %"
    return f"Доля пишется частью единицы или со знаком процента: {value / 100:g} или {written}%"


# ── dates ────────────────────────────────────────────────────────────────────────────────────────────────────────


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
