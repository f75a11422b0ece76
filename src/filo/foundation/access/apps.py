"""Django's registration of this topic."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "filo.foundation.access"
    label = "access"
