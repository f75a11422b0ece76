"""Of which class a customer is for prices, said on his card."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import NotFound
from filo.foundation.web.requests import StaffRequest
from filo.operational.parties.models import Party
from filo.operational.prices.services.discounts import set_class


@require_POST
def price_class(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """Say it, or take it away."""
    party = Party.objects.visible_to(request.principal).filter(pk=party_id).first()
    if party is None:
        raise NotFound
    with one_operation() as operation:
        set_class(request.principal, party, request.POST.get("word", ""))
    messages_with_undo(request, _("Saved."), operation)
    return redirect("parties:card", party_id)
