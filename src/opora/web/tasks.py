"""What is done every night: jobs that have ended are forgotten."""

from __future__ import annotations

from procrastinate import JobContext
from procrastinate.contrib.django import app

HOURS = 30 * 24
"""Long enough to see what has failed."""


@app.periodic(cron="53 0 * * *")
@app.task(queueing_lock="forget old jobs", pass_context=True)
async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
    await context.app.job_manager.delete_old_jobs(nb_hours=HOURS, include_failed=True, include_aborted=True)
