"""The customer's side of a chat: the frame, and what it calls."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_GET, require_POST

from filo.collaborative.chat.forms import CallMeForm, OpenForm, SayForm, problem_of
from filo.collaborative.chat.models import Chat, ChatPlace
from filo.collaborative.chat.queries.desks import seconds_to_wait, somebody_there
from filo.collaborative.chat.queries.talk import chat_of, file_of, messages_since, number_of, shapes
from filo.collaborative.chat.services import (
    Opening,
    begin_chat,
    customer_says,
    end_chat,
    mail_transcript,
    note_read,
    note_typing,
    wish_call,
)
from filo.collaborative.inbox.queries.writing import addresses_of
from filo.collaborative.visitors.door import called, visiting, visitor_in, visitor_of
from filo.foundation.access.principal import system
from filo.foundation.errors import InvalidFields, NotFound, TooMany
from filo.foundation.files.answering import answer_file
from filo.foundation.files.services import store_file
from filo.foundation.italy.contact import display_phone
from filo.foundation.web.limits import may_once_more
from filo.foundation.web.requests import public

CUSTOMER = system("customer")
BEGINNING, SENDING, CALLING = (20, 900), (30, 600), (5, 3600)  # times, within seconds
MOST_FILES, LARGEST = 5, 10 * 1024 * 1024


@public
@visiting
@xframe_options_exempt
@require_GET
def frame(request: HttpRequest, code: str) -> HttpResponseBase:
    """What the script opens: the talk. It may stand in our pages, and in the sites of its place."""
    place = ChatPlace.objects.filter(code=code, active=True).select_related("company").first()
    if place is None:
        raise NotFound
    language, visitor = get_language() or "it", visitor_in(request)
    known = visitor.known if visitor else None
    context = {
        "place": place,
        "greeting": place.greeting(language),
        "known": known,
        "number": number_of(known) if known else "",
        "address": next((point.value for point in addresses_of(known)), "") if known else "",
        "there": somebody_there(place.group_id),
        "line": "/ws/visit",
    }
    response = render(request, "chat/frame.html", context)
    response._csp_replace = {"frame-ancestors": ["'self'", *place.origins]}  # type: ignore[attr-defined]  # django-csp's
    return response


@require_GET
@called
def now(request: HttpRequest) -> HttpResponseBase:
    """How it stands, and what was said after the last message that the frame knows."""
    return JsonResponse(_standing(request, chat_of(visitor_in(request)), request.GET.get("after", "")))


@require_POST
@called
def begin(request: HttpRequest) -> HttpResponseBase:
    """The first line. The answer holds the visitor's key, for frames on sites where no cookie of ours is kept."""
    form = OpenForm(request.POST)
    if not form.is_valid():
        return JsonResponse(problem_of(form), status=422)
    if not may_once_more(request, "chat.begin", BEGINNING):
        raise TooMany(retry_after=60)
    chat = begin_chat(visitor_of(request), _opening(form.cleaned_data))
    return JsonResponse(_standing(request, chat, "") | {"key": getattr(request, "visitor_key", "")}, status=201)


@require_POST
@called
def call_me(request: HttpRequest) -> HttpResponseBase:
    """He wants to be called; answered as the first line is."""
    form = CallMeForm(request.POST)
    if not form.is_valid():
        return JsonResponse(problem_of(form), status=422)
    opening = _opening(form.cleaned_data)
    if opening.place is None or not opening.place.calls:
        raise NotFound
    if not may_once_more(request, "chat.call-me", CALLING):
        raise TooMany(retry_after=600)
    chat = wish_call(visitor_of(request), form.cleaned_data["number"], opening)
    return JsonResponse(_standing(request, chat, "") | {"key": getattr(request, "visitor_key", "")}, status=201)


@require_POST
@called
def say(request: HttpRequest) -> HttpResponseBase:
    """One more line, with files."""
    form = SayForm(request.POST)
    if not form.is_valid():
        return JsonResponse(problem_of(form), status=422)
    chat = _chat(request)
    files = _files(request)
    told = form.cleaned_data
    message = customer_says(chat, told["id"], told["text"], files=files, page=told["page"], title=told["title"])
    return JsonResponse({"said": shapes(chat, [message])[0]})


@require_POST
@called
def sign(request: HttpRequest) -> HttpResponseBase:
    """He is typing, or has read."""
    chat = _chat(request)
    if request.POST.get("what") == "typing":
        note_typing(chat, side="customer")
    else:
        note_read(chat, side="customer")
    return HttpResponse(status=204)


@require_POST
@called
def end(request: HttpRequest) -> HttpResponseBase:
    """He ends it; with an address what was said is mailed there."""
    chat = _chat(request)
    if address := request.POST.get("address", ""):
        if not may_once_more(request, "chat.mail", SENDING):
            raise TooMany(retry_after=60)
        mail_transcript(chat, address)
    if request.POST.get("over") == "yes":
        end_chat(CUSTOMER, chat, by="customer")
    return JsonResponse({"ok": True})


@public
@visiting
@require_GET
def file(request: HttpRequest, chat_id: UUID, file_id: UUID) -> HttpResponseBase:
    """A file of one's own chat."""
    chat = chat_of(visitor_in(request))
    if chat is None or chat.pk != chat_id:
        raise NotFound
    return answer_file(file_of(chat, file_id))


def _opening(told: dict[str, Any]) -> Opening:
    return Opening(
        told["id"],
        told["text"],
        name=told["name"],
        address=told["address"],
        page=told["page"],
        title=told["title"],
        language="en" if (get_language() or "it").startswith("en") else "it",
        place=ChatPlace.objects.filter(code=told["place"], active=True).select_related("group", "company").first(),
    )


def _chat(request: HttpRequest) -> Chat:
    chat = chat_of(visitor_in(request))
    if chat is None:
        raise NotFound
    return chat


def _files(request: HttpRequest) -> list[tuple[UUID, str]]:
    uploads = request.FILES.getlist("files")[:MOST_FILES]
    if any((upload.size or 0) > LARGEST for upload in uploads):
        raise InvalidFields({"files": _("A file has 10 MB at most.")})
    kept = [
        store_file(one.read(), name=one.name or "", media_type=one.content_type or "application/octet-stream")
        for one in uploads
    ]
    return [(stored.id, stored.name) for stored in kept]


def _standing(request: HttpRequest, chat: Chat | None, after: str) -> dict[str, Any]:
    """What a frame has to know when it opens, and when it comes back after its line was down."""
    visitor = visitor_in(request)
    group = chat.group_id if chat else None
    if chat is None:
        return {"chat": None, "there": somebody_there(group)}
    known = UUID(after) if _is_id(after) else None
    return {
        "chat": str(chat.pk),
        "topic": f"chat:{chat.pk}",
        "visit": f"visit:{visitor.pk}" if visitor else "",
        "state": chat.state,
        "operator": chat.operator.given_name if chat.operator and chat.state == "open" else "",
        "number": str(chat.conversation.ticket.number) if chat.conversation.ticket else "",
        "there": somebody_there(group),
        "call": display_phone(chat.call_number) if chat.wants_call else "",
        "wait": seconds_to_wait(group) if chat.state == "waiting" else 0,
        "read": chat.operator_read.isoformat() if chat.operator_read else "",
        "messages": shapes(chat, messages_since(chat, known)),
    }


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
