from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "opora.access"
    verbose_name = "Доступ"
