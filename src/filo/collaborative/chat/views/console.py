"""The console: the chats that wait and one's own, what is said in one, and what is known of its customer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filo.collaborative.chat.forms import SayForm, problem_of
from filo.collaborative.chat.models import Chat, ChatDesk
from filo.collaborative.chat.queries.console import before_chat, lists_for
from filo.collaborative.chat.queries.talk import file_of, messages_since, seen_by, shapes
from filo.collaborative.chat.services import (
    beat,
    end_chat,
    mail_transcript,
    note_called,
    note_read,
    note_typing,
    operator_says,
    pass_chat,
    set_desk,
    take_chat,
)
from filo.collaborative.inbox.models import Snippet
from filo.collaborative.inbox.policies import CONVERSATION_EDITED
from filo.collaborative.inbox.ready import ready_texts
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import active_people
from filo.foundation.errors import DomainError, InvalidFields, NotFound
from filo.foundation.files.answering import answer_file
from filo.foundation.files.services import store_file
from filo.foundation.web.requests import StaffRequest, wants_fragment
from filo.operational.parties.queries.find import relationships_shown
from filo.operational.service.models import ServiceGroup

EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
MOST_FILES, LARGEST = 5, 10 * 1024 * 1024


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The lists, nothing opened."""
    request.principal.require("conversation", "view")
    return render(request, "chat/index.html", _lists(request))


@require_GET
def lists(request: StaffRequest) -> HttpResponse:
    """The lists alone, fetched again when something changes."""
    request.principal.require("conversation", "view")
    return render(request, "chat/_lists.html", _lists(request) | {"opened": request.GET.get("opened", "")})


@require_GET
def talk(request: StaffRequest, chat_id: UUID) -> HttpResponse:
    """One chat with everything around it."""
    chat = _seen(request, chat_id)
    response = render(request, "chat/index.html", _lists(request) | _talk(request, chat) | {"opened": str(chat.pk)})
    # What shows the customer's page begins with a style element that holds nothing: its rules are put in one by one.
    response._csp_update = {"style-src": [EMPTY_STYLE]}  # type: ignore[attr-defined]  # django-csp's
    return response


@require_GET
def news(request: StaffRequest, chat_id: UUID) -> HttpResponse:
    """What was said after the last message that the page knows, and how the chat stands."""
    chat = _seen(request, chat_id)
    after = request.GET.get("after", "")
    try:
        known = UUID(after) if after else None
    except ValueError:
        known = None
    told = {"state": chat.state, "operator": chat.operator.name if chat.operator else ""}
    read = chat.customer_read.isoformat() if chat.customer_read else ""
    return JsonResponse(told | {"read": read, "messages": shapes(chat, messages_since(chat, known), inside=True)})


@require_GET
def around(request: StaffRequest, chat_id: UUID) -> HttpResponse:
    """All that is known of the customer, fetched again when something is learned."""
    chat = _seen(request, chat_id)
    return render(request, "chat/_around.html", _around(request, chat))


@require_POST
def say(request: StaffRequest, chat_id: UUID) -> HttpResponse:
    """A line to the customer; who answers a chat that waits takes it."""
    chat, form = _seen(request, chat_id), SayForm(request.POST)
    if not form.is_valid():
        return JsonResponse(problem_of(form), status=422)
    uploads = request.FILES.getlist("files")[:MOST_FILES]
    try:
        if any((one.size or 0) > LARGEST for one in uploads):
            raise InvalidFields({"files": _("A file has 10 MB at most.")})
        kept = [store_file(one.read(), name=one.name or "", media_type=one.content_type or "") for one in uploads]
        told = form.cleaned_data
        files = [(stored.id, stored.name) for stored in kept]
        message = operator_says(request.principal, chat, told["id"], told["text"], files=files)
    except InvalidFields as error:
        sentences = {name: str(found[0]) for name, found in error.fields.items()}
        return JsonResponse({"problems": sentences}, status=422)
    except DomainError as error:
        return JsonResponse({"problem": str(error)}, status=error.status)
    return JsonResponse({"said": shapes(chat, [message], inside=True)[0]})


@require_GET
def file(request: StaffRequest, chat_id: UUID, file_id: UUID) -> FileResponse:
    """A file of a chat that one may read."""
    return answer_file(file_of(_seen(request, chat_id), file_id))


