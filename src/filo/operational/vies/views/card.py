"""On the card of an organisation: VIES is asked, and what it told is taken over."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import DomainError, InvalidFields, NotFound
from filo.foundation.web.requests import StaffRequest
from filo.operational.parties.queries.find import seen_party
from filo.operational.vies.queries import told_to
from filo.operational.vies.services.asking import ask_vies, require_to_ask
from filo.operational.vies.services.taking_over import take_over

_PARTS: dict[str, Literal["name", "address"]] = {"name": "name", "address": "address"}


@require_POST
def ask(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """Ask in the background; the card shows the answer by itself."""
    party = seen_party(request.principal, party_id)
    require_to_ask(request.principal, party)
    try:
        ask_vies(request.principal, party)
        messages.success(request, _("VIES is being asked: the answer will stand beside the VAT number."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("parties:card", party.pk)


@require_POST
def take(request: StaffRequest, party_id: UUID, part: str) -> HttpResponse:
    """The name or the address as VIES told it, with a way back."""
    party = seen_party(request.principal, party_id)
    require_to_ask(request.principal, party)
    if part not in _PARTS:
        raise NotFound
    try:
        with one_operation() as operation:
            take_over(request.principal, told_to(request.principal, party), _PARTS[part])
        messages_with_undo(request, _("Taken over from VIES."), operation, f"/parties/{party.pk}")
    except InvalidFields as refusal:
        messages.error(request, " ".join(str(one) for found in refusal.fields.values() for one in found))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("parties:card", party.pk)
