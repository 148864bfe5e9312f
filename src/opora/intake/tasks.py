"""What is done with files aside, because a page must not wait for it; and what is forgotten."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from procrastinate.contrib.django import app

from opora.intake.domain.forgetting import forget
from opora.intake.domain.work import carry_out
from opora.intake.queue import TASK

KEPT = dt.timedelta(days=30)
"""So long lies what was not committed, and the files of what was: they are facts about people."""


@app.task(name=TASK)
def do_what_is_asked(batch: int, municipality: int) -> None:
    carry_out(batch, municipality)


@app.periodic(cron="27 0 * * *")
@app.task(queueing_lock="forget intakes")
def forget_intakes(timestamp: int) -> None:
    forget(timezone.now() - KEPT)
