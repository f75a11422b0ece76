"""Of which class a customer is for prices, said on his card."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import Stale
from filo.foundation.web.requests import StaffRequest, posted_version
from filo.operational.parties.queries.find import seen_party
from filo.operational.prices.models import PartyClass, PriceList
from filo.operational.prices.reckoned import version_of
from filo.operational.prices.services.discounts import set_class


@require_GET
def of_party(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """His class and the lists that are for him or his class, for his card."""
    principal, party = request.principal, seen_party(request.principal, party_id)
    rows = list(PartyClass.objects.filter(party=party))
    word = next((one.word for one in rows if one.company_id is None), "")
    lists = PriceList.objects.visible_to(principal).for_list().filter(active=True)
    wanted = lists.filter(party=party)
    if rows:
        wanted |= lists.filter(party=None, customer_class__in=[one.word for one in rows])
    may_edit = principal.may("price", "edit")
    context = {"party": party, "word": word, "version": version_of(word), "may_edit": may_edit}
    context |= {"lists": wanted.order_by("name")[:6]}
    return render(request, "prices/_on_card.html", context)


@require_POST
def price_class(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """Say it, or take it away; who saved first is not overwritten."""
    party, word = seen_party(request.principal, party_id), request.POST.get("word", "")
    try:
        with one_operation() as operation:
            set_class(request.principal, party, word, version=posted_version(request))
        messages_with_undo(request, _("Saved."), operation)
    except Stale as error:
        typed = _("You had typed: %(text)s") % {"text": word[:40] or "–"}
        messages.error(request, f"{error} {typed}")
    return redirect("parties:card", party_id)
