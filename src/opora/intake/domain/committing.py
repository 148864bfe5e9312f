"""What was shown is what is written: in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.utils import timezone

from opora.indicators.dataset.faults import DatasetFault
from opora.indicators.dataset.store import Dataset
from opora.intake.domain.kept import Kept, kept_in
from opora.intake.domain.moved import moved
from opora.intake.domain.planned import Town, planned
from opora.intake.domain.rows import Rows
from opora.intake.domain.writing import Writing
from opora.intake.models import Busy, IntakeBatch, State
from opora.intake.plan import Fate, Plan
from opora.registry.models import Source
from opora.registry.protection import without_folded
from opora.registry.scope import Actor
from opora.registry.verbs import Fault, Refused, Sitting, hold_off_loads, sitting
from opora.snapshot.copying import quoted
from opora.snapshot.reading import own_connection
from opora.snapshot.refusals import conflicts
from opora.snapshot.tables import places

_NOT_PLANNED = "Этот приём уже внесён, отменён или ещё не готов к просмотру"
_NOTHING = "Вносить нечего: ни одна строка не новая и ни одна не изменится"


def commit(batch: int, *, municipality: int, by: Actor) -> None:
    """Writes the plan as it was shown. Raises ``Refused``, and then nothing is written: each fault has the number of a
    line of the batch, or none if it is of the batch as a whole.

    The plan is made once more from the same answers and the registry as it is now, while nobody else can write: it is
    written if it does the same.
    """
    town = Town.of(municipality)
    with sitting(municipality, by, "приём сведений") as s:
        hold_off_loads([municipality])
        kept_batch = IntakeBatch.objects.select_for_update().get(pk=batch)
        if kept_batch.state != State.PLANNED:
            raise Refused((Fault(None, "", _NOT_PLANNED, "Обновите страницу"),))
        kept, rows = kept_in(kept_batch), Rows(own=[municipality])
        dataset = _snapshot_beside(town, by)
        plan = planned(kept.readings, kept.answers, town, dataset, rows)
        _refuse_moved(s, kept, plan)
        _write(kept_batch, plan, rows)
        _refuse_conflicts(dataset, kept_batch)
        _settle(kept_batch, by)


def _snapshot_beside(town: Town, by: Actor) -> Dataset:
    """By another connection: a snapshot is a transaction of its own. What it sees is what we see, for we have written
    nothing and nobody else can."""

    def taken() -> Dataset:
        with own_connection():
            return town.snapshot(by)

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(taken).result()


def _refuse_moved(sitting: Sitting, kept: Kept, plan: Plan) -> None:
    sitting.faults.extend(moved(kept, plan))
    if not any(line.fate in (Fate.NEW, Fate.CHANGED) for line in kept.plan.lines):
        sitting.fault(None, "", _NOTHING)
    sitting.refuse_faults()


def _write(batch: IntakeBatch, plan: Plan, rows: Rows) -> None:
    batch.source = Source.objects.create(municipality_id=batch.municipality_id, kind="intake", title=batch.title)
    writing = Writing(plan, rows, batch.municipality_id, batch.source.pk)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        _tell_rows(batch, writing)
        _remember(batch, writing.ids, "before")
        writing.run()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _remember(batch, writing.ids, "after")
        _tell_people(batch, writing.ids)


def _tell_rows(batch: IntakeBatch, writing: Writing) -> None:
    """Which row each line has become."""
    told = [(table, key, pk) for table, ids in writing.ids.items() for key, pk in ids.items()]
    columns = [list(column) for column in zip(*told, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE intake_line l SET row_id = w.id "
            "FROM unnest(%s::text[], %s::text[], %s::bigint[]) w (name, key, id) "
            "WHERE l.batch_id = %s AND l.fate = ANY (%s) AND l.table_name = w.name AND l.row = w.key",
            [*columns, batch.pk, [Fate.NEW.value, Fate.CHANGED.value]],
        )


def _remember(batch: IntakeBatch, tables: Iterable[str], column: str) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                f"UPDATE intake_line l SET {column} = {without_folded('t')} FROM {quoted(table)} t "
                "WHERE l.batch_id = %s AND l.fate = ANY (%s) AND l.table_name = %s AND t.id = l.row_id",
                [batch.pk, [Fate.NEW.value, Fate.CHANGED.value], table],
            )


def _tell_people(batch: IntakeBatch, tables: Collection[str]) -> None:
    """Of lines that made somebody new, and of all that is about her: they go when she does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE intake_line SET person_id = row_id WHERE batch_id = %s AND table_name = 'person' "
            "AND after IS NOT NULL AND person_id IS NULL",
            [batch.pk],
        )
        for table, column in _naming_people(tables):
            cursor.execute(
                f"UPDATE intake_line l SET person_id = t.{quoted(column)} FROM {quoted(table)} t WHERE l.batch_id = %s "
                "AND l.table_name = %s AND l.after IS NOT NULL AND l.person_id IS NULL AND t.id = l.row_id",
                [batch.pk, table],
            )


def _naming_people(tables: Collection[str]) -> list[tuple[str, str]]:
    return [(name, column) for name in tables for column, ref in places()[name].refs.items() if ref.to == "person"]


def _refuse_conflicts(dataset: Dataset, batch: IntakeBatch) -> None:
    faults = conflicts(dataset.origins, (batch.municipality_id,))
    if faults:
        raise Refused(tuple(_fault(each, batch) for each in faults))


def _fault(fault: DatasetFault, batch: IntakeBatch) -> Fault:
    rows = places()[fault.table].model._default_manager.filter(key=fault.key, municipality_id=batch.municipality_id)
    lines = batch.lines.filter(table_name=fault.table, row_id__in=rows.values("pk"), after__isnull=False)
    return Fault(lines.values_list("number", flat=True).first(), "", fault.message, fault.how_to_mend)


def _settle(batch: IntakeBatch, by: Actor) -> None:
    batch.state, batch.busy, batch.refused = State.COMMITTED, Busy.NO, []
    batch.committed_at, batch.committed_by = timezone.now(), by.user
    batch.save()
