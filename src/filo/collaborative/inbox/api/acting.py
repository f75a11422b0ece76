"""What programs do in conversations: write, answer, note, give, put off, join, part, move."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _

from filo.collaborative.inbox.api.reading import with_messages
from filo.collaborative.inbox.api.routing import router
from filo.collaborative.inbox.api.shapes import (
    ConversationChange,
    ConversationNote,
    ConversationWithMessages,
    JoinBody,
    MailBody,
    MessageShape,
    ReplyBody,
    SplitBody,
    said,
)
from filo.collaborative.inbox.models import Conversation
from filo.collaborative.inbox.queries.boxes import seen_conversation
from filo.collaborative.inbox.queries.writing import mailboxes_to_write_from
from filo.collaborative.inbox.services.moving import merge, move_to
from filo.collaborative.inbox.services.notes import add_note
from filo.collaborative.inbox.services.parting import split
from filo.collaborative.inbox.services.sending import Answer, send_message
from filo.collaborative.inbox.services.working import assign, label, pass_on, set_state, snooze
from filo.collaborative.inbox.services.writing import Letter, write_mail
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.rest import people_named
from filo.foundation.audit.operations import one_operation
from filo.foundation.errors import InvalidFields
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import refuse_stale, versioned
from filo.operational.parties.queries.find import seen_party
from filo.operational.service.models import ServiceGroup


def writer(request: ApiRequest, action: str = "edit") -> Principal:
    """Who answers conversations of the firm, or personal mail. Raises `ScopeMissing`, `Forbidden`."""
    if request.principal.may("correspondence", action):
        return request.principal
    return require(request, "conversation", action)


@router.post(
    "/conversations",
    response={201: ConversationWithMessages},
    summary="Write to a customer",
    openapi_extra=VERSIONED,
)
def write_to_customer(request: ApiRequest, body: MailBody) -> HttpResponse:
    """Begin a conversation with a mail of ours; it leaves in ten seconds, or at `leaves_at`."""
    principal = writer(request, "create")
    box = next((box for box in mailboxes_to_write_from(principal) if box.address == body.mailbox.lower()), None)
    if box is None:
        raise InvalidFields({"mailbox": _("There is no mailbox of this address that you can write from.")})
    letter = Letter(body.to, box, body.subject, body.text, cc=body.cc)
    sent = write_mail(principal, seen_party(principal, body.party), letter, leaves_at=body.leaves_at)
    headers = {"Location": f"/api/v1/conversations/{sent.conversation_id}"}
    return versioned(request, _one(principal, sent.conversation_id), status=201, headers=headers)


@router.patch(
    "/conversations/{uuid:conversation_id}",
    response=ConversationWithMessages,
    summary="Change a conversation",
    openapi_extra=VERSIONED,
)
def patch_conversation(request: ApiRequest, conversation_id: UUID, body: ConversationChange) -> HttpResponse:
    """Give it to somebody, move its state on, put it off, label it, say with whom it is; all of it or nothing."""
    principal, sent = writer(request), body.sent()
    found = seen_conversation(principal, conversation_id)
    with one_operation(), transaction.atomic():
        locked = Conversation.objects.visible_to(principal).select_for_update(of=("self",)).get(pk=found.pk)
        refuse_stale(request, locked.version)
        _change(principal, found, sent)
    return versioned(request, _one(principal, found.id))


def _change(principal: Principal, found: Conversation, sent: dict[str, Any]) -> None:
    if "party" in sent:
        move_to(principal, found, seen_party(principal, sent["party"]) if sent["party"] else None)
    if "group" in sent:
        pass_on(principal, found, _group(sent["group"]))
    if "assignee" in sent:
        assign(principal, found, _person(sent["assignee"]))
    if "tags" in sent:
        label(principal, found, sent["tags"])
    if sent.get("snoozed_until"):
        snooze(principal, found, sent["snoozed_until"])
    elif "state" in sent:
        set_state(principal, found, sent["state"])


@router.post(
    "/conversations/{uuid:conversation_id}/replies", response={201: MessageShape}, summary="Answer in a conversation"
)
def reply(request: ApiRequest, conversation_id: UUID, body: ReplyBody) -> tuple[int, dict[str, Any]]:
    """Answer the customer; it leaves in ten seconds, or at `leaves_at`."""
    principal = writer(request)
    found = seen_conversation(principal, conversation_id)
    answer = Answer(body.text, cc=body.cc, then=body.then)
    return 201, said(send_message(principal, found, answer, leaves_at=body.leaves_at, seen=body.seen))


@router.post(
    "/conversations/{uuid:conversation_id}/notes", response={201: MessageShape}, summary="Note in a conversation"
)
def add_note_to_conversation(
    request: ApiRequest, conversation_id: UUID, body: ConversationNote
) -> tuple[int, dict[str, Any]]:
    """A note among colleagues, which no customer sees."""
    principal = writer(request)
    return 201, said(add_note(principal, seen_conversation(principal, conversation_id), body.text))


@router.post(
    "/conversations/{uuid:conversation_id}/merge",
    response=ConversationWithMessages,
    summary="Join two conversations",
    openapi_extra=VERSIONED,
)
def merge_conversation(request: ApiRequest, conversation_id: UUID, body: JoinBody) -> HttpResponse:
    """Make it a part of another, with its request; answers with the other."""
    principal = writer(request)
    into = seen_conversation(principal, body.into)
    merge(principal, seen_conversation(principal, conversation_id), into)
    return versioned(request, _one(principal, into.id))


@router.post(
    "/conversations/{uuid:conversation_id}/split",
    response={201: ConversationWithMessages},
    summary="Part a conversation",
    openapi_extra=VERSIONED,
)
def split_conversation(request: ApiRequest, conversation_id: UUID, body: SplitBody) -> HttpResponse:
    """Some of the messages become a conversation of their own; answers with it."""
    principal = writer(request)
    found = seen_conversation(principal, conversation_id)
    fresh = split(principal, found, body.messages, body.subject, with_ticket=body.open_ticket)
    headers = {"Location": f"/api/v1/conversations/{fresh.id}"}
    return versioned(request, _one(principal, fresh.id), status=201, headers=headers)


def _one(principal: Principal, conversation_id: UUID) -> dict[str, Any]:
    return with_messages(principal, seen_conversation(principal, conversation_id))


def _group(code: str) -> ServiceGroup:
    found = ServiceGroup.objects.filter(code=code).first()
    if found is None:
        raise InvalidFields({"group": _("There is no group of this code.")})
    return found


def _person(name: str) -> UUID | None:
    found = people_named([name]).get(name) if name else None
    if name and found is None:
        raise InvalidFields({"assignee": _("Choose somebody who works here.")})
    return found.id if found else None
