"""What was changed of a customer, and what lies in the bin."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from filo.foundation.audit.queries import told_acts
from filo.foundation.web.requests import StaffRequest
from filo.operational.parties.queries.card import may_edit
from filo.operational.parties.queries.changes import bin_page, changes_page, told_of_bin
from filo.operational.parties.queries.find import seen_party


@require_GET
def changes(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """Who changed what, when, from where; with the way back."""
    party = seen_party(request.principal, party_id)
    page = changes_page(request.principal, party, cursor=request.GET.get("cursor", "")[:400])
    acts = told_acts(request.principal, page.rows, about=party.id)
    context = {"party": party, "page": page, "acts": acts, "may_edit": may_edit(request.principal, party)}
    return render(request, "parties/changes.html", context)


@require_GET
def in_the_bin(request: StaffRequest) -> HttpResponse:
    """Those that one may take out again."""
    page = bin_page(request.principal, cursor=request.GET.get("cursor", "")[:400])
    return render(request, "parties/bin.html", {"page": page, "rows": told_of_bin(page.rows)})
