"""What was taken in is its municipality's; the trail tells who did what with a batch, and nothing that names people."""

from django.db import migrations

from opora.registry.protection import of_municipality, of_municipality_told_as, of_municipality_untold, trail_function

BATCH = "to_jsonb({row}) - ARRAY['title', 'numbers', 'refused', 'failure', 'done', 'busy_for']"
"""Not the names of files, which may be surnames."""
FILE = "jsonb_build_object('batch_id', {row}.batch_id, 'number', {row}.number, 'size', {row}.size)"


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial"), ("snapshot", "0002_protection")]
    operations = [
        migrations.RunSQL(trail_function("opora_trail_of_intake", "r.municipality_id", BATCH)),
        migrations.RunSQL(trail_function("opora_trail_of_intake_file", "r.municipality_id", FILE)),
        *of_municipality_told_as(["intake_batch"], "opora_trail_of_intake"),
        *of_municipality_told_as(["intake_file"], "opora_trail_of_intake_file"),
        *of_municipality(["intake_mapping"]),
        *of_municipality_untold(["intake_line"]),
    ]
