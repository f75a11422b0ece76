"""Django's registration of this topic."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "filo.foundation.privacy"
    label = "privacy"

    def ready(self) -> None:
        from filo.foundation.privacy import panels

        panels.register()
