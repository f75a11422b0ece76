"""Changes of many customers in the background, their taking back, and what comes late to a merged card."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.queries import person_by_id, principal_of
from filo.foundation.errors import NotFound
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import every
from filo.operational.parties.models import BulkEdit
from filo.operational.parties.services.many.running import carry_on, fail
from filo.operational.parties.services.many.taking_back import go_back
from filo.operational.parties.services.merging.sweeping import sweep_merges


@job(label=_("Change of many customers"), queue="long", atomic=False)
def change_many(context: JobContext, *, edit: str) -> dict[str, Any]:
    """Do an act to all who are chosen; begun again after a crash it goes on after the last chunk."""
    found = BulkEdit.objects.get(pk=UUID(edit))
    principal, language = _who(context)
    with translation.override(language):
        if principal is None:
            fail(found, str(NotFound.sentence))
            return {}
        ended = carry_on(
            principal,
            found,
            tell=lambda now: context.progress(now.position, now.total),
            is_cancelled=context.cancelled,
        )
    return {"state": ended.state, "changed": ended.changed, "left": ended.left}


@job(label=_("Taking back a change of many customers"), queue="long", atomic=False)
def take_back_many(context: JobContext, *, edit: str) -> dict[str, Any]:
    """Take an act back; begun again after a crash it goes on after the last chunk."""
    found = BulkEdit.objects.get(pk=UUID(edit))
    principal, language = _who(context)
    if principal is None:
        raise NotFound
    with translation.override(language):
        ended = go_back(principal, found, tell=context.progress, is_cancelled=context.cancelled)
    return {"state": ended.state, "taken_back": ended.back_done, "left": ended.back_left}


@every(minutes=2)
@job(label=_("Let what came late follow to merged cards"), atomic=False)
def follow_merges(context: JobContext) -> int:
    """Rows that somebody wrote for a card while it was becoming part of another."""
    return sweep_merges()


def _who(context: JobContext) -> tuple[Principal | None, str]:
    """Who asked, with the rights as they are now; nobody if that person does not work here any more."""
    user = person_by_id(str(context.requested_by)) if context.requested_by else None
    return (principal_of(user, door="job"), user.language) if user else (None, "it")
