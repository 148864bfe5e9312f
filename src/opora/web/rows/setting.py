"""One column set in many rows, after a look at what stands in each and what would stand there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import QueryDict
from django.utils.safestring import SafeString

from opora.access.keeping import kept_by
from opora.access.seeing import Standing
from opora.indicators.dataset.cells import Value
from opora.indicators.dataset.schema import Column
from opora.registry.batch import Correction
from opora.registry.batch.columns import value_of
from opora.registry.batch.words import shown as written
from opora.web.layout.cells import shown
from opora.web.lists.listing import LISTS
from opora.web.refusals import words_of
from opora.web.rows import changing
from opora.web.rows.choosing import name_of, targets_of
from opora.web.rows.form import RowForm, seen_value
from opora.web.rows.kept import Kept

MOST = 200
"""Rows that are changed at once."""
_NAMES = {"last_name", "first_name", "patronymic"}


@dataclass
class Line:
    pk: int
    name: str
    now: Value
    was: SafeString
    faults: list[str] = field(default_factory=list)


def settable(kept: Kept) -> dict[str, Column]:
    """Whom a row is about, and what she is called, is not the same for many."""
    return {name: column for name, column in kept.columns.items() if column.to != "person" and name not in _NAMES}


class Setting:
    """Of the rows that were picked, those that she keeps. ``sent``: what the page has sent back."""

    def __init__(
        self, kept: Kept, name: str, picked: Sequence[int], standing: Standing, sent: QueryDict | None = None
    ) -> None:
        self.kept, self.name, self.column, self.standing = kept, name, kept.columns[name], standing
        every = targets_of(kept.model, standing)
        self.target = every.get(name)
        self.form = RowForm({name: self.column}, {} if self.target is None else {name: self.target}, sent)
        self.sent = sent or QueryDict()
        self.faults: list[str] = []
        hers = kept_by(standing, kept.model).filter(archived_at__isnull=True, pk__in=list(picked)[:MOST])
        self.rows: list[Any] = list(hers.select_related(*LISTS[kept.name].refs).order_by("pk"))

    @cached_property
    def lines(self) -> list[Line]:
        """What each is called and has."""
        listing = LISTS[self.kept.name]
        now = {row.pk: value_of(row, self.name) for row in self.rows}
        listing.shown(self.rows, self.standing)
        # What a list leaves out of its columns may be set too: the day on which it was known to be so.
        of = {column.name: column.of for column in listing.columns(self.standing)}.get(self.name, attrgetter(self.name))
        return [Line(row.pk, name_of(row), now[row.pk], shown(of(row))) for row in self.rows]

    @property
    def value(self) -> Value:
        return self.form.typed[self.name]

    @property
    def becomes(self) -> str:
        """In words; empty while it is not known."""
        if not self.form.is_bound or not self.form.is_valid():
            return ""
        option = self.target.option(str(self.value)) if self.target is not None and self.value is not None else None
        return option.title if option else written(self.column, self.value)

    @property
    def typed(self) -> str:
        return str(self.sent.get(self.name, ""))

    @property
    def changes(self) -> int:
        return sum(line.now != self.value for line in self.lines)

    @property
    def carried(self) -> str:
        """What was seen, through the page."""
        return json.dumps({line.pk: line.now for line in self.lines}, cls=DjangoJSONEncoder)

    def look_up(self) -> None:
        """Nothing is judged yet."""
        self.form = self.form.looked_up()

    def done(self) -> int | None:
        """How many are changed: in all rows, or in none. None: to be looked at (again)."""
        if not self.form.is_valid() or self._closed():
            return None
        seen = self._seen()
        if seen is None or self.sent.get("act") != "save" or self.sent.get("previewed") != self.typed:
            return None
        others = [row for row in self.rows if seen[row.pk] != self.value]
        told = [
            Correction(row=row.pk, seen={self.name: seen[row.pk]}, becomes={self.name: self.value}) for row in others
        ]
        try:
            changing.correct_everywhere(self.kept, told, others, self.standing)
        except changing.Refusal as refusal:
            self._tell(refusal)
            return None
        return len(others)

    def _closed(self) -> bool:
        """Some lead where she may not look: nobody replaces what she does not see."""
        led = {line.now for line in self.lines} - {None} if self.target is not None else set()
        if self.target is None or not led:
            return False
        seen = set(self.target.rows.filter(pk__in=led).values_list("pk", flat=True))
        hidden = [line for line in self.lines if line.now is not None and line.now not in seen]
        for line in hidden:
            line.faults.append("То, на что указывает строка, вам не видно или в архиве: снимите галочку")
        return bool(hidden)

    def _seen(self) -> dict[int, Value] | None:
        """None if what came back is not of these rows."""
        try:
            told = json.loads(self.sent.get("seen", ""))
            return {row.pk: seen_value(self.column, told[str(row.pk)]) for row in self.rows}
        except (TypeError, ValueError, KeyError):
            return None

    def _tell(self, refusal: changing.Refusal) -> None:
        by_row = {line.pk: line for line in self.lines}
        for fault in refusal.refused.faults:
            if fault.row is None:
                self.faults.append(words_of(fault))
            else:
                by_row[refusal.rows[fault.row]].faults.append(words_of(fault))
