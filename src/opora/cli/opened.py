"""An opened number on the screen: who is in, who is out and what they lack, and one thing with its records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from opora.cli.screen import Screen

if TYPE_CHECKING:
    from opora.indicators.results import FailedPart, OpenedRow, Records, RelatedRow

SHOWN = 20
"""Names of one list that are shown without --all, a few more where they fall out for many reasons."""
FEWEST = 3
"""Names that are shown for each reason."""
REASONS = 6
"""Reasons, or reasons that come together, that are told without --all: those of the least that is lacking."""
RECORDS = 8
"""Records of one part that are shown without --all."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One of the counts that a formula is made of."""

    words: str
    rows: list[OpenedRow]
    lack: str = ""
    """Why there may be more things than the list has."""


def tell_lists(screen: Screen, lists: Sequence[Opened], *, everything: bool) -> None:
    for number, one in enumerate(lists, start=1):
        if len(lists) > 1:
            screen.head(f"Число {number} из {len(lists)}. {one.words}")
        if one.lack:
            screen.say()
            screen.say(f"Список неполный: {one.lack}", "yellow")
        for title, style, some in _sorted_out(one.rows):
            if some:
                screen.head(f"{title}: {len(some)}")
                _tell_rows(screen, some, style, None if everything else SHOWN)
        if not one.rows:
            screen.head("Считать некого: в данных нет ни одной такой строки")
    if not lists:
        screen.head("Поимённого списка у этого числа нет")


def _sorted_out(rows: list[OpenedRow]) -> list[tuple[str, str, list[OpenedRow]]]:
    sure = [row for row in rows if row.in_base == 2]
    return [
        ("Вне числа", "red", [row for row in sure if row.code == 0]),
        ("Неизвестно", "yellow", [row for row in sure if row.code == 1]),
        ("Неизвестно, входит ли в расчёт", "yellow", [row for row in rows if row.in_base == 1]),
        ("В числе", "green", [row for row in sure if row.code == 2]),
    ]


def _by_reason(rows: Sequence[OpenedRow]) -> list[list[OpenedRow]]:
    """Rows that lack the same parts together; first those that lack the fewest, and of them those that come nearest."""
    groups: dict[tuple[tuple[str, int], ...], list[OpenedRow]] = {}
    for row in sorted(rows, key=lambda row: (len(row.failed), sum(part.distance for part in row.failed))):
        groups.setdefault(tuple((part.words, part.code) for part in row.failed), []).append(row)
    return sorted(groups.values(), key=lambda some: (len(some[0].failed), -len(some)))


def _tell_rows(screen: Screen, rows: Sequence[OpenedRow], style: str, limit: int | None) -> None:
    """Every reason is told, though not every name; of many reasons together, those of whom the least is lacking."""
    groups = _by_reason(rows)
    shown = None if limit is None else max(limit // len(groups), FEWEST)
    rest = groups[REASONS:] if limit is not None and len(groups) > REASONS + 1 else []
    groups = groups[: len(groups) - len(rest)]
    alike = Counter((row.title, row.detail, row.organisation) for row in rows)
    for some in groups:
        common = [_common(number, some) for number in range(len(some[0].failed))]
        for part, missing in zip(some[0].failed, common, strict=True):
            screen.say(f"– {_reason(part, missing)}", style, indent=2)
        indent = 4 if common else 2
        for row in some[:shown]:
            named = _named(row, told_apart=alike[row.title, row.detail, row.organisation] > 1)
            own = [part.missing for part, missing in zip(row.failed, common, strict=True) if not missing]
            screen.say(
                " — ".join([named, *filter(None, ["; ".join(filter(None, [*_near(row), *own]))])]), indent=indent
            )
        if shown is not None and len(some) > shown:
            screen.say(f"…и ещё {len(some) - shown}; все — с --all", "dim", indent=indent)
    if rest:
        left = sum(len(some) for some in rest)
        screen.say(f"…и ещё {left}, кому не хватает большего; все — с --all", "dim", indent=2)


def _common(number: int, rows: Sequence[OpenedRow]) -> str:
    """The missing fact where it is the same for all: it is told once."""
    found = {row.failed[number].missing for row in rows}
    return found.pop() if len(found) == 1 else ""


def _reason(part: FailedPart, missing: str = "") -> str:
    said = "неизвестно" if part.code == 1 else "не выполнено"
    words = f"{said} {part.words}" if part.words.startswith("ни одно из") else f"{said}: {part.words}"
    return f"{words} — {missing}" if missing else words


def _near(row: OpenedRow) -> list[str]:
    """But for what stands in the name already: «вид: предметное» after «Объединение физиков (предметное)»."""
    found = dict.fromkeys(part.near for part in row.failed if part.near)
    return [near for near in found if near.rpartition(": ")[2] not in row.detail.split(", ")]


def _named(row: OpenedRow, *, told_apart: bool = False) -> str:
    """«Иванова Анна (География), Школа № 2»; with the key where two are called the same."""
    detail = f" ({row.detail})" if row.detail else ""
    place = f", {row.organisation}" if row.organisation else ""
    return f"{row.title}{detail}{place}{f' [{row.key}]' if told_apart else ''}"


# ── one thing ────────────────────────────────────────────────────────────────────────────────────────────────────


def tell_one(screen: Screen, lists: Sequence[Opened], *, everything: bool) -> None:
    for one in lists:
        if len(lists) > 1 and one.rows:
            screen.head(one.words)
        for row in one.rows:
            standing, style = _standing(row)
            screen.head(f"{_named(row)}: {standing}")
            for part in row.failed:
                near = f" — {part.near}" if part.near else ""
                screen.say(f"– {_reason(part, part.missing)}{near}", style, indent=2)
            for behind in row.behind if len(row.behind) > 1 else ():
                screen.say(f"{behind.detail or behind.title}: {_standing(behind)[0]}", _standing(behind)[1], indent=2)
            for records in row.records:
                _tell_records(screen, records, None if everything else RECORDS)


def _standing(row: OpenedRow) -> tuple[str, str]:
    if row.in_base == 0:
        return "не входит в расчёт", "dim"
    if row.in_base == 1:
        return "неизвестно, входит ли в расчёт", "yellow"
    return {2: ("в числе", "green"), 1: ("неизвестно", "yellow"), 0: ("вне числа", "red")}[row.code]


_ANSWERS = {2: "да", 1: "неизвестно", 0: "нет"}


def _tell_records(screen: Screen, records: Records, limit: int | None) -> None:
    screen.head(f"{records.words} — {_ANSWERS[records.code]}")
    for row in records.rows[:limit]:
        screen.say(_record(row), "" if row.code == 2 else "dim", indent=2)
    if limit is not None and len(records.rows) > limit:
        screen.say(f"…и ещё {len(records.rows) - limit}; все — с --all", "dim", indent=2)
    if not records.rows:
        screen.say("записей нет", "dim", indent=2)


def _record(row: RelatedRow) -> str:
    if row.code == 2:
        return f"подходит: {row.words}"
    said = "неизвестно" if row.code == 1 else "не подходит"
    return f"{said}: {row.words} — {'; '.join(row.why)}"
