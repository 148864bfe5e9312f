"""Whose programmes are seen by whom, and the trail."""

from django.db import migrations

from opora.registry.protection import of_municipality_and_above


class Migration(migrations.Migration):
    dependencies = [("cycle", "0001_initial"), ("registry", "0002_protection")]
    operations = of_municipality_and_above(["programme_version", "programme_term"])
