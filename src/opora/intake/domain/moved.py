"""What has moved between a preview and its commit."""

from __future__ import annotations

from collections.abc import Iterable

from opora.indicators.dataset.tables import STORED
from opora.intake.domain.kept import Kept
from opora.intake.plan import Change, Fate, Plan, Planned
from opora.registry.batch.words import shown
from opora.registry.verbs import Fault

_MEND = "Посмотрите на приём заново: он будет сверен с тем, что в реестре теперь"
_NOW = {
    Fate.NEW: "теперь такой строки нет, и она стала бы новой",
    Fate.CHANGED: "теперь она изменилась бы иначе",
    Fate.UNCHANGED: "в реестре уже так",
    Fate.UNSURE: "теперь под вопросом",
    Fate.WAITING: "теперь ждёт ответа по другой строке",
    Fate.WRONG: "теперь внести нельзя",
    Fate.LEFT_OUT: "теперь не вносится",
}


def moved(kept: Kept, now: Plan) -> list[Fault]:
    """Of each line that would now be written otherwise than it was shown, what has become of it."""
    shown_then = {(one.reading, one.line.name): one for one in kept.plan.lines}
    pairs = ((shown_then.get((one.reading, one.line.name)), one) for one in now.lines)
    return [
        Fault(kept.numbers[one.reading, one.line.name], "", _told(then, one), _MEND)
        for then, one in pairs
        if then is None or _effect(then) != _effect(one)
    ]


def _effect(planned: Planned) -> object:
    if planned.fate not in (Fate.NEW, Fate.CHANGED):
        return None
    return planned.fate, planned.row, [(each.column, each.was, each.becomes) for each in planned.changes]


def _told(then: Planned | None, now: Planned) -> str:
    title = STORED[now.line.table].words.one
    if then is not None and then.fate is now.fate is Fate.CHANGED and then.row == now.row:
        return f"{title}: {'; '.join(_values(then.changes, now.changes, now.line.table))}"
    reason = f" ({now.reason})" if now.reason else ""
    return f"{title}: {_NOW[now.fate]}{reason}"


def _values(then: Iterable[Change], now: Iterable[Change], table: str) -> Iterable[str]:
    was, is_now = ({each.column: each for each in changes} for changes in (then, now))
    for name in dict.fromkeys((*was, *is_now)):
        column = STORED[table].column(name)
        one, other = was.get(name), is_now.get(name)
        if column is None or (one and other and (one.was, one.becomes) == (other.was, other.becomes)):
            continue
        if other is None:
            yield f"«{column.title}» уже так"
        else:
            seen = shown(column, one.was) if one else "так же, как в файле"
            yield f"«{column.title}»: было {seen}, теперь {shown(column, other.was)}"
