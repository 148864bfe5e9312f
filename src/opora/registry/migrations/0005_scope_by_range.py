"""All territories are told to the database in a few letters, however many there are."""

from django.db import migrations

from opora.registry.protection import SCOPE_BY_RANGE


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_trail_by_day")]
    operations = [migrations.RunSQL(SCOPE_BY_RANGE)]
