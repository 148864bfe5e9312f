"""She is taken out of the rows that stay; then the others go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth import get_user_model
from django.db.backends.utils import CursorWrapper

from opora.privacy.destruction.closure import NAMELESS, Closure
from opora.registry.batch.references import Reference

_HERS_TOO = {"mentorship.mentee": ("consent", "result")}
"""What a row tells of her besides, where the nameless card takes her place."""
_SIGN_INS = (AccessAttempt, AccessFailureLog, AccessLog)
"""They name an account by its address."""


def take_out(closure: Closure, cursor: CursorWrapper) -> Mapping[str, int]:
    """How many rows stay without her, by table."""
    done: Counter[str] = Counter()
    for each, rows in closure.emptied.items():
        cursor.execute(f'UPDATE "{each.table}" SET "{each.column}" = NULL WHERE id = ANY (%s)', [[*rows]])
        done[each.table] += cursor.rowcount
    for each, rows in closure.nameless.items():
        _put_nobody(each, list(rows), cursor)
        done[each.table] += cursor.rowcount
    _close(list(closure.accounts), cursor)
    done[get_user_model()._meta.db_table] += cursor.rowcount
    return {table: number for table, number in sorted(done.items()) if number}


def delete(closure: Closure, cursor: CursorWrapper) -> Mapping[str, int]:
    """How many rows went, by table. What refers to what is looked at when all are gone."""
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    done = {}
    for model, rows in closure.deleted.items():
        if rows:
            cursor.execute(
                f'DELETE FROM "{model._meta.db_table}" WHERE "{model._meta.pk.column}" = ANY (%s)', [[*rows]]
            )
            done[model._meta.db_table] = cursor.rowcount
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return dict(sorted(done.items()))


def _put_nobody(reference: Reference, rows: list[int | str], cursor: CursorWrapper) -> None:
    """All who were destroyed share one card in a municipality, so that rows cannot be put together by it."""
    cursor.execute(
        f"INSERT INTO person (key, municipality_id) SELECT DISTINCT %(key)s, municipality_id "
        f'FROM "{reference.table}" r WHERE id = ANY (%(rows)s) AND NOT EXISTS '
        f"(SELECT FROM person p WHERE p.key = %(key)s AND p.municipality_id = r.municipality_id)",
        {"key": NAMELESS, "rows": rows},
    )
    told = _HERS_TOO.get(f"{reference.table}.{reference.field}", ())
    sets = ", ".join([f'"{reference.column}" = p.id', *(f'"{column}" = NULL' for column in told)])
    cursor.execute(
        f'UPDATE "{reference.table}" r SET {sets} FROM person p '
        f"WHERE r.id = ANY (%s) AND p.key = %s AND p.municipality_id = r.municipality_id",
        [rows, NAMELESS],
    )


def _close(accounts: list[int | str], cursor: CursorWrapper) -> None:
    """The account stays, because the trail speaks of it by its number; nobody signs in with it any more."""
    users = get_user_model()._meta.db_table
    for model in _SIGN_INS:
        cursor.execute(
            f'DELETE FROM "{model._meta.db_table}" WHERE lower(username) IN '
            f'(SELECT email FROM "{users}" WHERE id = ANY (%s))',
            [accounts],
        )
    cursor.execute(
        "DELETE FROM django_session WHERE session_key IN "
        "(SELECT session_key FROM usersessions_usersession WHERE user_id = ANY (%s))",
        [accounts],
    )
    cursor.execute(
        f"UPDATE \"{users}\" SET full_name = 'сведения уничтожены', email = 'u' || id || '@destroyed.invalid', "
        f"password = '!', last_login = NULL, is_active = false, person_id = NULL WHERE id = ANY (%s)",
        [accounts],
    )
