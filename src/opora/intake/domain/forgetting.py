"""Files and plans are facts about people: they do not lie about."""

from __future__ import annotations

import datetime as dt

from opora.intake.models import IntakeBatch, IntakeFile, IntakeLine, State
from opora.registry.batch.references import all_territories
from opora.registry.scope import Actor, scope

_DONE = (State.COMMITTED, State.UNDONE)


def forget(before: dt.datetime) -> None:
    """Of batches begun before: those that were not committed, with all that is in them; of the others the files and
    the lines that changed nothing. What was written stays, that it can be taken back."""
    with scope(all_territories(), Actor("Опора")):
        old = IntakeBatch.objects.filter(made_at__lt=before)
        old.exclude(state__in=_DONE).delete()
        IntakeFile.objects.filter(batch__in=old, content__isnull=False).update(content=None, asked=None, misread=[])
        lines = IntakeLine.objects.filter(batch__in=old)
        lines.filter(after=None).delete()
        lines.exclude(cells={}).update(cells={}, choices=[])
