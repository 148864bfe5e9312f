from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "opora.people"
    verbose_name = "Люди и организации"
