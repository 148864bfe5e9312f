"""Row-level security and the trail of a table, as SQL for its migration.

Migrations are history: what they call here is never changed once released; a new way gets a new function.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.special import RunSQL

from opora.registry.folding import folded_sql

OWN = "municipality_id = ANY ((SELECT opora_scope())::bigint[])"
"""The row is of the scope. In a sub-select the scope is read once a query, not once a row."""
SHARED = "municipality_id = ANY ((SELECT opora_readable())::bigint[])"
"""The row is of the scope, or of a region or country above it."""
EMPLOYED = """id IN (
    SELECT person_id FROM employment WHERE archived_at IS NULL
        AND municipality_id = ANY ((SELECT opora_scope())::bigint[])
)"""
"""The person has a job in the scope."""
EMPLOYED_OR_OWN = f"""{OWN} OR EXISTS (
    SELECT FROM employment e WHERE e.person_id = person.id AND e.archived_at IS NULL
        AND e.municipality_id = ANY ((SELECT opora_scope())::bigint[])
)"""
"""She is kept in the scope or has a job in it; of one person by index: ``EMPLOYED`` reads all the jobs of the scope,
whoever is asked for. Of most people the first half is true, and no job is looked for."""
FOLDED = "_folded"
"""Ends the names of columns that the database keeps for searching: the same text in small letters, ё as е."""
_FOLDED_COLUMNS = ("last_name", "first_name", "patronymic", "topic", "title", "number")
_WITHOUT_FOLDED = f"(to_jsonb({{row}}) - ARRAY[{', '.join(repr(one + FOLDED) for one in _FOLDED_COLUMNS)}])"

SCOPE_FUNCTIONS = """
CREATE FUNCTION opora_scope() RETURNS bigint[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE given text := current_setting('opora.municipalities', true);
BEGIN
    IF given IS NULL OR given = '' THEN
        RAISE EXCEPTION 'opora: a query without a scope' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN given::bigint[];
END $$;

CREATE FUNCTION opora_readable() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    WITH RECURSIVE above AS (
        SELECT id, parent_id FROM public.territory WHERE id = ANY (public.opora_scope())
        UNION
        SELECT t.id, t.parent_id FROM public.territory t JOIN above ON t.id = above.parent_id
    )
    SELECT coalesce(array_agg(id), '{}') FROM above
$$;
"""

SCOPE_BY_RANGE = """
CREATE OR REPLACE FUNCTION opora_scope() RETURNS bigint[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE given text := current_setting('opora.municipalities', true);
BEGIN
    IF given IS NULL OR given = '' THEN
        RAISE EXCEPTION 'opora: a query without a scope' USING ERRCODE = 'insufficient_privilege';
    ELSIF given LIKE '[%' THEN
        RETURN ARRAY(SELECT generate_series(lower(r), upper(r) - 1) FROM (SELECT given::int8range) AS told(r));
    END IF;
    RETURN given::bigint[];
END $$;
"""
"""A scope may be told as a range, too: pg_dump can be given one only with the first packet of its connection, which
PostgreSQL takes up to 10,000 bytes of, and the numbers of all municipalities of a country are more."""


def without_folded(row: str) -> str:
    """SQL: a row as JSON, without what follows from the rest of it."""
    return _WITHOUT_FOLDED.format(row=row)


def trail_function(name: str, municipality: str, told: str = "to_jsonb({row})") -> str:
    """A trigger function that writes what a statement has done; ``municipality`` is its column of ``r``, or NULL;
    ``told`` is what the trail may know of a row, as JSON.

    It runs as the owner: the application itself may not write into the trail.
    """
    old, new = told.format(row="o"), told.format(row="r")
    return f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE who jsonb := nullif(current_setting('opora.actor', true), '')::jsonb;
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO trail (table_name, row_id, municipality_id, action, actor, database_role)
        SELECT TG_TABLE_NAME, r.id, {municipality}::bigint, 'insert', who, session_user FROM new_rows r;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO trail (table_name, row_id, municipality_id, action, actor, database_role, changes)
        SELECT TG_TABLE_NAME, r.id, {municipality}::bigint, 'delete', who, session_user, {new} FROM old_rows r;
    ELSE
        -- A full join, that a row whose id was changed is told as one that went and one that came.
        INSERT INTO trail (table_name, row_id, municipality_id, action, actor, database_role, changes)
        SELECT TG_TABLE_NAME, r.id, {municipality}::bigint, 'update', who, session_user, d.changes
        FROM old_rows o JOIN new_rows r ON r.id = o.id CROSS JOIN LATERAL (
            SELECT jsonb_object_agg(key, jsonb_build_array(b.value, a.value)) AS changes
            FROM jsonb_each({old}) b JOIN jsonb_each({new}) a USING (key)
            WHERE a.value IS DISTINCT FROM b.value
        ) d WHERE d.changes IS NOT NULL
        UNION ALL
        SELECT TG_TABLE_NAME, r.id, {municipality}::bigint, 'delete', who, session_user, {new}
        FROM old_rows r WHERE NOT EXISTS (SELECT FROM new_rows n WHERE n.id = r.id)
        UNION ALL
        SELECT TG_TABLE_NAME, r.id, {municipality}::bigint, 'insert', who, session_user, {new}
        FROM new_rows r WHERE NOT EXISTS (SELECT FROM old_rows o WHERE o.id = r.id);
    END IF;
    RETURN NULL;
END $$;
"""


TRAIL_WITHOUT_FOLDED = trail_function("opora_trail", "r.municipality_id", _WITHOUT_FOLDED).replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
"""What is kept for searching follows from the rest: the trail says nothing twice."""

TRAIL_FUNCTIONS = trail_function("opora_trail", "r.municipality_id") + trail_function(
    "opora_trail_of_all", "NULL::bigint"
)


WITH_MOMENTS = """
ALTER TABLE {table} ADD COLUMN moment bigint NOT NULL
    DEFAULT (0::bigint << 48) + pg_current_xact_id()::text::bigint;
CREATE INDEX {table}_moment ON {table} USING brin (moment) WITH (autosummarize = on);
"""
"""Rows of a log know in which transaction they came: the sealer takes those of transactions that are over. Above the
number of the transaction stands that of the cluster (``opora.privacy.sealing.open_era``): a restored database counts
its transactions anew."""

OF_OWNERS_LOG = """
CREATE POLICY whole ON {table} FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY erased ON {table} FOR UPDATE TO CURRENT_USER USING (true) WITH CHECK ({payload} IS NULL);
"""
"""The owner of a log sees all of it, to seal it, and may erase what a row tells of a person, but not rewrite it."""


def of_municipality(tables: Iterable[str]) -> list[Operation]:
    """Tables of which only the rows of the scope can be seen and written."""
    return [RunSQL(_secured(table) + _trailed(table, "opora_trail")) for table in tables]


def of_municipality_told_as(tables: Iterable[str], function: str) -> list[Operation]:
    """The same, with a function of their own (``trail_function``) that tells their changes."""
    return [RunSQL(_secured(table) + _trailed(table, function)) for table in tables]


def of_municipality_untold(tables: Iterable[str]) -> list[Operation]:
    """The same, of which the trail tells nothing: drafts, of which it tells what becomes of them."""
    return [RunSQL(_secured(table)) for table in tables]


def of_municipality_and_above(tables: Iterable[str]) -> list[Operation]:
    """Reference tables: rows of a region and of the country are seen by their municipalities."""
    return [RunSQL(_secured(table) + _seen(table, SHARED) + _trailed(table, "opora_trail")) for table in tables]


def of_people() -> list[Operation]:
    """A person is written by who entered her, and seen wherever she has a job."""
    return [RunSQL(_secured("person") + _seen("person", EMPLOYED) + _trailed("person", "opora_trail"))]


def people_by_index() -> list[Operation]:
    """The policy of ``of_people`` anew, so that one person is seen without reading all jobs."""
    return [RunSQL(f"ALTER POLICY seen ON person USING ({EMPLOYED_OR_OWN});")]


def folded(table: str, columns: Iterable[str]) -> list[Operation]:
    """Beside each column the same folded for searching (``web/search``), which no index could help: under row-level
    security only leakproof operators may use one. Django's models do not know of it, so that nothing else reads it."""
    added = ", ".join(
        f"ADD COLUMN {one}{FOLDED} text GENERATED ALWAYS AS ({folded_sql(one)}) STORED" for one in columns
    )
    return [RunSQL(f'ALTER TABLE "{table}" {added};')]


def of_all(tables: Iterable[str]) -> list[Operation]:
    """Tables that everybody sees."""
    return [RunSQL(_trailed(table, "opora_trail_of_all")) for table in tables]


def of_all_told_as(tables: Iterable[str], function: str) -> list[Operation]:
    """Tables that everybody sees, with a function of their own (``trail_function``) that tells their changes."""
    return [RunSQL(_trailed(table, function)) for table in tables]


def of_the_trail() -> str:
    """The owner adds to it, through the triggers; the application reads its scope; nobody has a policy to change it."""
    return f"""
ALTER TABLE trail ENABLE ROW LEVEL SECURITY;
ALTER TABLE trail FORCE ROW LEVEL SECURITY;
CREATE POLICY added ON trail FOR INSERT TO CURRENT_USER WITH CHECK (true);
CREATE POLICY own ON trail FOR SELECT USING (municipality_id IS NULL OR {OWN});
"""


def _secured(table: str) -> str:
    """Forced, that the owner of the table is held too."""
    return f"""
ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON "{table}" USING ({OWN}) WITH CHECK ({OWN});
"""


def _seen(table: str, condition: str) -> str:
    return f'CREATE POLICY seen ON "{table}" FOR SELECT USING ({condition});\n'


def _trailed(table: str, function: str) -> str:
    """One trigger a statement, whatever the number of its rows."""
    new, old = "NEW TABLE AS new_rows", "OLD TABLE AS old_rows"
    return "".join(
        f'CREATE TRIGGER trail_{event.lower()} AFTER {event} ON "{table}" REFERENCING {rows} '
        f"FOR EACH STATEMENT EXECUTE FUNCTION {function}();\n"
        for event, rows in (("INSERT", new), ("UPDATE", f"{old} {new}"), ("DELETE", old))
    )
