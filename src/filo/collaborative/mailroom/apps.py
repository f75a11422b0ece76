"""Django's registration of this topic."""

from django.apps import AppConfig


class MailroomConfig(AppConfig):
    name = "filo.collaborative.mailroom"
    label = "mailroom"

    def ready(self) -> None:
        from filo.collaborative.mailroom import panels

        panels.register()
