"""What was published is read by all, written by its territory, and never changed: not even by the tables' owner."""

from django.db import migrations

from opora.registry.protection import of_municipality

FROZEN = """
CREATE POLICY told ON published_table FOR SELECT USING (true);

CREATE FUNCTION opora_published_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL
        AND to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_by' = to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_by'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'opora: a published table is not changed' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON published_table
    FOR EACH ROW EXECUTE FUNCTION opora_published_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("cycle", "0003_published_table"), ("registry", "0002_protection")]
    operations = [*of_municipality(["published_table"]), migrations.RunSQL(FROZEN)]
