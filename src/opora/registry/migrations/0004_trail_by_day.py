"""The trail is asked by the day: its rows lie in the order in which they were written, so a small index does."""

from django.db import migrations

BY_DAY = "CREATE INDEX trail_at ON trail USING brin (at) WITH (pages_per_range = 32)"


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_moments")]
    operations = [migrations.RunSQL(BY_DAY, "DROP INDEX trail_at")]
