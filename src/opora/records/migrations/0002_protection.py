"""Whose rows are seen by whom, and the trail."""

from django.db import migrations

from opora.registry.protection import of_municipality


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial"), ("registry", "0002_protection")]
    operations = [
        *of_municipality(
            [
                "document",
                "collection",
                "card_answer",
                "survey_result",
                "measure",
                "execution",
                "recommendation",
                "circular",
                "acknowledgement",
                "visit",
                "assessment_result",
                "coverage",
            ]
        ),
    ]
