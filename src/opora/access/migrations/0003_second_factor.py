"""Since when a user has a second factor, kept by the database itself, so that the trail of users tells of it."""

from django.db import migrations, models

KEPT = """
CREATE FUNCTION opora_second_factor() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE access_user u SET second_factor_since = (
        SELECT min(a.created_at) FROM mfa_authenticator a WHERE a.user_id = u.id AND a.type = 'totp'
    ) WHERE u.id = coalesce(NEW.user_id, OLD.user_id);
    RETURN NULL;
END $$;
CREATE TRIGGER second_factor AFTER INSERT OR DELETE ON mfa_authenticator
    FOR EACH ROW EXECUTE FUNCTION opora_second_factor();
UPDATE access_user u SET second_factor_since = (
    SELECT min(a.created_at) FROM mfa_authenticator a WHERE a.user_id = u.id AND a.type = 'totp'
);
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0002_trail"), ("mfa", "0003_authenticator_type_uniq")]
    operations = [
        migrations.AddField(
            "user",
            "second_factor_since",
            models.DateTimeField(blank=True, null=True, verbose_name="Второй фактор с"),
        ),
        migrations.RunSQL(KEPT),
    ]
