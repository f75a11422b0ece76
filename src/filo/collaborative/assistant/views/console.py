"""Beside the talk: what the assistant found out, and what can be shown from the shop."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from filo.collaborative.assistant.queries.sections import uplifts
from filo.collaborative.assistant.queries.shelving import basket_in, counter_of
from filo.collaborative.assistant.services.serving import choose_for
from filo.collaborative.chat.models import Chat
from filo.foundation.errors import DomainError, InvalidFields, NotFound
from filo.foundation.web.requests import StaffRequest


@require_GET
def counter(request: StaffRequest, chat_id: UUID) -> HttpResponse:
    """What can be shown, narrowed by what is typed."""
    chat = _seen(request, chat_id)
    return render(request, "assistant/_counter.html", counter_of(chat, request.GET))


@require_GET
def cart(request: StaffRequest, chat_id: UUID) -> HttpResponse:
    """What lies in the customer's cart now."""
    chat = _seen(request, chat_id)
    return render(request, "assistant/_counter_cart.html", {"chat": chat, "basket": basket_in(chat)})


@require_POST
def serve(request: StaffRequest, chat_id: UUID) -> HttpResponse:
    """Show a list or a product, learn a wish, put something into the customer's cart."""
    chat, refusal = _seen(request, chat_id), ""
    try:
        choose_for(request.principal, chat, request.POST)
    except InvalidFields as error:
        refusal = str(next(iter(error.fields.values()))[0])
    except DomainError as error:
        refusal = str(error)
    context = counter_of(chat, request.POST) | {"refusal": refusal}
    response = render(request, "assistant/_counter.html", context, status=422 if refusal else 200)
    response["HX-Trigger"] = "filo:served"  # what stands around the talk is not told of this page's own acts
    return response


@require_GET
def sections(request: StaffRequest) -> HttpResponse:
    """What the sections for some customers bring."""
    request.principal.require("settings", "view")
    return render(request, "assistant/sections.html", {"uplifts": uplifts()})


def _seen(request: StaffRequest, chat_id: UUID) -> Chat:
    rows = Chat.objects.visible_to(request.principal).for_list()
    found = rows.filter(pk=chat_id).first()
    if found is None:
        raise NotFound
    return found
