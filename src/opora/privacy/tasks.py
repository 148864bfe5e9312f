"""What is done every few minutes: the logs are sealed."""

from __future__ import annotations

from procrastinate.contrib.django import app

from opora.privacy.sealing import seal


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="seal the logs")
def seal_logs(timestamp: int) -> None:
    seal()
