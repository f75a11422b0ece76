"""Django's registration of this topic."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "filo.foundation.audit"
    label = "audit"
