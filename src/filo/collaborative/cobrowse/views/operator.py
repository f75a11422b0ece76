"""The colleague's side: ask, stop, show a page, share a form and fill it in."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from filo.collaborative.chat.models import Chat
from filo.collaborative.cobrowse.queries.panel import panel_of
from filo.collaborative.cobrowse.queries.standing import standing_in
from filo.collaborative.cobrowse.services import ask_to_look, change_field, close_form, share_form, show_page, stop
from filo.collaborative.inbox.policies import CONVERSATION_EDITED
from filo.foundation.errors import DomainError, InvalidFields, NotFound
from filo.foundation.web.requests import StaffRequest


@require_GET
def panel(request: StaffRequest, chat_id: UUID) -> HttpResponse:
    """What stands beside the talk: the view, what can be shown, the form."""
    return render(request, "cobrowse/_panel.html", panel_of(request.principal, _seen(request, chat_id)))


@require_POST
def act(request: StaffRequest, chat_id: UUID, what: str) -> HttpResponse:
    """Ask, stop, show, share a form, put it away; the answer is the panel as it stands then."""
    chat, refusal = _seen(request, chat_id), ""
    standing = standing_in(chat)
    try:
        if what == "ask":
            ask_to_look(request.principal, chat)
        elif what == "stop" and standing.looking:
            _require(request, chat)
            stop(standing.looking, by="operator")
        elif what == "show":
            show_page(request.principal, chat, request.POST.get("url", ""), request.POST.get("title", ""))
        elif what == "form":
            share_form(request.principal, chat, request.POST.get("kind", ""))
        elif what == "close" and standing.form:
            close_form(request.principal, standing.form)
    except InvalidFields as error:
        refusal = str(next(iter(error.fields.values()))[0])
    except DomainError as error:
        refusal = str(error)
    context = panel_of(request.principal, chat) | {"refusal": refusal}
    return render(request, "cobrowse/_panel.html", context, status=422 if refusal else 200)


@require_POST
def field(request: StaffRequest, chat_id: UUID) -> HttpResponse:
    """What the colleague types into one field of the shared form."""
    chat = _seen(request, chat_id)
    _require(request, chat)
    form = standing_in(chat).form
    if form is None:
        raise NotFound
    try:
        change_field(form, request.POST.get("name", ""), request.POST.get("value", ""), side="operator")
    except InvalidFields as error:
        return JsonResponse({"problems": {name: str(found[0]) for name, found in error.fields.items()}}, status=422)
    except DomainError as error:
        return JsonResponse({"problem": str(error)}, status=error.status)
    return JsonResponse({"ok": True})


def _seen(request: StaffRequest, chat_id: UUID) -> Chat:
    rows = Chat.objects.visible_to(request.principal).for_list().select_related("conversation__group")
    found = rows.filter(pk=chat_id).first()
    if found is None:
        raise NotFound
    return found


def _require(request: StaffRequest, chat: Chat) -> None:
    if not CONVERSATION_EDITED.allows(request.principal, chat.conversation):
        raise NotFound
