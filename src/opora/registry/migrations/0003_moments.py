"""The trail knows in which transaction each row came, for the sealer; and rows that speak of a person are found."""

from django.db import migrations

from opora.registry.protection import OF_OWNERS_LOG, WITH_MOMENTS

FOUND_BY_CONTENT = "CREATE INDEX trail_changes ON trail USING gin (changes jsonb_path_ops) WHERE changes IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_protection")]
    operations = [
        migrations.RunSQL(WITH_MOMENTS.format(table="trail")),
        migrations.RunSQL(OF_OWNERS_LOG.format(table="trail", payload="changes")),
        migrations.RunSQL(FOUND_BY_CONTENT),
    ]
