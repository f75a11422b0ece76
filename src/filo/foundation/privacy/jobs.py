"""The nightly work of retention."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import daily
from filo.foundation.privacy.services.applying import apply_rules


@daily(at="02:20")
@job(label=_("Let go of what has been kept long enough"), queue="long", atomic=False)
def keep_to_rules(context: JobContext) -> dict[str, int]:
    """Apply the rules of retention, batch by batch."""
    return apply_rules(context.principal, job=context.id, is_over=context.cancelled, told=context.progress)
