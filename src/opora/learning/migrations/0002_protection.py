"""Whose rows are seen by whom, and the trail."""

from django.db import migrations

from opora.registry.protection import of_municipality, of_municipality_and_above


class Migration(migrations.Migration):
    dependencies = [("learning", "0001_initial"), ("registry", "0002_protection")]
    operations = [
        *of_municipality(
            [
                "diagnostic_result",
                "deficit",
                "route",
                "route_step",
                "support",
                "training_plan",
                "training_request",
                "training",
                "mentorship",
                "adaptation",
            ]
        ),
        *of_municipality_and_above(["instrument", "training_programme"]),
    ]
