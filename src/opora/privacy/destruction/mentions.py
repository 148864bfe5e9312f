"""Where a surname still stands in free texts: a title of an order, a comment. Only a person can say whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.backends.utils import CursorWrapper
from django.db.models import CharField, Field, JSONField, Model, TextField

from opora.people.models import Person
from opora.privacy.concerns import about_people

_SHOWN = 10
_SHORTEST = 4
_ENDING = re.compile("(ая|яя|ий|ый|ой|[аяоеёьй])$")


@dataclass(frozen=True, slots=True)
class Mention:
    table: str
    column: str
    """Titles."""
    rows: tuple[int, ...]
    """Ids of the first of them."""
    number: int


def mentions_of(surname: str, cursor: CursorWrapper) -> Iterator[Mention]:
    """In any case of the noun. Namesakes are named by their own cards and accounts, which are not searched."""
    if not surname:
        return
    pattern = r"\m" + re.escape(_ENDING.sub("", surname) if len(surname) > _SHORTEST else surname)
    named = {Person, *(each.model for each in about_people() if _has_name(each.model))}
    for model in apps.get_models():
        if model.__module__.startswith("opora.") and model not in named:
            for field in model._meta.local_fields:
                if isinstance(field, (CharField, TextField, JSONField)) and not field.choices:
                    yield from _mentions(model, field, pattern, cursor)


def _has_name(model: type[Model]) -> bool:
    return any(field.name == "full_name" for field in model._meta.local_fields)


def _mentions(model: type[Model], field: Field[str, str], pattern: str, cursor: CursorWrapper) -> Iterator[Mention]:
    table = model._meta.db_table
    apart = " AND table_name <> ALL (ARRAY['person', 'access_user', 'access_invitation'])" if table == "trail" else ""
    cursor.execute(
        f'SELECT (array_agg("{model._meta.pk.column}" ORDER BY 1))[1:{_SHOWN}], count(*) FROM "{table}" '
        f'WHERE "{field.column}"::text ~* %s{apart}',
        [pattern],
    )
    rows, number = cursor.fetchone()
    if number:
        yield Mention(str(model._meta.verbose_name_plural), str(field.verbose_name), tuple(rows), number)
