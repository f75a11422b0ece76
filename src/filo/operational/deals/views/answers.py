"""How an act on a deal answers: done with a way back, or refused with the page as it was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import DomainError, InvalidFields, Stale
from filo.foundation.web.requests import StaffRequest
from filo.operational.deals.models import Deal
from filo.operational.deals.views.pages import context_of


def acted(request: StaffRequest, deal: Deal, verb: Callable[[], Deal], sentence: str) -> HttpResponse:
    """Do it as one act, say it, and offer the way back; what is refused is said and changes nothing.

    Raises `Stale`: whoever posts a version shows again what was typed.
    """
    try:
        with one_operation() as operation:
            changed = verb()
    except DomainError as error:
        if error.status in (403, 404) or isinstance(error, Stale):
            raise
        said = next(iter(error.fields.values()))[0] if isinstance(error, InvalidFields) else error
        messages.error(request, str(said))
        return back_to(deal)
    messages_with_undo(request, sentence, operation, back=url_of(deal))
    return redirect(f"{url_of(changed)}{'?ask=step' if changed.lacks_step else ''}")


def refused_page(request: StaffRequest, deal: Deal, **more: Any) -> HttpResponse:
    """The page of the deal with what was typed and why it was refused."""
    return render(request, "deals/deal.html", context_of(request, deal, **more), status=422)


def url_of(deal: Deal) -> str:
    """The address of the deal."""
    return reverse("deals:deal", args=[deal.id])


def back_to(deal: Deal) -> HttpResponse:
    """Back to the page of the deal."""
    return redirect("deals:deal", deal.id)
