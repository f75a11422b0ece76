"""The inbox: a queue, what was said, and the customer beside it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from filo.collaborative.inbox.forms import AnswerForm, CallForm, NoteForm
from filo.collaborative.inbox.models import Conversation, Draft, Snippet
from filo.collaborative.inbox.policies import CONVERSATION_EDITED
from filo.collaborative.inbox.queries.boxes import BOXES, DEFAULT, else_with, in_box, messages_of, seen_conversation
from filo.collaborative.inbox.queries.colleagues import colleagues_to_name
from filo.collaborative.inbox.queries.done import acts_on
from filo.collaborative.inbox.queries.drafts import drafts_of, has_draft
from filo.collaborative.inbox.queries.others import others_like
from filo.collaborative.inbox.ready import ready_texts
from filo.foundation.accounts.queries import active_people
from filo.foundation.web.paging import Key, page_of
from filo.foundation.web.requests import StaffRequest, wants_fragment
from filo.operational.parties.queries.find import relationships_shown
from filo.operational.parties.timeline_kinds import told
from filo.operational.service.models import ServiceGroup

SIZE = 30
# Who waits for a person stands on top, then the newest.
IN_TURN = [Key("wants_person", descending=True), Key("last_at", descending=True), Key("id", descending=True)]


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """A box, nothing opened."""
    _require(request)
    return render(request, "inbox/index.html", _queue(request))


@require_GET
def queue(request: StaffRequest) -> HttpResponse:
    """The queue alone, fetched again when something comes in."""
    _require(request)
    return render(request, "inbox/_queue.html", _queue(request) | {"opened": request.GET.get("opened", "")})


@require_GET
def talk(request: StaffRequest, conversation_id: UUID) -> HttpResponse:
    """One conversation, with its queue; alone where a part of the page asks for it."""
    _require(request)
    found = seen_conversation(request.principal, conversation_id)
    context = talk_context(request, found)
    if wants_fragment(request):
        return render(request, "inbox/_talk.html", context)
    return render(request, "inbox/index.html", _queue(request) | context)


@require_GET
def messages(request: StaffRequest, conversation_id: UUID) -> HttpResponse:
    """What was said, fetched again when something changes; what is being typed stays."""
    _require(request)
    found = seen_conversation(request.principal, conversation_id)
    may_answer = CONVERSATION_EDITED.allows(request.principal, found)
    context = {"conversation": found, "messages_said": messages_of(found), "may_answer": may_answer}
    return render(request, "inbox/_messages.html", context)


@require_GET
def others(request: StaffRequest, conversation_id: UUID) -> HttpResponse:
    """Those that it may be joined with: while one types, or at hand."""
    _require(request)
    found, text = seen_conversation(request.principal, conversation_id), request.GET.get("q", "")[:120].strip()
    context = {"others": others_like(request.principal, found, text), "typed": text}
    return render(request, "inbox/_others.html", context)


@require_GET
def colleagues(request: StaffRequest, conversation_id: UUID) -> HttpResponse:
    """Whom one can name with @ here, as is typed."""
    _require(request)
    found = seen_conversation(request.principal, conversation_id)
    offered = colleagues_to_name(request.principal, found, request.GET.get("q", "")[:80])
    return render(request, "interactions/_colleagues.html", {"found": offered})


@require_GET
def changes(request: StaffRequest, conversation_id: UUID) -> HttpResponse:
    """What was done with it, the latest first, with the way back."""
    _require(request)
    found = seen_conversation(request.principal, conversation_id)
    may_answer = CONVERSATION_EDITED.allows(request.principal, found)
    context = {"conversation": found, "acts": acts_on(request.principal, found), "may_answer": may_answer}
    return render(request, "inbox/_changes.html", context)


def talk_context(request: StaffRequest, conversation: Conversation, **forms: Any) -> dict[str, Any]:
    """Everything that a conversation's page shows."""
    principal = request.principal
    party = conversation.party
    may_answer = CONVERSATION_EDITED.allows(principal, conversation)
    shown = relationships_shown(principal, [party]) if party else {}
    drafts = drafts_of(principal, conversation)
    return {
        "conversation": conversation,
        "opened": str(conversation.id),
        "messages_said": messages_of(conversation),
        "may_answer": may_answer,
        "form": forms.get("form") or AnswerForm(initial=_begun(drafts.get("answer"))),
        "note_form": forms.get("note_form") or NoteForm(initial=_begun(drafts.get("note"))),
        "call_form": forms.get("call_form") or CallForm(initial={"direction": "out"}),
        "kept_files": drafts["answer"].files.all() if "answer" in drafts else [],
        "tab": forms.get("tab") or ("note" if "note" in drafts and "answer" not in drafts else "answer"),
        "colleagues": active_people().order_by("given_name", "family_name")[:200] if may_answer else [],
        "groups": ServiceGroup.objects.order_by("name")[:100] if may_answer else [],
        "snippets": ready_texts(Snippet.objects.visible_to(principal), conversation, principal) if may_answer else [],
        "story": told(else_with(principal, conversation)),
        "relationship": next(iter(shown.get(party.id, [])), None) if party else None,
    }


def _begun(draft: Draft | None) -> dict[str, str]:
    return {"text": draft.text, "cc": draft.cc} if draft else {}


def _queue(request: StaffRequest) -> dict[str, Any]:
    box, text = request.GET.get("box", DEFAULT), request.GET.get("q", "").strip()
    page = page_of(
        in_box(request.principal, box, text=text).annotate(drafted=has_draft(request.principal)),
        IN_TURN,
        size=SIZE,
        cursor=request.GET.get("cursor", ""),
    )
    return {"page": page, "conversations": page.rows, "box": box, "boxes": BOXES, "text": text}


def _require(request: StaffRequest) -> None:
    if not request.principal.may("correspondence", "view"):
        request.principal.require("conversation", "view")
