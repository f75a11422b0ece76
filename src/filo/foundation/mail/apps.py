"""Django's registration of this topic."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "filo.foundation.mail"
    label = "mail"

    def ready(self) -> None:
        from filo.foundation.mail import panels

        panels.register()
