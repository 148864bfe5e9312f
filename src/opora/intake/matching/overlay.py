"""The dataset as it will be when a plan is carried out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from opora.indicators.dataset.arrow import arrow_schema
from opora.indicators.dataset.store import Dataset
from opora.indicators.dataset.tables import STORED
from opora.intake.plan import Fate, Plan, Planned


def carried_out(plan: Plan, dataset: Dataset, municipality: str) -> Dataset:
    """What is unsure or wrong changes nothing. ``municipality``: key of the one that enters what is new."""
    sure: defaultdict[str, list[Planned]] = defaultdict(list)
    for planned in plan.lines:
        if planned.fate in (Fate.NEW, Fate.CHANGED):
            sure[planned.line.table].append(planned)
    tables = {name: _with(dataset.table(name), name, each, municipality) for name, each in sure.items()}
    files = {name: path for name, path in dataset.files.items() if name not in tables}
    return replace(dataset, sources={**dataset.sources, **tables}, files=files)


def _with(table: pa.Table, name: str, planned: list[Planned], municipality: str) -> pa.Table:
    keys = pa.array({one.row for one in planned}, table.schema.field("id").type)
    touched = pc.is_in(table["id"], value_set=keys)
    rows = {row["id"]: row for row in table.filter(touched).to_pylist()}
    home = {"municipality": municipality} if STORED[name].column("municipality") else {}
    for one in planned:
        row = rows.setdefault(one.row, {"id": one.row, **home})
        row.update({change.column: change.becomes for change in one.changes})
    schema = arrow_schema(STORED[name])
    untouched = table.filter(pc.invert(touched)).select(schema.names).cast(schema)
    return pa.concat_tables([untouched, pa.Table.from_pylist(list(rows.values()), schema=schema)])
