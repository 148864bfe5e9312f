"""What is known of the day on which a course ended."""

from __future__ import annotations

import datetime as dt

from opora.intake.words.values import Period, TrainingKind

CODES = {TrainingKind.TRAINING: "pk", TrainingKind.RETRAINING: "pp"}
"""Of kinds, in the dataset."""


def completed_on(period: Period | None) -> dt.date | None:
    """The day of the document, else the last day of the course."""
    return (period.issued or _end_of_days(period)) if period is not None else None


def year_of(period: Period | None) -> int | None:
    if period is None:
        return None
    return period.year or (period.until.year if period.until else None)


def _end_of_days(period: Period) -> dt.date | None:
    """The last day, unless the period is a whole month or a school year: its last day would be invented."""
    since, until = period.since, period.until
    if since is None or until is None or (since.day == 1 and (until + dt.timedelta(days=1)).day == 1):
        return None
    return until
