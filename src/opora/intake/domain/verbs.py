"""What people do with files: each verb changes the row of the batch, and what follows is done aside (``work``)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial

from django.db import transaction

from opora.intake.adapters import Dropped, FileTold
from opora.intake.domain.as_json import answer_as_json, storable
from opora.intake.models import Busy, IntakeBatch, IntakeFile, IntakeMapping, State
from opora.intake.plan import Answer
from opora.intake.queue import queue
from opora.registry.scope import Actor
from opora.registry.verbs import Fault, Refused, Sitting, sitting

MOST_FILES, MOST_BYTES = 50, 30_000_000
"""At once, and of all together."""
_BUSY = "С этим приёмом сейчас что-то делается"
_LATER = "Подождите, пока это закончится"
_SEE_NUMBERS = "Посмотрите номера строк этого приёма"


def start(files: Sequence[Dropped], *, on: dt.date, municipality: int, by: Actor) -> IntakeBatch:
    """``on``: the day for which the files hold, where they do not say it. Nothing is read yet."""
    with sitting(municipality, by, "приём файлов") as s:
        _refuse_sizes(s, files)
        s.refuse_faults()
        batch = IntakeBatch.objects.create(
            municipality_id=municipality, title=_title(files), on=on, made_by=by.user, busy=Busy.READING,
            busy_for=asdict(by),
        )  # fmt: skip
        told = FileTold(on=on).to_json()
        IntakeFile.objects.bulk_create(
            IntakeFile(
                municipality_id=municipality,
                batch=batch,
                number=number,
                name=storable(file.name),
                size=len(file.content),
                content=file.content,
                told=told,
            )
            for number, file in enumerate(files)
        )
        _queue(batch)
    return batch


def tell(batch: int, told: Mapping[int, FileTold], *, municipality: int, by: Actor) -> None:
    """What files left open, by their numbers; all are read anew, with nothing told too. Mappings are kept for
    files of the same shape."""
    with _changing(batch, municipality, by, (State.ASKING, State.PLANNED, State.FAILED), Busy.READING) as kept:
        for file in kept.files.filter(number__in=told).defer("content"):
            file.told = told[file.number].to_json()
            file.save(update_fields=["told"])
        for each in told.values():
            for shape, mapping in each.mappings.items():
                IntakeMapping.objects.update_or_create(
                    municipality_id=municipality, shape=shape, defaults={"mapping": json.loads(mapping.to_json())}
                )


def settle(batch: int, answers: Mapping[int, Answer | None], *, municipality: int, by: Actor) -> None:
    """Answers by the numbers of lines; None takes an answer back. With none at all the batch is only looked at anew."""
    with _changing(batch, municipality, by, (State.PLANNED,), Busy.PLANNING) as kept:
        lines = list(kept.lines.filter(number__in=answers))
        _refuse_absent(sorted(set(answers) - {line.number for line in lines}))
        for line in lines:
            answer = answers[line.number]
            line.answer = None if answer is None else answer_as_json(answer)
        kept.lines.bulk_update(lines, ["answer"])


def ask_commit(batch: int, *, municipality: int, by: Actor) -> None:
    with _changing(batch, municipality, by, (State.PLANNED,), Busy.COMMITTING):
        pass


def ask_undo(batch: int, *, municipality: int, by: Actor) -> None:
    with _changing(batch, municipality, by, (State.COMMITTED,), Busy.UNDOING):
        pass


def drop(batch: int, *, municipality: int, by: Actor) -> None:
    """Of what was not committed nothing stays."""
    with sitting(municipality, by, "удаление приёма") as s:
        kept = IntakeBatch.objects.select_for_update().filter(pk=batch).first()
        if kept is None or kept.state in (State.COMMITTED, State.UNDONE):
            s.fault(None, "", "Удалить можно только то, что не внесено", "Внесённое можно отменить")
            s.refuse_faults()
        else:
            kept.delete()


@contextmanager
def _changing(
    batch: int, municipality: int, by: Actor, states: Sequence[State], busy: Busy
) -> Iterator[IntakeBatch]:  # fmt: skip
    with sitting(municipality, by, "приём сведений") as s:
        kept = IntakeBatch.objects.select_for_update().filter(pk=batch).first()
        if kept is None:
            raise Refused((Fault(None, "", "Такого приёма нет", "Обновите страницу"),))
        if kept.busy != Busy.NO:
            s.fault(None, "", _BUSY, _LATER)
        elif kept.state not in states:
            s.fault(None, "", f"Этот приём уже {State(kept.state).label}", "Обновите страницу")
        s.refuse_faults()
        yield kept
        kept.busy, kept.busy_for, kept.failure, kept.refused = busy, asdict(by), "", []
        kept.save(update_fields=["busy", "busy_for", "failure", "refused"])
        _queue(kept)


def _refuse_absent(numbers: Sequence[int]) -> None:
    if numbers:
        raise Refused(
            tuple(Fault(number, "", f"Строки {number} в этом приёме нет", _SEE_NUMBERS) for number in numbers)
        )


def _queue(batch: IntakeBatch) -> None:
    transaction.on_commit(partial(queue, batch.pk, batch.municipality_id), robust=True)


def _title(files: Sequence[Dropped]) -> str:
    rest = f" и ещё {len(files) - 1}" if len(files) > 1 else ""
    return storable(files[0].name) + rest


def _refuse_sizes(sitting: Sitting, files: Sequence[Dropped]) -> None:
    if not files:
        sitting.fault(None, "dropped", "Не выбрано ни одного файла", "Выберите файлы")
    if len(files) > MOST_FILES:
        message = f"Файлов {len(files)}, а за один раз принимается не больше {MOST_FILES}"
        sitting.fault(None, "dropped", message, "Дайте их в несколько приёмов")
    size = sum(len(file.content) for file in files)
    if size > MOST_BYTES:
        message = f"Файлы вместе занимают {size // 1_000_000} МБ, а принимается не больше {MOST_BYTES // 1_000_000}"
        sitting.fault(None, "dropped", message, "Дайте их в несколько приёмов")
    for number, file in enumerate(files):
        if not file.content:
            sitting.fault(number, "dropped", f"Файл «{file.name}» пуст", "Проверьте, тот ли это файл")
