from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "opora.community"
    verbose_name = "Совместная работа"
