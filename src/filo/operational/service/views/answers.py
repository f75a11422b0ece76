"""How an act on a request answers: done with a way back, or refused with the page as it was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.web.requests import StaffRequest
from filo.operational.service.models import Ticket
from filo.operational.service.views.pages import context_of


def acted(request: StaffRequest, ticket: Ticket, verb: Callable[[], Ticket], sentence: str | None) -> HttpResponse:
    """Do it as one act, say it, and offer the way back; what is refused is said and changes nothing."""
    try:
        with one_operation() as operation:
            changed = verb()
    except InvalidFields as error:
        messages.error(request, str(next(iter(error.fields.values()))[0]))
        return back_to(ticket)
    except DomainError as error:
        if error.status in (403, 404):
            raise
        messages.error(request, str(error))
        return back_to(ticket)
    said = sentence or _("%(number)s: %(state)s") % {"number": ticket.number, "state": changed.get_state_display()}
    messages_with_undo(request, said, operation, back=url_of(ticket))
    return back_to(ticket)


def refused_page(request: StaffRequest, ticket: Ticket, **more: Any) -> HttpResponse:
    """The page of the request with what was typed and why it was refused."""
    return render(request, "service/ticket.html", context_of(request, ticket, **more), status=422)


def url_of(ticket: Ticket) -> str:
    """The address of the request."""
    return reverse("service:ticket", args=[ticket.id])


def back_to(ticket: Ticket) -> HttpResponse:
    """Back to the page of the request."""
    return redirect("service:ticket", ticket.id)
