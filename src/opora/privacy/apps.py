from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PrivacyConfig(AppConfig):
    name = "opora.privacy"
    verbose_name = "Персональные данные"

    def ready(self) -> None:
        from opora.privacy.sealing import open_era

        post_migrate.connect(open_era, sender=self)
