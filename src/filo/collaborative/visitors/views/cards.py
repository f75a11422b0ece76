"""On the customer's card: the browsers that are known as his, and how that is taken back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filo.collaborative.visitors.models import Recognition
from filo.collaborative.visitors.queries.seen import pages_seen
from filo.collaborative.visitors.services import undo_recognition
from filo.foundation.errors import NotFound
from filo.foundation.web.requests import StaffRequest
from filo.operational.parties.models import Party

MOST = 10


@require_GET
def browsers(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """Those that are known as this customer's, and the pages he saw; nothing where there are none."""
    party = Party.objects.visible_to(request.principal).filter(pk=party_id).first()
    if party is None:
        raise NotFound
    rows = Recognition.objects.filter(party=party, undone_at=None).select_related("visitor")
    context = {"browsers": list(rows[:MOST]), "pages": pages_seen(request.principal, party)}
    return render(request, "visitors/_browsers.html", context)


@require_POST
def undo(request: StaffRequest, recognition_id: UUID) -> HttpResponse:
    """It was not him."""
    seen = Party.objects.visible_to(request.principal)
    found = Recognition.objects.filter(pk=recognition_id, party__in=seen).first()
    if found is None:
        raise NotFound
    undo_recognition(request.principal, found)
    messages.success(request, _("That browser is nobody's again."))
    return redirect(f"/parties/{found.party_id}")
