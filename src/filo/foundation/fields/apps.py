"""Django's registration of this topic."""

from django.apps import AppConfig


class FieldsConfig(AppConfig):
    name = "filo.foundation.fields"
    label = "fields"
