"""Files and plans are facts about people: they do not lie about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from opora.intake.models import IntakeBatch, IntakeFile, IntakeLine, State
from opora.registry.batch.references import all_territories
from opora.registry.scope import Actor, scope

_DONE = (State.COMMITTED, State.UNDONE)


def forget(before: dt.datetime, places: Collection[int] = ()) -> None:
    """Of batches begun before, in these territories or everywhere: those that were not committed, with all that is in
    them; of the others the files and the lines that changed nothing. What was written stays, to be taken back."""
    with scope(places or all_territories(), Actor("Опора")):
        old = IntakeBatch.objects.filter(made_at__lt=before)
        old.exclude(state__in=_DONE).delete()
        IntakeFile.objects.filter(batch__in=old, content__isnull=False).update(content=None, asked=None, misread=[])
        lines = IntakeLine.objects.filter(batch__in=old)
        lines.filter(after=None).delete()
        lines.exclude(cells={}).update(cells={}, choices=[])
