"""Counts that are made aside: each question is in the queue once, whoever asks it and however often."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job

from opora.cycle.domain.programme import programme_of
from opora.cycle.models import ProgrammeVersion
from opora.indicators.periods import Period
from opora.people.models import Territory
from opora.programmes.faults import ProgrammeFaults
from opora.registry.scope import Actor, scope
from opora.snapshot.models import KeptValues
from opora.snapshot.opened import fresh_lists
from opora.snapshot.questions import Question, scope_of
from opora.snapshot.trouble import Dangling
from opora.snapshot.values import fresh_values

OPORA = Actor("Опора")
_AGAIN = (5, 30)
"""Seconds before a count that came to nothing is tried once more."""
_SOON, _SOME_TIME = 10, 0
"""Priorities: somebody waits for it, or nobody."""
UNSOUND = "Посчитать не удалось: в тексте программы есть ошибки, их покажет страница программы"
_log = logging.getLogger("opora.cycle.queue")


@dataclass(frozen=True)
class Asking:
    """A question about a version of a programme that the registry keeps; ``code``: that indicator is to be opened."""

    version: ProgrammeVersion
    place: Territory
    on: dt.date
    period: Period | None = None
    by: tuple[str, ...] = ()
    code: str = ""

    @cached_property
    def question(self) -> Question:
        programme, text = programme_of(self.version), self.version.digest
        return Question(programme, self.place.key, self.on, self.period, self.by, self.code, text)

    @property
    def told(self) -> dict[str, Any]:
        """To the job. All may read it: numbers, and nothing that names anybody."""
        return {
            "version": self.version.pk,
            "kept_by": self.version.municipality_id,
            "place": self.place.pk,
            "on": self.on.isoformat(),
            "period": self.period and [self.period.start.isoformat(), self.period.months],
            "by": list(self.by),
            "code": self.code,
        }


def sound(version: ProgrammeVersion) -> bool:
    """Whether this Opora, too, takes the text: an older one has."""
    try:
        programme_of(version)
    except ProgrammeFaults:
        return False
    return True


def ask(asking: Asking) -> None:
    """After the current transaction: neither does a page wait for another one's, nor a job begin too early."""
    transaction.on_commit(partial(queue, asking), robust=True)


def queue(asking: Asking, *, soon: bool = True) -> None:
    """Now, unless the same is waiting in the queue already."""
    with scope_of(asking.question, OPORA) as place:
        KeptValues.objects.update_or_create(
            municipality=place,
            question=asking.question.digest,
            defaults={"asked_at": timezone.now(), "failed_at": None, "failure": ""},
        )
        try:
            with transaction.atomic():
                job = count.configure(queueing_lock=asking.question.digest, priority=_SOON if soon else _SOME_TIME)
                job.defer(**asking.told)
        except AlreadyEnqueued:
            pass


class _Retry(BaseRetryStrategy):
    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        return None if _is_last(exception, job) else RetryDecision(retry_in={"seconds": _AGAIN[job.attempts]})


@app.task(pass_context=True, retry=_Retry())
def count(context: JobContext, /, **told: Any) -> None:
    """Counts what is not fresh any more. That it came to nothing is kept for the pages, and logged."""
    asking = _asking(told)
    try:
        (fresh_lists if asking.code else fresh_values)(asking.question, OPORA)
    except Exception as error:
        last = _is_last(error, context.job)
        _log.exception("a count has failed", extra={"question": told, "attempt": context.job.attempts, "last": last})
        if last:
            _settle(asking, failed_at=timezone.now(), failure=in_words(error))
        raise
    _settle(asking)


def in_words(error: Exception) -> str:
    """For a page, in Russian. What an unknown error says is for the log alone: it may hold data."""
    if isinstance(error, ProgrammeFaults):
        return UNSOUND
    if isinstance(error, Dangling):
        return f"Посчитать не удалось. {error}"
    return "Посчитать не удалось. Что помешало, записано в журнале сервера; Опора попробует снова"


def _is_last(error: BaseException, job: Job) -> bool:
    return isinstance(error, ProgrammeFaults | Dangling) or job.attempts >= len(_AGAIN)


def _asking(told: dict[str, Any]) -> Asking:
    with scope([told["kept_by"]], OPORA):
        version = ProgrammeVersion.objects.get(pk=told["version"])
    period = Period(dt.date.fromisoformat(told["period"][0]), told["period"][1]) if told["period"] else None
    place = Territory.objects.get(pk=told["place"])
    return Asking(version, place, dt.date.fromisoformat(told["on"]), period, tuple(told["by"]), told["code"])


def _settle(asking: Asking, **told: Any) -> None:
    """Nobody waits for it any more."""
    with scope_of(asking.question, OPORA) as place:
        row = KeptValues.objects.filter(municipality=place, question=asking.question.digest)
        row.update(asked_at=None, **told)
