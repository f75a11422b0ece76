"""Django's registration of this topic."""

from django.apps import AppConfig


class PushConfig(AppConfig):
    name = "filo.foundation.push"
    label = "push"
