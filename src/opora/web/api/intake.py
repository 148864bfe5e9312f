"""Files taken in by programs: the same plans, commits and undoing as on the pages, by the same verbs.

Reading, planning and writing are done aside; a program asks again until the batch is busy with nothing.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from django.http import Http404
from django.utils import timezone
from ninja import Body, File, Form, Query, Router, Status
from ninja.files import UploadedFile

from opora.access.models import Purpose
from opora.intake.adapters import Dropped
from opora.intake.domain import verbs
from opora.intake.models import IntakeLine
from opora.intake.plan import Answer, Fate
from opora.privacy.reading import log_reading
from opora.registry.verbs import Fault, Refused
from opora.web.api.door import Allows, Asking
from opora.web.api.intake_answers import files_told
from opora.web.api.intake_shown import batch_as_told, line_as_told, one_batch
from opora.web.api.intake_told import (
    LARGEST,
    MOST_ANSWERS,
    FileAnswer,
    LineAnswer,
    Lines,
    OneBatch,
    ToldBatch,
)
from opora.web.api.told import Refusal, Tag, Trouble
from opora.web.intake.reach import batch_of, batches, towns

intake = Router(auth=Allows(Purpose.INTAKE), tags=[Tag.INTAKE])
_ABSENT = {404: Trouble}
_REFUSED = {404: Trouble, 409: Refusal}
_ACCEPTED = {202: OneBatch} | _REFUSED
_NOT_YET = "Этот день ещё не наступил"
Limit = Annotated[int, Query(ge=1, le=1_000, description="Сколько за раз")]
Answers = Annotated[list[LineAnswer], Body(max_length=MOST_ANSWERS)]
FileAnswers = Annotated[list[FileAnswer], Body(max_length=verbs.MOST_FILES)]


@intake.get("/intake", response=list[ToldBatch], summary="Приёмы, последние сверху")
def listed(request: Asking, limit: Limit = 100) -> list[ToldBatch]:
    return [batch_as_told(kept) for kept in batches(request.standing)[:limit]]


@intake.post("/intake", response=_ACCEPTED, summary="Дать файлы: они будут прочитаны и сверены с реестром")
def start(
    request: Asking,
    files: Annotated[list[UploadedFile], File(min_length=1, description="До 50 файлов, вместе до 30 МБ")],
    town: Annotated[int, Form(description="Чьи сведения: номер муниципалитета")],
    on: Annotated[
        dt.date, Form(default_factory=timezone.localdate, description="День, на который они верны; без него — сегодня")
    ],
) -> Status[OneBatch]:
    if town not in towns(request.standing):
        raise Http404("В этом муниципалитете вы файлы не принимаете")
    if on > timezone.localdate():
        raise Refused((Fault(None, "on", _NOT_YET, "Назовите день не позже сегодняшнего"),))
    dropped = [Dropped(each.name or "файл", each.read()) for each in files]
    begun = verbs.start(dropped, on=on, municipality=town, by=request.standing.actor)
    return _accepted(request, begun.pk)


@intake.get("/intake/{int:pk}", response={200: OneBatch} | _ABSENT, summary="Один приём: файлы, счёт строк, показатели")
def one(request: Asking, pk: int) -> OneBatch:
    return one_batch(batch_of(request.standing, pk))


@intake.delete("/intake/{int:pk}", response={204: None} | _REFUSED, summary="Забыть приём, который не внесён")
def drop(request: Asking, pk: int) -> Status[None]:
    kept = batch_of(request.standing, pk)
    verbs.drop(kept.pk, municipality=kept.municipality_id, by=request.standing.actor)
    return Status(204, None)


@intake.post("/intake/{int:pk}/files", response=_ACCEPTED, summary="Сказать о файлах; пустой список — прочитать заново")
def tell(request: Asking, pk: int, answers: FileAnswers) -> Status[OneBatch]:
    kept = batch_of(request.standing, pk)
    told = files_told(kept, answers)
    verbs.tell(kept.pk, told, municipality=kept.municipality_id, by=request.standing.actor)
    return _accepted(request, pk)


@intake.get("/intake/{int:pk}/lines", response={200: Lines} | _ABSENT, summary="Строки приёма по порядку номеров")
def lines(
    request: Asking,
    pk: int,
    fate: Annotated[Fate | None, Query(description="Только с этим исходом")] = None,
    after: Annotated[int, Query(ge=-1, le=LARGEST, description="Номер последней уже полученной")] = -1,
    limit: Limit = 200,
) -> Lines:
    kept = batch_of(request.standing, pk)
    asked = kept.lines.filter(number__gt=after).exclude(fate=None)
    asked = asked.filter(fate=fate) if fate else asked
    found = list(asked.select_related("file").defer("file__content", "before", "after").order_by("number")[: limit + 1])
    page = found[:limit]
    _log(request, page)
    return Lines(lines=[line_as_told(line) for line in page], next=page[-1].number if len(found) > limit else None)


@intake.post(
    "/intake/{int:pk}/answers",
    response=_ACCEPTED,
    summary="Решить о строках; пустой список — сверить с реестром заново",
)
def settle(request: Asking, pk: int, answers: Answers) -> Status[OneBatch]:
    kept = batch_of(request.standing, pk)
    told = {each.line: Answer(each.say, each.row) if each.say else None for each in answers}
    verbs.settle(kept.pk, told, municipality=kept.municipality_id, by=request.standing.actor)
    return _accepted(request, pk)


@intake.post("/intake/{int:pk}/commit", response=_ACCEPTED, summary="Внести ровно то, что показано")
def commit(request: Asking, pk: int) -> Status[OneBatch]:
    kept = batch_of(request.standing, pk)
    verbs.ask_commit(kept.pk, municipality=kept.municipality_id, by=request.standing.actor)
    return _accepted(request, pk)


@intake.post("/intake/{int:pk}/undo", response=_ACCEPTED, summary="Взять внесённое назад")
def undo(request: Asking, pk: int) -> Status[OneBatch]:
    kept = batch_of(request.standing, pk)
    verbs.ask_undo(kept.pk, municipality=kept.municipality_id, by=request.standing.actor)
    return _accepted(request, pk)


def _accepted(request: Asking, pk: int) -> Status[OneBatch]:
    return Status(202, one_batch(batch_of(request.standing, pk)))


def _log(request: Asking, page: list[IntakeLine]) -> None:
    people = {line.person_id for line in page if line.person_id}
    log_reading(people, by=request.standing.actor, what="приём сведений для программы", own=request.user.person_id)
