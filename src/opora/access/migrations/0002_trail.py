"""The trail of users and roles: every change, but no password, and not that somebody has signed in."""

from django.db import migrations

from opora.registry.protection import of_all_told_as, trail_function

USER = "(to_jsonb({row}) - 'last_login') || jsonb_build_object('password', left(md5({row}.password), 8))"
"""A mark of the password's hash shows that it was changed, and nothing else."""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial"), ("registry", "0002_protection")]
    operations = [
        migrations.RunSQL(trail_function("opora_trail_of_users", "NULL::bigint", USER)),
        *of_all_told_as(["access_user"], "opora_trail_of_users"),
        migrations.RunSQL(trail_function("opora_trail_of_seats", "r.territory_id")),
        *of_all_told_as(["access_grant", "access_invitation"], "opora_trail_of_seats"),
    ]
