"""What is half written is kept on the server, so that it comes back on another machine."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction

from filo.collaborative.inbox.models import Conversation, Draft, DraftFile, Message
from filo.collaborative.inbox.policies import CONVERSATION_EDITED, CONVERSATION_SEEN
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import Forbidden
from filo.foundation.folding import clean_text

LIMIT = 200_000


def keep_draft(
    principal: Principal,
    conversation: Conversation,
    kind: str,
    text: str,
    *,
    cc: str = "",
    files: Sequence[tuple[UUID, str]] = (),
) -> None:
    """Keep what somebody has written so far; of nothing, nothing is kept. `files` are added. Raises `Forbidden`.

    A page may send its last words after they have left: what this person said last is no draft.
    """
    rule = CONVERSATION_SEEN if kind == "note" else CONVERSATION_EDITED
    if principal.user_id is None or principal.viewed_by or not rule.allows(principal, conversation):
        raise Forbidden
    text = clean_text(text, max_length=LIMIT)
    with transaction.atomic():
        if _just_said(principal, conversation, kind, text) or not (text.strip() or _has_files(principal, conversation)):
            drop_draft(principal, conversation, kind)
            return
        facts = {"text": text, "cc": cc[:2000], "at": clock.now()}
        draft, _new = Draft.objects.update_or_create(
            conversation=conversation, person_id=principal.user_id, kind=kind, defaults=facts
        )
        DraftFile.objects.bulk_create(DraftFile(draft=draft, file_id=file_id, name=name) for file_id, name in files)


def drop_draft(principal: Principal, conversation: Conversation, kind: str) -> None:
    """It was sent, or thrown away."""
    Draft.objects.filter(conversation=conversation, person=principal.user_id, kind=kind).delete()


def take_drafts_along(source: Conversation, target: Conversation) -> None:
    """What was begun in a conversation goes with it into another, where its writer has begun nothing yet."""
    begun = set(Draft.objects.filter(conversation=target).values_list("person", "kind"))
    mine = Draft.objects.filter(conversation=source)
    Draft.objects.filter(pk__in=[one.pk for one in mine if (one.person_id, one.kind) not in begun]).update(
        conversation=target
    )


def files_of_draft(principal: Principal, conversation: Conversation, ids: Collection[UUID]) -> list[tuple[UUID, str]]:
    """Those files of one's own draft of an answer that are to go with it, as an answer names them."""
    mine = DraftFile.objects.filter(draft__conversation=conversation, draft__person=principal.user_id)
    rows = mine.filter(draft__kind="answer", pk__in=list(ids))
    return [(row.file_id, row.name) for row in rows]


def _has_files(principal: Principal, conversation: Conversation) -> bool:
    return DraftFile.objects.filter(draft__conversation=conversation, draft__person=principal.user_id).exists()


def _just_said(principal: Principal, conversation: Conversation, kind: str, text: str) -> bool:
    mine = Message.objects.filter(conversation=conversation, author=principal.user_id)
    mine = mine.filter(kind="note") if kind == "note" else mine.exclude(kind="note")
    last = mine.order_by("-id").values_list("text", flat=True).first()
    return last is not None and last.strip() == text.strip()
