"""What verbs have in common: rows checked by the declarations of the dataset, and written a batch at a time."""

from opora.indicators.dataset.cells import Value
from opora.registry.batch.archive import archive, bring_back
from opora.registry.batch.beside import dated_by, follow_date, referred, refuse_above, refuse_value
from opora.registry.batch.changing import (
    Correction,
    Ending,
    changed_fields,
    correct,
    corrected,
    end,
    ended,
    locked,
    rewrite,
)
from opora.registry.batch.entering import blank, copied, enter, fill, prepared, refuse_unfilled, write
from opora.registry.batch.overlaps import overlapping, refuse_overlaps
from opora.registry.batch.parts import Parts, parts_of, write_parts
from opora.registry.batch.references import refuse_dangling
from opora.registry.batch.succession import succeeded, write_ends

__all__ = [
    "Correction",
    "Ending",
    "Parts",
    "Value",
    "archive",
    "blank",
    "bring_back",
    "changed_fields",
    "copied",
    "correct",
    "corrected",
    "dated_by",
    "end",
    "ended",
    "enter",
    "fill",
    "follow_date",
    "locked",
    "overlapping",
    "parts_of",
    "prepared",
    "referred",
    "refuse_above",
    "refuse_dangling",
    "refuse_overlaps",
    "refuse_unfilled",
    "refuse_value",
    "rewrite",
    "succeeded",
    "write",
    "write_ends",
    "write_parts",
]
