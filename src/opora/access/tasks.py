"""What is done every night: traces of signing in that nobody needs any more are deleted."""

from __future__ import annotations

import datetime as dt

from axes.models import AccessAttempt, AccessLog
from django.core.management import call_command
from django.utils import timezone
from procrastinate.contrib.django import app

KEPT = dt.timedelta(days=180)
"""How long it is known who signed in from where: long enough to look into what has happened."""


@app.periodic(cron="17 0 * * *")
@app.task(queueing_lock="forget old sign-ins")
def forget_old_sign_ins(timestamp: int) -> None:
    call_command("clearsessions", verbosity=0)
    for model in (AccessAttempt, AccessLog):
        model.objects.filter(attempt_time__lt=timezone.now() - KEPT).delete()
