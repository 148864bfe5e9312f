"""Whose rows are seen by whom, and the trail."""

from django.db import migrations

from opora.registry.protection import of_all, of_municipality, of_municipality_and_above, of_people


class Migration(migrations.Migration):
    dependencies = [("people", "0004_responsibility"), ("registry", "0002_protection")]
    operations = [
        *of_municipality(
            [
                "organisation",
                "organisation_status",
                "employment",
                "leave",
                "teaching",
                "experience",
                "staffing",
                "vacancy",
                "education",
                "attestation",
                "team",
                "team_member",
                "responsibility",
                "expert_role",
            ]
        ),
        *of_municipality_and_above(["profile_match"]),
        *of_people(),
        *of_all(["territory"]),
    ]
