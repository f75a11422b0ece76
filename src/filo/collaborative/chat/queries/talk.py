"""What is said in a chat, as its pages show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import UUIDField
from django.urls import reverse
from django.utils import timezone

from filo.collaborative.chat.models import Chat
from filo.collaborative.inbox.models import Conversation, Message, MessageFile
from filo.collaborative.inbox.shown_text import without_address
from filo.collaborative.visitors.models import PersonalLink, Visitor
from filo.foundation import clock
from filo.foundation.access.prepared import PreparedFor
from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.foundation.files.models import StoredFile
from filo.foundation.prepared import Prepared, asked
from filo.operational.parties.models import Party

MOST, SHOWN_AFTER = 500, timedelta(hours=1)


# Asked for each line that is said, and each that is heard.
_GOING_ON = Prepared(lambda: Chat.objects.filter(visitor=asked("visitor", UUIDField())).for_list().going_on())
_OF = Prepared(
    lambda: Chat.objects.filter(pk=asked("pk", UUIDField()), visitor=asked("visitor", UUIDField())).values_list("pk")
)
_SEEN = PreparedFor(
    lambda principal: (
        Chat.objects.visible_to(principal)
        .for_list()
        .select_related("conversation__group")
        .filter(pk=asked("pk", UUIDField()))
    )
)


def chat_of(visitor: Visitor | None) -> Chat | None:
    """The chat that this visitor has going on, or one that ended just now: later a browser may be another's."""
    if visitor is None:
        return None
    rows = Chat.objects.filter(visitor=visitor).for_list()
    return going_on_with(visitor) or rows.filter(ended_at__gte=clock.now() - SHOWN_AFTER).first()


def going_on_with(visitor: Visitor) -> Chat | None:
    """The chat that is not over."""
    return _GOING_ON.first(visitor=visitor.pk)


def seen_by(principal: Principal, chat_id: UUID) -> Chat | None:
    """One chat, if this colleague may read it."""
    return next(iter(_SEEN.rows(principal, pk=chat_id)), None)


def is_of(visitor_id: UUID, chat_id: UUID) -> bool:
    """Whether a chat is this visitor's."""
    return bool(_OF.rows(visitor=visitor_id, pk=chat_id))


def messages_since(chat: Chat, after: UUID | None = None) -> list[Message]:
    """What was said in it, oldest first, from after a message on; colleagues' notes are not among it."""
    rows = Message.objects.filter(conversation=chat.conversation_id, channel="chat", at__gte=chat.began_at)
    if chat.ended_at is not None:
        rows = rows.filter(at__lte=chat.ended_at)
    last = Message.objects.filter(pk=after, conversation=chat.conversation_id).first() if after else None
    if last is not None:
        rows = rows.filter(at__gte=last.at).exclude(pk=last.pk)
    return list(rows.exclude(kind="note").order_by("at", "id")[:MOST])


def shapes(chat: Chat, messages: Iterable[Message], *, inside: bool = False) -> list[dict[str, Any]]:
    """Messages as scripts read them: who, when, what, and the addresses of files (`inside`: those for colleagues)."""
    door = "chat:operator-file" if inside else "chat:file"
    found = list(messages)
    files: dict[UUID, list[MessageFile]] = {}
    for row in MessageFile.objects.filter(message__in=[one.pk for one in found]).order_by("position"):
        files.setdefault(row.message_id, []).append(row)
    return [_shape(chat, one, files.get(one.pk, []), door, inside=inside) for one in found]


def _shape(chat: Chat, message: Message, files: Sequence[MessageFile], door: str, *, inside: bool) -> dict[str, Any]:
    return {
        "id": str(message.pk),
        "from": "them" if message.direction == "in" else "us",
        "automatic": message.kind == "automatic",
        "name": message.author_name,
        "text": message.told_whole if inside else message.text,
        "at": message.at.isoformat(),
        "files": [{"name": one.name, "url": reverse(door, args=[chat.pk, one.pk])} for one in files],
    }


def told(principal: Principal, messages: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Mapping[str, Any]]:
    """What goes over the line of a chat: messages with their content, in one question; other news as they are."""
    ids = [UUID(str(data["message"])) for kind, data in messages if kind == "message"]
    rows = {row.pk: row for row in Message.objects.filter(pk__in=ids)} if ids else {}
    chat = Chat(pk=UUID(str(messages[0][1]["chat"]))) if ids else None
    ready = {one["id"]: one for one in shapes(chat, rows.values(), inside=principal.kind != "link")} if chat else {}
    return [
        {**data, "said": ready.get(str(data.get("message")))} if kind == "message" else data for kind, data in messages
    ]


def talk_to_go_on_with(visitor: Visitor) -> Conversation | None:
    """The conversation that a personal link in a mail brought him from: the person he gets knows it already."""
    if visitor.known is None:
        return None
    links = PersonalLink.objects.filter(used_by=visitor, party=visitor.party_id).order_by("-used_at")[:5]
    named = [one.context["conversation"] for one in links if one.context.get("conversation")]
    rows = Conversation.objects.filter(pk__in=named[:1], merged_into=None, private=False)
    return rows.select_related("party", "ticket", "group", "company").first()


def number_of(party: Party) -> str:
    """At which number this customer is called."""
    points = [point for point in party.contact_points.all() if point.type in ("mobile", "phone")]
    points.sort(key=lambda point: (not point.preferred, point.type != "mobile"))
    return points[0].value if points else ""


def transcript(chat: Chat) -> str:
    """What was said, line by line, in the customer's language and time."""
    lines = []
    for one in messages_since(chat):
        moment = timezone.localtime(one.at)
        files = "".join(f" [{row.name}]" for row in one.files.all())
        lines.append(f"{moment:%H:%M} {one.author_name}: {without_address(one.text)}{files}")
    return "\n".join(lines)


def file_of(chat: Chat, file_id: UUID) -> StoredFile:
    """A file that was sent in a chat. Raises `NotFound`."""
    rows = MessageFile.objects.filter(message__conversation=chat.conversation_id, message__channel="chat")
    rows = rows.filter(message__at__gte=chat.began_at).exclude(message__kind="note")
    found = rows.filter(pk=file_id).select_related("file").first()
    if found is None:
        raise NotFound
    return found.file
