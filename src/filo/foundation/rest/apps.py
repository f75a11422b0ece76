"""Django's registration of this topic."""

from django.apps import AppConfig


class RestConfig(AppConfig):
    name = "filo.foundation.rest"
    label = "rest"
