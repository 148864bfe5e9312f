"""Whose rows are seen by whom, and the trail."""

from django.db import migrations

from opora.registry.protection import of_municipality, of_municipality_and_above


class Migration(migrations.Migration):
    dependencies = [("community", "0003_project"), ("registry", "0002_protection")]
    operations = [
        *of_municipality(
            [
                "association",
                "membership",
                "meeting",
                "attendance",
                "methodical_theme",
                "event",
                "participation",
                "contest_entry",
                "presentation",
                "publication",
                "material",
                "practice",
                "project",
                "project_participant",
                "innovation_site",
            ]
        ),
        *of_municipality_and_above(["contest"]),
    ]
