"""Conversations and what was said in them, read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from ninja import Query

from filo.collaborative.inbox.api.routing import router
from filo.collaborative.inbox.api.shapes import ConversationList, ConversationWithMessages, MessageList, said, shown
from filo.collaborative.inbox.filters import CONVERSATION_FILTERS
from filo.collaborative.inbox.models import Conversation
from filo.collaborative.inbox.queries.boxes import holding, seen_conversation
from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.foundation.files.answering import answer_file
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, PageParams, list_answer, listed, page_in
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import versioned
from filo.foundation.web.paging import Key, capped_count

MOST_SAID = 100
LATEST = (Key("at", descending=True), Key("id", descending=True))
SORTS = {
    "-last": (Key("last_at", descending=True), Key("id", descending=True)),
    "last": (Key("last_at"), Key("id")),
    "waiting": (Key("waiting_since", nullable=True), Key("id")),
}


def reader(request: ApiRequest) -> Principal:
    """Who reads conversations of the firm, or personal mail. Raises `ScopeMissing`, `Forbidden`."""
    if request.principal.may("correspondence", "view"):
        return request.principal
    return require(request, "conversation", "view")


@router.get("/conversations", response=ConversationList, summary="List conversations")
def list_conversations(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The conversations one sees, the latest first. Orders: last, waiting (who waits longest first).

    Filters: state, group (codes, `mine`, `none`), assignee (ids, `me`, `none`), party, ticket, channel, wants_person,
    needs_sorting, private (true or false), last. `q` is the number of a request, or words of subject, name and address.
    """
    principal = reader(request)
    found = Conversation.objects.visible_to(principal).filter(holding(asked.q)).for_list()
    page, count = listed(principal, found, asked, sorts=SORTS, filters=CONVERSATION_FILTERS)
    return list_answer(shown(principal, page.rows), page.next, count)


@router.get(
    "/conversations/{uuid:conversation_id}",
    response=ConversationWithMessages,
    summary="Read a conversation",
    openapi_extra=VERSIONED,
)
def get_conversation(request: ApiRequest, conversation_id: UUID) -> HttpResponse:
    """One conversation with what was said last; one that became part of another is that other one."""
    principal = reader(request)
    return versioned(request, with_messages(principal, seen_conversation(principal, conversation_id)))


@router.get("/conversations/{uuid:conversation_id}/messages", response=MessageList, summary="List messages")
def list_messages(request: ApiRequest, conversation_id: UUID, asked: Query[PageParams]) -> HttpResponse:
    """All that was said, the latest first."""
    found = seen_conversation(reader(request), conversation_id)
    rows = found.messages.prefetch_related("files")
    page = page_in(rows, LATEST, asked)
    return list_answer([said(message) for message in page.rows], page.next, capped_count(rows))


@router.get("/conversations/{uuid:conversation_id}/files/{uuid:file_id}", response=None, summary="Fetch a file")
def get_file(request: ApiRequest, conversation_id: UUID, file_id: UUID) -> HttpResponseBase:
    """A file that came or went with a message."""
    found = seen_conversation(reader(request), conversation_id)
    rows = (row for message in found.messages.prefetch_related("files__file") for row in message.files.all())
    row = next((row for row in rows if row.pk == file_id), None)
    if row is None:
        raise NotFound
    return answer_file(row.file, inline=False)


def with_messages(principal: Principal, conversation: Conversation) -> dict[str, Any]:
    """A conversation as `ConversationWithMessages`."""
    rows = conversation.messages.prefetch_related("files").order_by("-at", "-id")[:MOST_SAID]
    return shown(principal, [conversation])[0] | {"messages": [said(message) for message in reversed(rows)]}
