"""What is done to a request: each a form that is posted, with a way back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import InvalidFields, NotFound, Stale
from filo.foundation.web.requests import StaffRequest, asked_id, posted_version
from filo.operational.parties.queries.find import seen_party
from filo.operational.service.forms import AssignForm, ComplaintForm, FactsForm
from filo.operational.service.models import Macro
from filo.operational.service.queries.finding import kept_ticket, seen_ticket, ticket_by_number
from filo.operational.service.services import (
    add_ticket_note,
    apply_macro,
    assign_ticket,
    change_ticket,
    describe_complaint,
    merge_tickets,
    set_ticket_party,
    set_ticket_state,
)
from filo.operational.service.views.answers import acted, back_to, refused_page, url_of


@require_POST
def edit(request: StaffRequest, ticket_id: UUID) -> HttpResponse:
    """Subject, type, priority, product, description."""
    ticket, form = seen_ticket(request.principal, ticket_id), FactsForm(request.POST)
    if form.is_valid():
        try:
            with one_operation() as operation:
                version = posted_version(request)
                change_ticket(request.principal, ticket, version=version, **form.cleaned_data)
            messages_with_undo(request, _("Saved."), operation, back=url_of(ticket))
            return back_to(ticket)
        except InvalidFields as error:
            form.refuse(error)
        except Stale as error:
            form.add_error(None, str(error))
            ticket = seen_ticket(request.principal, ticket_id)
    return refused_page(request, ticket, facts_form=form, open_form="facts")


@require_POST
def assign(request: StaffRequest, ticket_id: UUID) -> HttpResponse:
    """To a colleague, to nobody, to another group; `me` takes it."""
    ticket = seen_ticket(request.principal, ticket_id)
    if "me" in request.POST:
        return acted(
            request,
            ticket,
            lambda: assign_ticket(request.principal, ticket, assignee_id=request.principal.user_id),
            _("It is yours now."),
        )
    form = AssignForm(request.POST)
    if not form.is_valid():
        return refused_page(request, ticket, assign_form=form, open_form="assign")
    who, group = form.cleaned_data["assignee"], form.cleaned_data["group"]
    sentence = _("%(name)s has it now.") % {"name": who.name} if who else _("Nobody has it now.")
    return acted(
        request,
        ticket,
        lambda: assign_ticket(request.principal, ticket, assignee_id=who.id if who else None, group=group),
        sentence,
    )


@require_POST
def state(request: StaffRequest, ticket_id: UUID) -> HttpResponse:
    """Open, waiting for somebody, solved, closed."""
    ticket = seen_ticket(request.principal, ticket_id)
    wanted, _colon, waiting_on = request.POST.get("state", "").partition(":")
    reason = request.POST.get("reason", "")[:200]
    return acted(
        request,
        ticket,
        lambda: set_ticket_state(request.principal, ticket, wanted, waiting_on=waiting_on, reason=reason),
        None,
    )


@require_POST
def note(request: StaffRequest, ticket_id: UUID) -> HttpResponse:
    """A note, for colleagues or for the customer too."""
    ticket, text = seen_ticket(request.principal, ticket_id), request.POST.get("text", "")
    try:
        add_ticket_note(request.principal, ticket, text, public=bool(request.POST.get("public")))
    except InvalidFields as error:
        return refused_page(request, ticket, note_error=str(next(iter(error.fields.values()))[0]), note_text=text)
    messages.success(request, _("Noted."))
    return back_to(ticket)


@require_POST
def macro(request: StaffRequest, ticket_id: UUID, macro_id: UUID) -> HttpResponse:
    """Several changes and a note with one press."""
    ticket = seen_ticket(request.principal, ticket_id)
    found = Macro.objects.filter(pk=macro_id, active=True).first()
    if found is None:
        raise NotFound
    return acted(request, ticket, lambda: apply_macro(request.principal, ticket, found), found.name)


@require_POST
def complaint(request: StaffRequest, ticket_id: UUID) -> HttpResponse:
    """Cause, severity, cost, remedy."""
    ticket, form = seen_ticket(request.principal, ticket_id), ComplaintForm(request.POST)
    if form.is_valid():
        try:
            describe_complaint(request.principal, ticket, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return back_to(ticket)
        except InvalidFields as error:
            form.refuse(error)
    return refused_page(request, ticket, complaint_form=form, open_form="complaint")


@require_POST
def merge(request: StaffRequest, ticket_id: UUID) -> HttpResponse:
    """Make it a part of the request whose number was typed."""
    ticket, typed = seen_ticket(request.principal, ticket_id), request.POST.get("into", "")[:40]
    other = ticket_by_number(typed)
    try:
        if other is None:
            raise InvalidFields({"into": _("There is no request of this number. Its last digit tells of slips.")})
        into = seen_ticket(request.principal, kept_ticket(other).id)
        with one_operation() as operation:
            merge_tickets(request.principal, ticket, into=into)
    except InvalidFields as error:
        sentence = str(next(iter(error.fields.values()))[0])
        return refused_page(request, ticket, merge_error=sentence, merge_typed=typed)
    except NotFound:
        return refused_page(request, ticket, merge_error=_("There is no request of this number."), merge_typed=typed)
    sentence = _("%(number)s is a part of %(into)s now.") % {"number": ticket.number, "into": into.number}
    messages_with_undo(request, sentence, operation, back=url_of(ticket))
    return back_to(into)


@require_POST
def party(request: StaffRequest, ticket_id: UUID) -> HttpResponse:
    """Whose request it is."""
    ticket, wanted = seen_ticket(request.principal, ticket_id), request.POST.get("party", "")
    found = seen_party(request.principal, asked_id(wanted)) if wanted else None
    return acted(request, ticket, lambda: set_ticket_party(request.principal, ticket, found), _("Saved."))
