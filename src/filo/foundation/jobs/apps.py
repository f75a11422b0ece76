"""Django's registration of this topic."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "filo.foundation.jobs"
    label = "jobs"
