"""What is done to many deals at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.web.requests import StaffRequest, asked_id
from filo.operational.deals.act_forms import HandOverForm
from filo.operational.deals.models import Deal
from filo.operational.deals.services import (
    hand_over_deals,
)

MOST_AT_ONCE = 200


@require_POST
def hand_over(request: StaffRequest) -> HttpResponse:
    """The chosen deals to a colleague, as one act."""
    principal, form = request.principal, HandOverForm(request.POST)
    ids = [asked_id(text) for text in request.POST.getlist("chosen")[:MOST_AT_ONCE]]
    deals = list(Deal.objects.visible_to(principal).filter(pk__in=ids))
    if not form.is_valid() or not deals:
        messages.error(request, _("Choose deals, and who gets them."))
        return redirect("deals:list")
    who = form.cleaned_data["owner"]
    with one_operation() as operation:
        given, left = hand_over_deals(principal, deals, owner_id=who.id if who else None)
    said = ngettext("%(n)s deal was given away.", "%(n)s deals were given away.", given) % {"n": given}
    if left:
        said += " " + ngettext("%(n)s stayed where it is.", "%(n)s stayed where they are.", left) % {"n": left}
    messages_with_undo(request, said, operation, back=reverse("deals:list"))
    return redirect("deals:list")
