from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "opora.learning"
    verbose_name = "Обучение"
