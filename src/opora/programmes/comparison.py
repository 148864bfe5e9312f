"""What a new version of a programme changes in its indicators."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from opora.indicators.formula.normal import version
from opora.programmes.compute import bound_indicators
from opora.programmes.model import Indicator, Programme


class Difference(StrEnum):
    """In Russian, as a reader is told."""

    ADDED = "новый"
    REMOVED = "больше нет"
    FORMULA = "изменена формула"
    TARGET = "изменена цель"
    TITLE = "изменено название"


@dataclass(frozen=True, slots=True)
class Change:
    """An indicator that is not what it was; by its code it is known again."""

    code: str
    title: str
    differences: tuple[Difference, ...]
    before: str = ""
    """Version of the formula; empty where there was no such indicator."""
    after: str = ""
    title_before: str = ""
    target_before: str = ""
    """In Russian, as ``target_after``; both empty where the target is the same."""
    target_after: str = ""


def compared(new: Programme, old: Programme) -> tuple[Change, ...]:
    """In the order of the new programme; what is there no more comes last. Both are sound."""
    before, after = formula_versions(old), formula_versions(new)
    former = {indicator.code: indicator for indicator in old.indicators}
    changes = []
    for one in new.indicators:
        known = former.get(one.code)
        if known is None:
            changes.append(Change(one.code, one.title, (Difference.ADDED,), after=after[one.code]))
        elif told := _change(one, known, before[one.code], after[one.code]):
            changes.append(told)
    gone = [one for one in old.indicators if one.code not in after]
    return (*changes, *(Change(one.code, one.title, (Difference.REMOVED,), before=before[one.code]) for one in gone))


def formula_versions(programme: Programme) -> dict[str, str]:
    """By the code of the indicator."""
    return {one.indicator.code: version(one.formula) for one in bound_indicators(programme)}


def _change(new: Indicator, old: Indicator, before: str, after: str) -> Change | None:
    retitled, aimed = new.title != old.title, new.target != old.target
    found = {Difference.FORMULA: before != after, Difference.TARGET: aimed, Difference.TITLE: retitled}
    differences = tuple(each for each, differs in found.items() if differs)
    if not differences:
        return None
    return Change(
        new.code,
        new.title,
        differences,
        before,
        after,
        title_before=old.title if retitled else "",
        target_before=old.target.words if aimed else "",
        target_after=new.target.words if aimed else "",
    )
