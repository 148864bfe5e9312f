"""When a person may not be destroyed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.backends.utils import CursorWrapper

from opora.indicators.periods import shifted
from opora.privacy.concerns import about_people
from opora.privacy.models.destruction import Ground
from opora.registry.models import Row
from opora.registry.verbs import Fault, Refused

KEPT_YEARS = 5
"""After the last job has ended: as the register of personal data says."""


def refuse_impossible(
    person: int, cards: Collection[int], within: Collection[int], ground: Ground, today: dt.date, cursor: CursorWrapper
) -> None:
    """Raises ``Refused``."""
    if person not in cards:
        raise _refused("Такой карточки нет", "Проверьте номер")
    cursor.execute("SELECT kept_id FROM person_merge WHERE duplicate_id = %s AND undone_at IS NULL", [person])
    if found := cursor.fetchone():
        raise _refused("Эта карточка присоединена к другой", f"Назовите ту карточку: {found[0]}")
    if _outside(cards, within, cursor):
        raise _refused(
            "О человеке есть сведения другой территории",
            "Каждая территория отвечает за свои сведения: уничтожить всё может тот, кому видны обе (регион)",
        )
    _refuse_early(cards, ground, today, cursor)


def _outside(cards: Collection[int], within: Collection[int], cursor: CursorWrapper) -> bool:
    tables = [("person", "id")] + [(each.table, each.column) for each in about_people() if issubclass(each.model, Row)]
    found = " UNION ALL ".join(
        f'SELECT 1 FROM "{table}" WHERE "{column}" = ANY (%(cards)s) AND municipality_id <> ALL (%(within)s)'
        for table, column in tables
    )
    cursor.execute(f"SELECT EXISTS ({found})", {"cards": [*cards], "within": [*within]})
    return bool(cursor.fetchone()[0])


def _refuse_early(cards: Collection[int], ground: Ground, today: dt.date, cursor: CursorWrapper) -> None:
    cursor.execute(
        "SELECT bool_or(until IS NULL OR until > %s), max(until) FROM employment "
        "WHERE person_id = ANY (%s) AND archived_at IS NULL",
        [today, [*cards]],
    )
    works, last = cursor.fetchone()
    if works and ground is not Ground.UNLAWFUL:
        raise _refused(
            "Человек работает: его данные обрабатываются по закону, пока он работает",
            "Если работа закончилась, внесите её последний день",
        )
    if ground is Ground.RETENTION and last is not None and last > shifted(today, -KEPT_YEARS, "year"):
        raise _refused(
            f"Срок хранения не истёк: работа закончилась {last:%d.%m.%Y}, а хранить нужно {KEPT_YEARS} лет",
            "Дождитесь конца срока",
        )


def _refused(message: str, mend: str) -> Refused:
    return Refused((Fault(None, "person", message, mend),))
