"""Documents are found quickly."""

from django.db import migrations

from opora.registry.protection import folded


class Migration(migrations.Migration):
    dependencies = [("records", "0002_protection"), ("people", "0007_search")]
    operations = [*folded("document", ["topic", "title", "number"])]
