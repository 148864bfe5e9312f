"""Kept values are their municipality's; what has changed is told to whoever reads it."""

from django.db import migrations

ERA = """
CREATE FUNCTION opora_era() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce((
        SELECT number FROM seal_era WHERE system = (SELECT system_identifier::text FROM pg_control_system())
        ORDER BY number DESC LIMIT 1
    ), -1)::bigint
$$;
"""
# In sub-selects the scope is read once, and not once for each of the millions of rows of a load.
# As the owner, because rows above the scope, and of persons who were entered elsewhere, are in no one's own trail. It
# tells the names of tables and nothing else.
CHANGED = """
CREATE FUNCTION opora_changed(era bigint, seen pg_snapshot) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT t.table_name FROM trail t
    WHERE t.moment >= (era << 48) + pg_snapshot_xmin(seen)::text::bigint
        AND NOT (t.moment >> 48 = era
                 AND pg_visible_in_snapshot((t.moment & ((1::bigint << 48) - 1))::text::xid8, seen))
        AND (t.municipality_id IS NULL OR t.municipality_id = ANY ((SELECT opora_readable())::bigint[])
             OR t.table_name = 'person' AND t.row_id IN (
                 SELECT person_id FROM employment WHERE municipality_id = ANY ((SELECT opora_scope())::bigint[])))
$$;
"""
OWN = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON {table}
    USING (municipality_id = ANY ((SELECT opora_scope())::bigint[]))
    WITH CHECK (municipality_id = ANY ((SELECT opora_scope())::bigint[]));
"""
KEPT = "".join(OWN.format(table=table) for table in ("kept_values", "kept_indicator", "kept_thing"))


class Migration(migrations.Migration):
    dependencies = [("snapshot", "0001_initial"), ("privacy", "0002_logs"), ("people", "0005_protection")]
    operations = [migrations.RunSQL(ERA + CHANGED + KEPT)]
