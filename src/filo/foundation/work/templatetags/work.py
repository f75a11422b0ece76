"""How work is shown: its words, spans of time, names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django import template

from filo.foundation.jobs.models import Job
from filo.foundation.work.queries import first_line as first_of
from filo.foundation.work.words import QUEUE_WORDS, label_of, length, part_named, told_by

register = template.Library()


@register.filter
def job_words(name: str) -> str:
    """What people call a kind of job."""
    return label_of(name)


@register.filter
def queue_words(queue: str) -> str:
    """What people call a queue."""
    return str(QUEUE_WORDS.get(queue, queue))


@register.filter
def span(found: timedelta | None) -> str:
    """How long something is."""
    return length(found)


@register.filter
def took(job: Job) -> str:
    """How long a job that is over took."""
    return length(job.finished_at - job.started_at) if job.finished_at and job.started_at else "–"


@register.filter
def of_person(names: Mapping[UUID, str], person: UUID | None) -> str:
    """A name by its id; Filo itself where nobody asked."""
    return names.get(person, "–") if person else "Filo"


@register.filter
def first_line(error: str) -> str:
    """What an error is called."""
    return first_of(error)


@register.filter
def part_of_filo(handler: str) -> str:
    """Which part of Filo a handler belongs to, as people call it."""
    return part_named(handler)


@register.filter
def news(type_: str) -> str:
    """What happened, as the catalogue of events says it."""
    return told_by(type_)
