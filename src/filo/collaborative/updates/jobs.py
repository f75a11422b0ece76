"""Customers who ask how their order stands are told."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from filo.collaborative.updates.services import answering
from filo.foundation.access.principal import system
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job


@job(label=_("Answer a question about an order"), queue="default", announced=False)
def answer_about_order(context: JobContext, *, message: str) -> None:
    """Once for each message, however often it is begun again."""
    answering.answer_about_order(system("orders"), UUID(message))
