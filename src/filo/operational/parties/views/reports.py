"""Why somebody sees a party or not, and the funnel of entries and exits."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from filo.foundation import clock
from filo.foundation.accounts.queries import active_people, principal_of
from filo.foundation.errors import Forbidden
from filo.foundation.organisation.models import SellingCompany
from filo.foundation.web.requests import StaffRequest
from filo.operational.parties.queries.access import reasons, who_sees
from filo.operational.parties.queries.find import seen_party
from filo.operational.parties.queries.funnel import funnel


@require_GET
def access(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """Who sees this party, and why this person does or does not."""
    party = seen_party(request.principal, party_id)
    if not (request.principal.may("party", "assign") or request.principal.may("user", "manage")):
        raise Forbidden
    people = list(active_people())
    asked = next((user for user in people if str(user.id) == request.GET.get("person")), None)
    context = {
        "party": party,
        "people": people,
        "asked": asked,
        "reasons": reasons(principal_of(asked), party) if asked else None,
        "seen_by": who_sees(party, [(user, principal_of(user)) for user in people]),
    }
    return render(request, "parties/access.html", context)


@require_GET
def funnel_page(request: StaffRequest) -> HttpResponse:
    """How many entered and left each stage in a period."""
    request.principal.require("party", "view")
    until = _day(request.GET.get("until"), clock.today())
    since = _day(request.GET.get("since"), until - timedelta(days=90))
    companies = SellingCompany.objects.all()
    if request.principal.company_ids is not None:
        companies = companies.filter(pk__in=request.principal.company_ids)
    company = companies.filter(code=request.GET.get("company", "")).first()
    context = {
        "funnel": funnel(request.principal, since=since, until=until, company=company),
        "since": since,
        "until": until,
        "companies": companies,
        "company": company,
    }
    return render(request, "parties/funnel.html", context)


def _day(text: str | None, otherwise: date) -> date:
    try:
        found = parse_date(text or "") or otherwise
    except ValueError:
        return otherwise
    return min(max(found, date(1990, 1, 1)), date(2100, 1, 1))
