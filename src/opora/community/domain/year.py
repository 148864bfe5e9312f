"""The turn of the year: on 1 September each membership, head, plan, theme, mentoring pair and curator is carried over,
replaced or ended, all in one sitting.

What is carried over is not touched. An open state says «still so», in every count and as of any day; to end it and
begin it anew would make «began in period» true of everybody in September, and count each of them twice in the year.
What belongs to a school year, a plan or a theme of 2021/22, ends with it. What is replaced ends, and the new one begins
on the same day. The head of an association is changed in its row; why is told in ``association.py``.

Nothing remembers that something was carried over, and nothing must: what was ended or replaced is not proposed again,
and the same decisions, applied again, find everything done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum

from opora.community.models import Association, Membership, MethodicalTheme
from opora.indicators.periods import Period
from opora.learning.domain.mentorship import refuse_impossible_pairs
from opora.learning.models import Mentorship, TrainingPlan
from opora.people.models import Responsibility
from opora.registry.batch import Value, copied, fill, locked, refuse_dangling, refuse_unfilled
from opora.registry.batch.changing import refuse_changed
from opora.registry.batch.contradictions import refuse_contradictions
from opora.registry.batch.writing import insert, repeats, update
from opora.registry.models import State
from opora.registry.scope import Actor
from opora.registry.verbs import Sitting, sitting


class What(StrEnum):
    """Of what it is decided."""

    MEMBERSHIP = "membership"
    HEAD = "head"
    """Of an association: the row is the association."""
    PLAN = "plan"
    THEME = "theme"
    PAIR = "pair"
    CURATOR = "curator"


class Choice(StrEnum):
    CARRY = "carry"
    REPLACE = "replace"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    what: What
    row: int
    """Id."""
    choice: Choice
    seen: Mapping[str, Value] = field(default_factory=dict)
    """What stood there when this was decided, as it was proposed."""
    becomes: Mapping[str, Value] = field(default_factory=dict)
    """REPLACE: the fields of the new row, or the new ``head``, that differ. END of a pair: its ``result``, if known."""


@dataclass(frozen=True, slots=True)
class Turned:
    """How many rows were changed by it; all 0 if everything was done already."""

    ended: int
    begun: int
    headed: int


@dataclass(frozen=True, slots=True)
class _Kind:
    model: type[State]
    told: frozenset[str]
    """Fields by which a new row may differ from the old one."""
    same: tuple[str, ...]
    """By these, and its first day, a new row is known again; the first of them is always filled."""
    forgotten: frozenset[str] = frozenset()
    """What was said of the old row alone: of the new one it is told anew, or not known."""
    of_the_end: frozenset[str] = frozenset()
    """Fields that may be told when it ends."""


_KINDS = {
    What.MEMBERSHIP: _Kind(Membership, frozenset({"person"}), ("person", "association")),
    What.PLAN: _Kind(
        TrainingPlan, frozenset({"title", "approved_on"}), ("title", "organisation"), frozenset({"approved_on"})
    ),
    What.THEME: _Kind(MethodicalTheme, frozenset({"title"}), ("title", "organisation", "association")),
    What.PAIR: _Kind(
        Mentorship,
        frozenset({"mentor", "mentee", "form", "network", "consent", "order", "programme"}),
        ("mentee", "mentor"),
        frozenset({"network", "consent", "order", "programme", "result"}),
        frozenset({"result"}),
    ),
    What.CURATOR: _Kind(
        Responsibility, frozenset({"person", "document"}), ("person", "organisation", "area"), frozenset({"document"})
    ),
}


def first_day(year: int) -> dt.date:
    """Of the school year that begins in this calendar year."""
    return dt.date(year, 9, 1)


def turn(decisions: Sequence[Decision], *, year: int, municipality: int, by: Actor) -> Turned:
    """``year``: the calendar year in which the new school year begins; on its first day what is new holds already."""
    day = first_day(year)
    with sitting(municipality, by, f"переход на {Period(day, 12).title}") as s:
        ended = begun = 0
        for what, kind in _KINDS.items():
            old = _named(s, decisions, what, kind)
            new = _successors(s, decisions, kind, old, day)
            done = _done(decisions, old, new, kind, day)
            # The ends are written first, so that what is new is held against what is left; a fault undoes all of it.
            ended += _end(s, decisions, kind, old, done, day)
            begun += _begin(s, new, done)
        headed = _head(s, decisions)
        s.refuse_faults()
        return Turned(ended, begun, headed)


def _named(sitting: Sitting, decisions: Sequence[Decision], what: What, kind: _Kind) -> list[State | None]:
    """The rows of this kind that are to change, each in the place of its decision."""
    for place, each in enumerate(decisions):
        if each.what is what:
            _refuse_wrong_fields(sitting, place, each, kind.told, kind.of_the_end)
    return locked(sitting, kind.model, [_row_of(each, what) for each in decisions])


def _row_of(told: Decision, what: What) -> int | None:
    return told.row if told.what is what and told.choice is not Choice.CARRY else None


def _refuse_wrong_fields(
    sitting: Sitting, place: int, told: Decision, by_replacing: Set[str], by_ending: Set[str]
) -> None:
    may_be_told = {Choice.CARRY: frozenset(), Choice.REPLACE: by_replacing, Choice.END: by_ending}
    unknown = set(told.becomes) - may_be_told[told.choice]
    if unknown:
        raise ValueError(f"{told.choice} of {told.what}: not to be told: {sorted(unknown)}")
    if told.choice is Choice.REPLACE and not told.becomes:
        sitting.fault(place, "becomes", "Не указано, чем заменить", "Укажите замену или закончите эту запись")


def _successors(
    sitting: Sitting, decisions: Sequence[Decision], kind: _Kind, old: Sequence[State | None], day: dt.date
) -> list[State | None]:
    """What begins in place of rows that are replaced."""
    new: list[State | None] = [None] * len(decisions)
    for place, row in sitting.sound(old):
        if decisions[place].choice is Choice.REPLACE:
            after = copied(row)
            forgotten = dict.fromkeys(kind.forgotten)
            dates = {"since": day, "until": None, "observed_on": None}
            fill(sitting, place, after, {**forgotten, **decisions[place].becomes, **dates})
            new[place] = after
    refuse_unfilled(sitting, new, kind.same[0])
    refuse_dangling(sitting, new)
    return new


def _done(
    decisions: Sequence[Decision], old: Sequence[State | None], new: Sequence[State | None], kind: _Kind, day: dt.date
) -> set[int]:
    """Places of what is so already: it has ended on the day, and what replaces it is there."""
    ended = {place for place, row in enumerate(old) if row is not None and row.until == day}
    asked = [(place, row) for place, row in enumerate(new) if row is not None and place in ended]
    found = repeats([row for _, row in asked], [*kind.same, "since"], [kind.same[0], "since"])
    there = {asked[index][0] for index, _ in found}
    return {place for place in ended if decisions[place].choice is Choice.END} | there


def _end(
    sitting: Sitting,
    decisions: Sequence[Decision],
    kind: _Kind,
    old: Sequence[State | None],
    done: Set[int],
    day: dt.date,
) -> int:
    for place, row in sitting.sound(old):
        if place in done:
            continue
        told = decisions[place]
        refuse_changed(sitting, place, row, {"until": None, **told.seen})
        if row.until == told.seen.get("until"):
            _refuse_if_not_held(sitting, place, row, day)
        of_the_end = told.becomes if told.choice is Choice.END else {}
        fill(sitting, place, row, {**of_the_end, "until": day})
    changed = [row for place, row in sitting.sound(old) if place not in done]
    for row in changed:
        row.source = sitting.source
    update(changed, {"until", "source", *kind.of_the_end})
    return len(changed)


def _refuse_if_not_held(sitting: Sitting, place: int, row: State, day: dt.date) -> None:
    if row.until is not None and row.until <= day:
        sitting.fault(place, "row", f"К {day:%d.%m.%Y} это уже закончилось", "Обновите страницу")
    elif row.since is not None and row.since >= day:
        sitting.fault(place, "row", f"Начинается только с {row.since:%d.%m.%Y}", "Обновите страницу")
    elif row.since is None and row.observed_on is not None and row.observed_on >= day:
        message = f"Подтверждено на {row.observed_on:%d.%m.%Y}, позже, чем должно закончиться"
        sitting.fault(place, "row", message, "Обновите страницу")


def _begin(sitting: Sitting, new: Sequence[State | None], done: Set[int]) -> int:
    rows = [None if place in done else row for place, row in enumerate(new)]
    pairs = [row if isinstance(row, Mentorship) else None for row in rows]
    refuse_impossible_pairs(sitting, pairs)
    refuse_contradictions(sitting, rows)
    begun = [row for _, row in sitting.sound(rows)]
    for row in begun:
        row.source = sitting.source
    insert(begun)
    return len(begun)


def _head(sitting: Sitting, decisions: Sequence[Decision]) -> int:
    for place, each in enumerate(decisions):
        if each.what is What.HEAD:
            _refuse_wrong_fields(sitting, place, each, frozenset({"head"}), frozenset())
    rows = locked(sitting, Association, [_row_of(each, What.HEAD) for each in decisions])
    wanted = {place: each.becomes.get("head") for place, each in enumerate(decisions)}
    rows = [row if row is not None and row.head_id != wanted[place] else None for place, row in enumerate(rows)]
    for place, row in sitting.sound(rows):
        refuse_changed(sitting, place, row, {"head": None, **decisions[place].seen})
        fill(sitting, place, row, {"head": wanted[place]})
    refuse_dangling(sitting, rows, ["head"])
    changed = [row for _, row in sitting.sound(rows)]
    for row in changed:
        row.source = sitting.source
    update(changed, ["head", "source"])
    return len(changed)
