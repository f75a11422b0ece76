"""On the customer's card: what he agreed to, and what he says now."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filo.foundation.errors import InvalidFields
from filo.foundation.web.requests import StaffRequest, wants_fragment
from filo.operational.consents.models import SOURCES
from filo.operational.consents.queries import ledger, refuses, standings
from filo.operational.consents.services import answer_consent
from filo.operational.parties.queries.find import seen_party
from filo.operational.profile.policies import may_change

BY_HAND = ("phone", "meeting", "mail", "letter")


@require_GET
def of_party(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """What he agrees to now, and every answer before, refetched when it changes."""
    party = seen_party(request.principal, party_id)
    context = {
        "party": party,
        "standings": standings(request.principal, party),
        "ledger": ledger(request.principal, party),
        "may_write": may_change(request.principal, party),
        "sources": [pair for pair in SOURCES if pair[0] in BY_HAND],
    }
    return render(request, "consents/_on_card.html" if wants_fragment(request) else "consents/page.html", context)


@require_GET
def by_phone(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """Beside the way to call him: that he refused offers by phone, and else nothing."""
    party = seen_party(request.principal, party_id)
    return render(request, "consents/_by_phone.html", {"refused": refuses(party, "marketing_phone")})


@require_POST
def answer(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """He said yes or no, and how: `yes` or `no` names the purpose."""
    party = seen_party(request.principal, party_id)
    given = "yes" in request.POST
    source = request.POST.get("source", "")
    try:
        if source not in BY_HAND:
            raise InvalidFields({"source": _("Choose how the customer said it.")})
        purpose = request.POST.get("yes" if given else "no", "")
        answer_consent(request.principal, party, purpose, given=given, source=source, note=request.POST.get("note", ""))
        messages.success(request, _("Noted."))
    except InvalidFields as error:
        messages.error(request, str(next(iter(error.fields.values()))[0]))
    return redirect("parties:card", party.pk)
