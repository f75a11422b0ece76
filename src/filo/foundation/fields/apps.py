"""Django's registration of this topic."""

from django.apps import AppConfig


class FieldsConfig(AppConfig):
    name = "filo.foundation.fields"
    label = "fields"

    def ready(self) -> None:
        from filo.foundation.fields import panels

        panels.register()
