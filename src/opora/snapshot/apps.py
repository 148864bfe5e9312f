from django.apps import AppConfig


class SnapshotConfig(AppConfig):
    name = "opora.snapshot"
    verbose_name = "Снимки и значения"
