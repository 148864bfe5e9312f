"""Scope and trail: the functions, and the tables of the registry itself."""

from django.db import migrations

from opora.registry.protection import SCOPE_FUNCTIONS, TRAIL_FUNCTIONS, of_municipality, of_the_trail


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [
        migrations.RunSQL(SCOPE_FUNCTIONS),
        migrations.RunSQL(TRAIL_FUNCTIONS),
        migrations.RunSQL(of_the_trail()),
        *of_municipality(["source"]),
    ]
