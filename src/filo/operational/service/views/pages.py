"""The page of a request, its parts, and a new one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.queries import acts_about
from filo.foundation.errors import InvalidFields
from filo.foundation.web.requests import StaffRequest, asked_id
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import seen_party
from filo.operational.service.forms import AssignForm, ComplaintForm, FactsForm, TicketForm
from filo.operational.service.models import Complaint, Ticket
from filo.operational.service.policies import TICKET_EDITED
from filo.operational.service.queries.finding import seen_ticket, status_link
from filo.operational.service.queries.page import (
    macros_for,
    open_tickets_of,
    page_of_ticket,
    reasons_to_close,
)
from filo.operational.service.queries.reports import level_of_party
from filo.operational.service.services import assign_ticket, open_ticket


@require_GET
def page(request: StaffRequest, ticket_id: UUID) -> HttpResponse:
    """All of a request: facts and clocks, what was said, what hangs on it."""
    ticket = seen_ticket(request.principal, ticket_id)
    return render(request, "service/ticket.html", context_of(request, ticket))


@require_GET
def facts(request: StaffRequest, ticket_id: UUID) -> HttpResponse:
    """State, clocks and facts, fetched anew when they change."""
    return render(request, "service/_facts.html", context_of(request, seen_ticket(request.principal, ticket_id)))


@require_GET
def story(request: StaffRequest, ticket_id: UUID) -> HttpResponse:
    """The notes, fetched anew when there are more."""
    return render(request, "service/_story.html", context_of(request, seen_ticket(request.principal, ticket_id)))


@require_GET
def peek(request: StaffRequest, ticket_id: UUID) -> HttpResponse:
    """The request in short, beside the list."""
    return render(request, "service/_peek.html", context_of(request, seen_ticket(request.principal, ticket_id)))


@require_GET
def forms(request: StaffRequest, ticket_id: UUID) -> HttpResponse:
    """The rarer forms, asked for when they come into sight."""
    ticket = seen_ticket(request.principal, ticket_id)
    return render(request, "service/_forms.html", context_of(request, ticket) | forms_of(ticket))


@require_GET
def changes(request: StaffRequest, ticket_id: UUID) -> HttpResponse:
    """What was changed, asked for when it comes into sight."""
    ticket = seen_ticket(request.principal, ticket_id)
    acts, back = acts_about(request.principal, "ticket", ticket.id), reverse("service:ticket", args=[ticket.id])
    context = {"acts": acts, "may_edit": may_work(request, ticket), "back": back}
    return render(request, "history/_changes.html", context)


def may_work(request: StaffRequest, ticket: Ticket) -> bool:
    """Whether this person may change it."""
    return request.principal.may("ticket", "edit") and TICKET_EDITED.allows(request.principal, ticket)


def forms_of(ticket: Ticket) -> dict[str, Any]:
    """The forms of a request, filled with what is known."""
    return {
        "facts_form": FactsForm(initial={name: getattr(ticket, name) for name in FactsForm.base_fields}),
        "assign_form": AssignForm(initial={"assignee": ticket.assignee_id, "group": ticket.group_id}),
        "complaint_form": _complaint_form(ticket),
    }


def context_of(request: StaffRequest, ticket: Ticket, **refused: Any) -> dict[str, Any]:
    """What the templates of a request need; forms that were refused take the place of fresh ones."""
    found = page_of_ticket(request.principal, ticket)
    tab = request.GET.get("tab", "")
    return {
        "page": found,
        "ticket": ticket,
        "party": found.party,
        "tab": tab if tab in ("left", "right") else "story",
        "macros": macros_for(ticket) if found.may_edit else [],
        "reasons": reasons_to_close() if found.may_edit else [],
        "shows_forms": bool(refused) or "forms" in request.GET,
        "status_link": status_link(ticket),
        "version": ticket.version,
        **(forms_of(ticket) if refused or "forms" in request.GET else {}),
        **refused,
    }


def _complaint_form(ticket: Ticket) -> ComplaintForm | None:
    if ticket.type != "complaint":
        return None
    known = Complaint.objects.filter(ticket=ticket).first()
    initial = {name: getattr(known, name) for name in ("cause", "severity", "cost", "remedy")} if known else {}
    return ComplaintForm(initial=initial)


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A request that a customer makes on the telephone or at the counter."""
    principal = request.principal
    principal.require("ticket", "create")
    wanted = request.GET.get("party") or request.POST.get("party")
    party = seen_party(principal, asked_id(wanted)) if wanted else None
    form = TicketForm(principal, request.POST or None, initial=_initial(party))
    if request.method == "POST" and form.is_valid():
        try:
            ticket = _open(request, party, form.cleaned_data)
            messages.success(request, _("The request has the number %(number)s.") % {"number": ticket.number})
            return redirect("service:ticket", ticket.id)
        except InvalidFields as error:
            form.refuse(error)
    status = 422 if request.method == "POST" else 200
    return render(request, "service/new.html", {"form": form, "party": party}, status=status)


def _initial(party: Party | None) -> dict[str, Any]:
    """The address to which answers go: the preferred one of the customer."""
    if party is None:
        return {}
    points = sorted(party.contact_points.filter(type="email"), key=lambda point: not point.preferred)
    return {"contact_address": points[0].value} if points else {}


def _open(request: StaffRequest, party: Party | None, found: dict[str, Any]) -> Ticket:
    """Opened and given in one go."""
    facts = {name: value for name, value in found.items() if name != "assignee"}
    language = party.language if party and party.language in ("it", "en") else "it"
    with one_operation(), transaction.atomic():
        ticket = open_ticket(request.principal, party=party, language=language, **facts)
        if found["assignee"]:
            ticket = assign_ticket(request.principal, ticket, assignee_id=found["assignee"].id)
    return ticket


@require_GET
def of_party(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """The open requests of a customer and how well he was served, for his card."""
    party = seen_party(request.principal, party_id)
    tickets, level = open_tickets_of(request.principal, party), level_of_party(request.principal, party.pk)
    context = {"party": party, "tickets": tickets, "level": level}
    return render(request, "service/_on_card.html", context)
