"""Whose figures of the form are seen by whom, and the trail."""

from django.db import migrations

from opora.registry.protection import of_municipality


class Migration(migrations.Migration):
    dependencies = [("cycle", "0005_form_figure"), ("registry", "0002_protection")]
    operations = of_municipality(["form_figure"])
