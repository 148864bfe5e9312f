from django.apps import AppConfig


class LayoutConfig(AppConfig):
    name = "opora.web.layout"
    label = "layout"
    verbose_name = "Оформление"
