"""Django's registration of this topic."""

from django.apps import AppConfig


class SequencesConfig(AppConfig):
    name = "filo.collaborative.sequences"
    label = "sequences"

    def ready(self) -> None:
        from filo.collaborative.sequences import panels

        panels.register()
