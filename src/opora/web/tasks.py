"""What the queue does for itself: jobs that have ended are forgotten, those of a worker that has died are done anew."""

from __future__ import annotations

import logging

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

_log = logging.getLogger("opora.web.tasks")
HOURS = 30 * 24
"""Long enough to see what has failed."""


@app.periodic(cron="53 0 * * *")
@app.task(queueing_lock="forget old jobs", pass_context=True)
async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
    await context.app.job_manager.delete_old_jobs(nb_hours=HOURS, include_failed=True, include_aborted=True)


TRIES = 3
"""So often a job is begun again whose worker has died in the middle: it may be the job that kills."""


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry stalled jobs", pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """A worker that was killed leaves its job as if it were still being done."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        if job.attempts < TRIES and await _begun_again(manager, job):
            continue
        _log.error("a job is given up: its worker has died", extra={"job": job.id, "task": job.task_name})
        await manager.finish_job(job, Status.FAILED, delete_job=False)


async def _begun_again(manager: JobManager, job: Job) -> bool:
    """Unless somebody has asked for the same meanwhile: then that one is done."""
    try:
        await manager.retry_job(job)
    except UniqueViolation:
        return False
    return True
