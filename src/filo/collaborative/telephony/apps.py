"""Django's registration of this topic."""

from django.apps import AppConfig


class TelephonyConfig(AppConfig):
    name = "filo.collaborative.telephony"
    label = "telephony"

    def ready(self) -> None:
        from filo.collaborative.telephony import panels

        panels.register()
