"""Django's registration of this topic."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "filo.foundation.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        from filo.foundation.webhooks import panels

        panels.register()
