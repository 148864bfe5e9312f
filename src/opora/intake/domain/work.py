"""What is done with a batch aside: whatever its row says that is to be done."""

from __future__ import annotations

import logging
from collections.abc import Callable

from opora.intake.domain.committing import commit
from opora.intake.domain.planned import Town
from opora.intake.domain.steps import plan, read
from opora.intake.domain.undoing import undo
from opora.intake.models import Busy, IntakeBatch, State
from opora.registry.locks import one_at_a_time
from opora.registry.scope import Actor, scope
from opora.registry.verbs import Fault, Refused
from opora.snapshot.trouble import Dangling

_FAILED = "Не получилось. Что помешало, записано в журнале сервера; попробуйте ещё раз или обратитесь к администратору"
_log = logging.getLogger("opora.intake")


def carry_out(batch: int, municipality: int) -> None:
    """Until nothing is to be done with it: by a worker or by a command, whoever comes second finds it done.

    That it came to nothing is kept for its page; what nobody could foresee is raised, too."""
    system = Actor("Опора")
    with one_at_a_time(f"opora intake {batch}"):
        while True:
            with scope([municipality], system):
                kept = IntakeBatch.objects.filter(pk=batch).first()
            if kept is None or kept.busy == Busy.NO:
                return
            _do(kept, Actor(**kept.busy_for) if kept.busy_for else system)


def _do(kept: IntakeBatch, by: Actor) -> None:
    town = Town.of(kept.municipality_id)
    steps: dict[str, Callable[[], object]] = {
        Busy.READING: lambda: read(kept.pk, town, by),
        Busy.PLANNING: lambda: plan(kept.pk, town, by),
        Busy.COMMITTING: lambda: commit(kept.pk, municipality=town.id, by=by),
        Busy.UNDOING: lambda: undo(kept.pk, municipality=town.id, by=by),
    }
    try:
        steps[kept.busy]()
    except Refused as refused:
        _settle(kept, by, refused=[_told(each, kept) for each in refused.faults])
    except Dangling as dangling:
        _settle(kept, by, failure=str(dangling), state=_fallen(kept))
    except Exception:  # whatever it is, somebody waits before the page of the batch, and it is raised again
        _log.exception("a step of an intake has failed", extra={"batch": kept.pk, "step": kept.busy})
        _settle(kept, by, failure=_FAILED, state=_fallen(kept))
        raise


def _fallen(kept: IntakeBatch) -> str:
    return State.FAILED if kept.busy in (Busy.READING, Busy.PLANNING) else kept.state


def _settle(kept: IntakeBatch, by: Actor, **told: object) -> None:
    with scope([kept.municipality_id], by):
        IntakeBatch.objects.filter(pk=kept.pk).update(busy=Busy.NO, **told)


def _told(fault: Fault, kept: IntakeBatch) -> dict[str, object]:
    return {"line": fault.row, "message": fault.message, "mend": fault.mend}