@require_POST
def sign(request: StaffRequest, chat_id: UUID) -> HttpResponse:
    """Typing, or everything read."""
    chat = _seen(request, chat_id)
    if request.POST.get("what") == "typing":
        note_typing(chat, side="operator")
    else:
        note_read(chat, side="operator", principal=request.principal)
    return HttpResponse(status=204)


@require_POST
def take(request: StaffRequest, chat_id: UUID) -> HttpResponse:
    """Take one that waits."""
    chat = _seen(request, chat_id)
    try:
        take_chat(request.principal, chat)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("chat:talk", chat.pk)


@require_POST
def called(request: StaffRequest, chat_id: UUID) -> HttpResponse:
    """One is calling the customer who asked for it."""
    chat = note_called(request.principal, _seen(request, chat_id))
    if not wants_fragment(request):
        return redirect("chat:talk", chat.pk)
    return render(request, "chat/_call.html", {"chat": chat, "may_call": True})


@require_POST
def pass_on(request: StaffRequest, chat_id: UUID) -> HttpResponse:
    """To a colleague, or to a group."""
    chat = _seen(request, chat_id)
    kind, _colon, found = request.POST.get("to", "").partition(":")
    person = User.objects.filter(pk=_id(found), is_active=True).first() if kind == "person" else None
    group = ServiceGroup.objects.filter(pk=_id(found)).first() if kind == "group" else None
    try:
        pass_chat(request.principal, chat, person=person, group=group)
        messages.success(request, _("Passed on. The customer stays on the same page, and need not say anything again."))
    except InvalidFields as error:
        messages.error(request, str(next(iter(error.fields.values()))[0]))
        return redirect("chat:talk", chat.pk)
    return redirect("chat:index")


@require_POST
def end(request: StaffRequest, chat_id: UUID) -> HttpResponse:
    """Over; with what was said mailed, where an address is given."""
    chat = _seen(request, chat_id)
    if not CONVERSATION_EDITED.allows(request.principal, chat.conversation):
        raise NotFound
    if address := request.POST.get("address", ""):
        try:
            mail_transcript(chat, address)
        except InvalidFields as error:
            messages.error(request, str(next(iter(error.fields.values()))[0]))
            return redirect("chat:talk", chat.pk)
    end_chat(request.principal, chat, by="operator")
    messages.success(request, _("The chat is over. What was said stands on the card."))
    return redirect("chat:index")


@require_POST
def desk(request: StaffRequest) -> HttpResponse:
    """One's desk: open or closed, and how many chats at once."""
    most = request.POST.get("most", "")
    try:
        set_desk(
            request.principal,
            open=request.POST.get("open") == "yes",
            most=int(most) if most.isascii() and most.isdigit() else None,
        )
    except InvalidFields as error:
        messages.error(request, str(next(iter(error.fields.values()))[0]))
    return redirect("chat:index")


@require_POST
def here(request: StaffRequest) -> HttpResponse:
    """The console is open."""
    beat(request.principal)
    return HttpResponse(status=204)


def _seen(request: StaffRequest, chat_id: UUID) -> Chat:
    found = seen_by(request.principal, chat_id)
    if found is None:
        raise NotFound
    return found


def _lists(request: StaffRequest) -> dict[str, Any]:
    mine = ChatDesk.objects.filter(user=request.principal.user_id).first()
    return lists_for(request.principal) | {"desk": mine, "may_take": request.principal.may("conversation", "edit")}


def _talk(request: StaffRequest, chat: Chat) -> dict[str, Any]:
    principal = request.principal
    may_answer = CONVERSATION_EDITED.allows(principal, chat.conversation)
    found = messages_since(chat)
    return {
        "chat": chat,
        "said": shapes(chat, found, inside=True),
        "before": before_chat(chat),
        "may_answer": may_answer,
        "may_call": may_answer and chat.state == "open" and chat.operator_id == principal.user_id,
        "snippets": ready_texts(Snippet.objects.visible_to(principal), chat.conversation, principal),
        "colleagues": active_people().order_by("given_name", "family_name")[:100] if may_answer else [],
        "groups": ServiceGroup.objects.order_by("name")[:100] if may_answer else [],
    } | _around(request, chat)


def _around(request: StaffRequest, chat: Chat) -> dict[str, Any]:
    party = chat.conversation.party
    shown = relationships_shown(request.principal, [party]) if party else {}
    return {
        "chat": chat,
        "party": party,
        "relationship": next(iter(shown.get(party.id, [])), None) if party else None,
    }


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None
