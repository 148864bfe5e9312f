"""What is done with a batch aside: each step is a transaction of its own, so that it can be seen and begun again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import F

from opora.access.territories import above
from opora.intake.adapters import Asked, Dropped, FileTold, adapter_of
from opora.intake.adapters.base import mapping_of
from opora.intake.domain.as_json import misread_as_json
from opora.intake.domain.kept import keep_lines, keep_plan, kept_in
from opora.intake.domain.numbers import numbers, programmes
from opora.intake.domain.planned import Town, planned
from opora.intake.domain.rows import Rows
from opora.intake.models import Busy, IntakeBatch, IntakeFile, IntakeMapping, State
from opora.intake.reading import Misread, Place, Reading
from opora.people.models import Organisation
from opora.registry.scope import Actor, scope

_UNKNOWN = Misread(
    Place(""),
    "Это не страница сайта и не таблица",
    "Дайте сохранённую страницу (.html), книгу Excel (.xlsx, .xls, .ods) или таблицу CSV",
)


def read(batch: int, town: Town, by: Actor) -> bool:
    """Looks into the files; reads them if nothing is open about any of them. Tells whether it has."""
    with scope([town.id], by):
        files = list(IntakeFile.objects.filter(batch=batch).defer("content").order_by("number"))
        schools = list(Organisation.objects.filter(archived_at=None).order_by("title").values_list("key", "title"))
        IntakeBatch.objects.filter(pk=batch).update(total=2 * len(files), done=0)
    asked = [_ask(file, schools, town, by) for file in files]
    if any(asked):
        with scope([town.id], by):
            IntakeBatch.objects.filter(pk=batch).update(state=State.ASKING, busy=Busy.NO)
        return False
    readings = [_reading(file, town, by) for file in files]
    with scope([town.id], by):
        keep_lines(IntakeBatch.objects.get(pk=batch), files, readings)
        IntakeBatch.objects.filter(pk=batch).update(busy=Busy.PLANNING)
    return True


def _ask(file: IntakeFile, schools: Sequence[tuple[str, str]], town: Town, by: Actor) -> bool:
    """Whether something must be told of the file before it can be read."""
    dropped = _dropped(file, town, by)
    adapter = adapter_of(dropped)
    if adapter is None:
        file.adapter, file.asked = "", Asked().to_json()
        _keep(file, ["adapter", "asked"], town, by)
        return False
    told = _told(file, town, by)
    asked = adapter.asks(dropped, told, schools)
    if asked.organisation and asked.organisations and asked.organisations[0].sure:
        asked = replace(asked, organisation=False)
        file.told = {**file.told, "organisation_key": asked.organisations[0].key}
    file.adapter, file.asked = adapter.code, asked.to_json()
    _keep(file, ["adapter", "asked", "told"], town, by)
    return not asked.settled


def _reading(file: IntakeFile, town: Town, by: Actor) -> Reading:
    dropped = _dropped(file, town, by)
    adapter = adapter_of(dropped)
    reading = Reading(misread=(_unknown(file),)) if adapter is None else adapter.read(dropped, _told(file, town, by))
    file.misread = [misread_as_json(each) for each in reading.misread]
    _keep(file, ["misread"], town, by)
    return reading


def _unknown(file: IntakeFile) -> Misread:
    return Misread(Place(file.name), _UNKNOWN.message, _UNKNOWN.mend)


def _dropped(file: IntakeFile, town: Town, by: Actor) -> Dropped:
    with scope([town.id], by):
        kept = IntakeFile.objects.only("content").get(pk=file.pk)
    return Dropped(file.name, bytes(kept.content or b""))


def _told(file: IntakeFile, town: Town, by: Actor) -> FileTold:
    """With what was told of earlier files of the same shapes."""
    with scope([town.id], by):
        known = {each.shape: mapping_of(each.mapping) for each in IntakeMapping.objects.all()}
    return FileTold.from_json(file.told).with_mappings(known)


def _keep(file: IntakeFile, columns: list[str], town: Town, by: Actor) -> None:
    with scope([town.id], by):
        file.save(update_fields=columns)
        IntakeBatch.objects.filter(pk=file.batch_id).update(done=F("done") + 1)


def plan(batch: int, town: Town, by: Actor) -> None:
    """Holds the lines against the registry, and counts which numbers will move."""
    dataset = town.snapshot(by)
    with scope([town.id], by):
        kept_batch = IntakeBatch.objects.get(pk=batch)
        kept, rows = kept_in(kept_batch), Rows(own=[town.id])
        made = planned(kept.readings, kept.answers, town, dataset, rows)
        keep_plan(kept_batch, kept.numbers, made, rows)
        kept_batch.state, kept_batch.busy, kept_batch.refused = State.PLANNED, Busy.NO, []
        kept_batch.numbers, kept_batch.failure = None, ""
        kept_batch.save()
    with scope(above([town.id])[town.id], by):
        versions = programmes(town)
    moved = numbers(made, dataset, town, versions)
    with scope([town.id], by):
        IntakeBatch.objects.filter(pk=batch, state=State.PLANNED).update(numbers=moved)
