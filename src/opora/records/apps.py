from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "opora.records"
    verbose_name = "Записи службы"
