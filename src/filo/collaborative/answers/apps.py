"""Django's registration of this topic."""

from django.apps import AppConfig


class AnswersConfig(AppConfig):
    name = "filo.collaborative.answers"
    label = "answers"

    def ready(self) -> None:
        from filo.collaborative.answers import panels

        panels.register()
