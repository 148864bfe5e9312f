"""Where a batch stands, and what its lines come to, in words."""

from __future__ import annotations

from dataclasses import dataclass

from opora.intake.models import Busy, IntakeBatch, State
from opora.intake.plan import Fate
from opora.papers.words import counted
from opora.web.layout.cells import Badge

_TONES = {
    State.READING: "info",
    State.ASKING: "warn",
    State.PLANNED: "info",
    State.COMMITTED: "good",
    State.UNDONE: "plain",
    State.FAILED: "bad",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """Lines of one fate, or those that somebody has answered."""

    code: str
    title: str
    meaning: str


KINDS = (
    Kind(Fate.UNSURE, "Под вопросом", "Опора сама не решит. Пока вы не ответите, эти строки не вносятся."),
    Kind(Fate.WAITING, "Ждут ответа", "Ссылаются на строку, которая под вопросом: решится вместе с ней."),
    Kind(Fate.WRONG, "Ошибки", "Внести нельзя: причина у каждой. Исправьте в файле или в реестре."),
    Kind(Fate.NEW, "Новые", "Таких строк в реестре нет, они появятся."),
    Kind(Fate.CHANGED, "Изменятся", "Строки есть, в них станет так, как в файле."),
    Kind(Fate.UNCHANGED, "Без изменений", "В реестре уже так."),
    Kind(Fate.LEFT_OUT, "Не вносятся", "Так решили вы."),
)
ANSWERED = Kind("answered", "С вашим ответом", "Ответ можно взять назад: строка снова станет под вопросом.")


def badge_of(batch: IntakeBatch) -> Badge:
    if batch.busy != Busy.NO:
        return Badge(Busy(batch.busy).label, "info")
    state = State(batch.state)
    return Badge(state.label, _TONES[state])


def effect_of(batch: IntakeBatch) -> str:
    """Of what was written: «новых 12, изменённых 3; сдвинулись 4 показателя»."""
    if batch.state != State.COMMITTED:
        return ""
    new, changed = (batch.counts.get(fate, 0) for fate in (Fate.NEW, Fate.CHANGED))
    moved = moved_count(batch)
    numbers = f"; изменилось: {counted(moved, 'показатель', 'показателя', 'показателей')}" if moved else ""
    return f"новых {new}, изменённых {changed}{numbers}"


def moved_count(batch: IntakeBatch) -> int:
    return sum(len(each["moved"]) for each in batch.numbers or [])
