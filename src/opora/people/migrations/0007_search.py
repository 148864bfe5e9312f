"""People are seen and found quickly."""

from django.db import migrations

from opora.registry.protection import TRAIL_WITHOUT_FOLDED, folded, people_by_index


class Migration(migrations.Migration):
    dependencies = [("people", "0006_merge"), ("registry", "0004_trail_by_day")]
    operations = [
        migrations.RunSQL(TRAIL_WITHOUT_FOLDED),
        *people_by_index(),
        *folded("person", ["last_name", "first_name", "patronymic"]),
    ]
