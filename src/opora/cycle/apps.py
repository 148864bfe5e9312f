from django.apps import AppConfig


class CycleConfig(AppConfig):
    name = "opora.cycle"
    verbose_name = "Управление"
