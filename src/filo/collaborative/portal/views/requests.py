"""His requests: all of them, a new one, and one as it stands."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from filo.collaborative.portal.door import CustomerRequest, signed_in
from filo.collaborative.portal.forms import AskForm
from filo.collaborative.portal.queries import ticket_of, tickets_of
from filo.collaborative.portal.services import ask
from filo.foundation.errors import InvalidFields
from filo.foundation.web.limits import may_once_more
from filo.operational.service.queries.finding import status_token

ASKING = (10, 900)  # times, within seconds


@require_GET
@signed_in
def index(request: CustomerRequest) -> HttpResponse:
    """All of them."""
    return render(request, "portal/requests.html", {"here": "requests", "tickets": tickets_of(request.customer)})


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: CustomerRequest) -> HttpResponse:
    """A new one."""
    form = AskForm(request.POST or None, initial={"product": request.GET.get("product", "")[:200]})
    if request.method == "POST" and form.is_valid():
        if not may_once_more(request, "portal.ask", ASKING):
            form.add_error(None, _("Too many tries. Wait a quarter of an hour."))
        else:
            try:
                ticket = ask(request.customer, **form.cleaned_data)
                messages.success(request, _("We have your request %(number)s.") % {"number": ticket.number})
                return redirect("portal:requests")
            except InvalidFields as error:
                form.refuse(error)
    context = {"here": "requests", "form": form}
    return render(request, "portal/request_new.html", context, status=422 if form.errors else 200)


@require_GET
@signed_in
def one(request: CustomerRequest, ticket_id: UUID) -> HttpResponse:
    """Its own page, where he also answers."""
    return redirect("service:status", status_token(ticket_of(request.customer, ticket_id)))
