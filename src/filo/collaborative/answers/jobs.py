"""Questions are answered; customers who are unhappy and still wait are brought before people again."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from filo.collaborative.answers.services.answering import answer_by_itself
from filo.collaborative.answers.services.calling import call_again
from filo.foundation.access.principal import system
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import every


@job(label=_("Answer a question"), queue="default", announced=False)
def answer_message(context: JobContext, *, message: str) -> None:
    """Once for each message, however often it is begun again."""
    answer_by_itself(system("answers"), UUID(message))


@every(minutes=5)
@job(label=_("Call people to customers who are unhappy"), announced=False)
def call_people(context: JobContext) -> dict[str, int]:
    """Those who wait for a person for too long."""
    return {"called": call_again()}
