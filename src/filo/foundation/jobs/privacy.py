"""What work in the background holds about people, and for how long."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.retention import KEPT
from filo.foundation.keeping import Held, KeptKind, Narrowing, deleted, keep
from filo.foundation.personal import Basis, Category, Erasure, PersonalData, Whose, declare

ENDED = (JobState.DONE, JobState.CANCELLED)


def _ended() -> QuerySet[Job]:
    return Job.objects.filter(state__in=ENDED, finished_at__isnull=False)


def _held(held: Held) -> Q:
    return Q(requested_by__in=held.people)


def _sources() -> list[Narrowing]:
    return [Narrowing(state.value, state.label, Q(state=state)) for state in ENDED]


keep(
    KeptKind(
        code="jobs",
        label=_("Finished work in the background"),
        what_goes=_("What was done, for whom and with what result"),
        rows=_ended,
        moment="finished_at",
        purge=deleted(_ended),
        held=_held,
        sources=_sources,
        house_days=KEPT.days,
    )
)
declare(
    PersonalData(
        model="jobs.Job",
        label=_("Work in the background"),
        columns={
            "requested_by": Category.TECHNICAL,
            "args": Category.TECHNICAL,
            "result": Category.TECHNICAL,
            "error": Category.TECHNICAL,
        },
        whose=(Whose.COLLEAGUE,),
        purpose=_("Do long work and tell how it went"),
        basis=Basis.INTEREST,
        person=("requested_by",),
        erasure=Erasure("anonymise", {"requested_by": None}),
        kept="jobs",
    )
)
