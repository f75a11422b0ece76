"""Sequences beside a conversation and on a card: what runs, started and stopped with one press."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filo.collaborative.inbox.models import Conversation
from filo.collaborative.inbox.policies import CONVERSATION_EDITED
from filo.collaborative.inbox.queries.boxes import seen_conversation
from filo.collaborative.sequences.queries.running import (
    may_stop,
    may_write,
    runs_beside,
    seen_enrolment,
    seen_sequence,
    startable,
)
from filo.collaborative.sequences.services.starting import start_sequence
from filo.collaborative.sequences.services.stopping import stop_sequence
from filo.foundation.errors import DomainError, Forbidden, NotFound
from filo.foundation.web.requests import StaffRequest, asked_id
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import seen_party


@require_GET
def beside(request: StaffRequest) -> HttpResponse:
    """What runs for a customer or in a conversation, and what may be started."""
    principal = request.principal
    party, talk = _about(request, request.GET.get("party", ""), request.GET.get("conversation", ""))
    runs = runs_beside(principal, party, talk)
    may_start = CONVERSATION_EDITED.allows(principal, talk) if talk else True
    running = {run.sequence_id for run in runs if run.state == "running"}
    context = {
        "party": party,
        "conversation": talk,
        "runs": [(run, run.state == "running" and may_stop(principal, run)) for run in runs],
        "sequences": [one for one in startable(principal) if one.pk not in running] if may_start else [],
    }
    return render(request, "sequences/_beside.html", context)


@require_POST
def start(request: StaffRequest) -> HttpResponse:
    """Put the customer into the sequence; the notice has a way back."""
    party, talk = _about(request, request.POST.get("party", ""), request.POST.get("conversation", ""))
    sequence = seen_sequence(request.principal, asked_id(request.POST.get("sequence", "")))
    try:
        run = start_sequence(request.principal, sequence, party, talk)
    except (Forbidden, NotFound):
        raise
    except DomainError as error:
        messages.error(request, str(error))
    else:
        stop_it = reverse("sequences:stop", args=[run.pk])
        messages.success(request, _("Started: %(name)s") % {"name": sequence.name}, extra_tags=stop_it)
    return redirect(_place(party, talk))


@require_POST
def stop(request: StaffRequest, enrolment_id: UUID) -> HttpResponse:
    """No further mail leaves."""
    run = seen_enrolment(request.principal, enrolment_id)
    stop_sequence(request.principal, run)
    messages.success(request, _("Stopped: %(name)s") % {"name": run.sequence.name})
    if request.POST.get("then") == "sequence":
        return redirect("sequences:sequence", run.sequence_id)
    return redirect(_place(run.party, run.conversation))


def _about(request: StaffRequest, party: str, conversation: str) -> tuple[Party, Conversation | None]:
    if not may_write(request.principal):
        raise Forbidden
    if not conversation:
        return seen_party(request.principal, asked_id(party)), None
    talk = seen_conversation(request.principal, asked_id(conversation))
    if talk.party is None:
        raise NotFound
    return talk.party, talk


def _place(party: Party, talk: Conversation | None) -> str:
    return reverse("inbox:talk", args=[talk.pk]) if talk else reverse("parties:card", args=[party.pk])
