"""What is done every night: what was kept for speed alone, and nobody has asked for lately, goes."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from procrastinate.contrib.django import app

from opora.snapshot.kept import forget_snapshots
from opora.snapshot.values import forget_opened, forget_values

SNAPSHOTS = dt.timedelta(days=3)
"""They are facts about people, lying outside the database."""
VALUES = dt.timedelta(days=35)
"""Pages ask for today, so those of a day are soon asked for no more."""
OPENED = dt.timedelta(days=3)
"""They name people."""


@app.periodic(cron="41 0 * * *")
@app.task(queueing_lock="forget what was kept")
def forget_what_was_kept(timestamp: int) -> None:
    now = timezone.now()
    forget_snapshots(now - SNAPSHOTS)
    forget_values(now - VALUES)
    forget_opened(now - OPENED)
