"""What articles mean, reckoned outside of whoever changes them."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from filo.collaborative.knowledge.questions.keeping import keep_vectors
from filo.collaborative.knowledge.services import read_attached
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job


@job(label=_("Understand an article"), queue="default", announced=False)
def keep_meaning(context: JobContext, *, article: str) -> dict[str, int]:
    """As it is when the job runs."""
    return {"sentences": keep_vectors(UUID(article))}


@job(label=_("Read a file of the knowledge base"), queue="default", announced=False, atomic=False)
def read_file(context: JobContext, *, row: str) -> dict[str, int]:
    """What the file says becomes findable."""
    return {"letters": read_attached(UUID(row))}
