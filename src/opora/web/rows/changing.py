"""Rows are changed by who keeps them: what she may not write, or could not write any more afterwards, is refused."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from django.db import transaction

from opora.access.keeping import kept_by
from opora.access.seeing import Standing
from opora.indicators.dataset.cells import Value
from opora.registry.batch import Correction, archive, bring_back
from opora.registry.models import Row
from opora.registry.verbs import Fault, Refused
from opora.web.rows.kept import Kept


def add(kept: Kept, values: Mapping[str, Value], *, municipality: int, standing: Standing) -> Row:
    (row,) = _within(
        kept, standing, lambda: [kept.add(values, municipality=municipality, by=standing.actor)], _NOT_HERS
    )
    return row


def add_together(
    kept: Kept, told: Sequence[Mapping[str, Value]], *, municipality: int, standing: Standing
) -> Sequence[Row]:
    """All or none. A fault is told by its place among these."""
    return _within(
        kept, standing, lambda: kept.add_together(told, municipality=municipality, by=standing.actor), _NOT_HERS
    )


def correct(kept: Kept, corrections: Sequence[Correction], *, municipality: int, standing: Standing) -> None:
    _refuse_foreign(kept, [each.row for each in corrections], standing)
    _within(
        kept,
        standing,
        lambda: kept.change(corrections, municipality=municipality, by=standing.actor),
        _GIVEN_AWAY,
    )


def correct_everywhere(kept: Kept, corrections: Sequence[Correction], rows: Sequence[Row], standing: Standing) -> None:
    """All or nothing, in whichever municipalities these rows are kept. Raises ``Refusal``."""
    places = {row.pk: row.municipality_id for row in rows}
    by_place: defaultdict[int, list[Correction]] = defaultdict(list)
    for each in corrections:
        by_place[places[each.row]].append(each)
    with transaction.atomic():
        for municipality, some in by_place.items():
            try:
                correct(kept, some, municipality=municipality, standing=standing)
            except Refused as refused:
                raise Refusal(refused, [each.row for each in some]) from refused


class Refusal(Exception):
    """``rows``: ids, by their places in the batch."""

    def __init__(self, refused: Refused, rows: Sequence[int]) -> None:
        super().__init__(str(refused))
        self.refused, self.rows = refused, rows


def end(kept: Kept, rows: Sequence[int], until: dt.date, *, municipality: int, standing: Standing) -> None:
    """Nothing is asked afterwards: who has left a school is no longer of the school, and that is as it should be."""
    _refuse_foreign(kept, rows, standing)
    kept.finish(rows, until, municipality=municipality, by=standing.actor)


def move(kept: Kept, rows: Sequence[int], *, back: bool, municipality: int, standing: Standing) -> None:
    """To the archive, or back from it."""
    _refuse_foreign(kept, rows, standing)
    verb = bring_back if back else archive
    verb(kept.model, rows, municipality=municipality, by=standing.actor)


_NOT_HERS = "Такую строку вы вести не можете: она не о вашей организации", "Выберите свою организацию или её работника"
_GIVEN_AWAY = "После такой правки строка была бы уже не вашей", "Верните организацию или человека, о которых она"


def _refuse_foreign(kept: Kept, rows: Sequence[int], standing: Standing) -> None:
    if len(set(rows)) != _hers(kept, rows, standing):
        raise Refused((Fault(None, "", "Такой строки нет, или её ведёт кто-то другой", "Обновите страницу"),))


def _hers(kept: Kept, rows: Sequence[int], standing: Standing) -> int:
    return kept_by(standing, kept.model).filter(pk__in=rows).count()


def _within(kept: Kept, standing: Standing, verb: Callable[[], Sequence[Row]], words: tuple[str, str]) -> Sequence[Row]:
    """All or nothing."""
    with transaction.atomic():
        rows = verb()
        if len(rows) != _hers(kept, [row.pk for row in rows], standing):
            raise Refused((Fault(None, "", *words),))
        return rows
