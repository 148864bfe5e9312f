"""Batches that wait for something to be done with them: each is in the queue once."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

_SOON = 20
"""Somebody waits for it."""
TASK = "opora.intake.carry_out"


def queue(batch: int, municipality: int) -> None:
    try:
        with transaction.atomic():
            job = app.configure_task(TASK, queueing_lock=f"intake {batch}", priority=_SOON)
            job.defer(batch=batch, municipality=municipality)
    except AlreadyEnqueued:
        pass
