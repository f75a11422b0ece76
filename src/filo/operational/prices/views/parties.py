"""Of which class a customer is for prices, said on his card."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.web.requests import StaffRequest
from filo.operational.parties.queries.find import seen_party
from filo.operational.prices.models import PartyClass, PriceList
from filo.operational.prices.services.discounts import set_class


@require_GET
def of_party(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """His class and the lists that are for him or his class, for his card."""
    principal, party = request.principal, seen_party(request.principal, party_id)
    words = PartyClass.objects.filter(party=party).order_by("company").values_list("word", flat=True)
    word = words.first() or ""
    lists = PriceList.objects.visible_to(principal).for_list().filter(active=True)
    wanted = lists.filter(party=party)
    if word:
        wanted |= lists.filter(party=None, customer_class=word)
    may_edit = principal.may("price", "edit")
    context = {"party": party, "word": word, "lists": wanted.order_by("name")[:6], "may_edit": may_edit}
    return render(request, "prices/_on_card.html", context)


@require_POST
def price_class(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """Say it, or take it away."""
    party = seen_party(request.principal, party_id)
    with one_operation() as operation:
        set_class(request.principal, party, request.POST.get("word", ""))
    messages_with_undo(request, _("Saved."), operation)
    return redirect("parties:card", party_id)
