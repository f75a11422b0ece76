"""What was said in conversations, found by its words by whoever may read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from filo.collaborative.inbox.models import Conversation, Message, MessageFile
from filo.foundation.access.principal import Principal
from filo.foundation.search import services as search
from filo.foundation.search.excerpts import excerpt
from filo.foundation.search.filling import Filler, register_filler
from filo.foundation.search.lookups import Group
from filo.foundation.search.queries import notes_among
from filo.foundation.search.sources import Line, Sought, register_source
from filo.foundation.sizes import rows_about
from filo.operational.parties.queries.naming import names_of

KIND, VERSION = "message", 1
MOST_LOOKED_AT, LATEST = 2_000, 2_000
# So many messages are looked at for each conversation that is told.
FOR_EACH = 5


def text_of(message: Message, files: Iterable[str] = ()) -> str:
    """What it says anew, its subject, and what its files are called."""
    return "\n".join([message.subject, message.told, *files])


def keep_words(message: Message, files: Iterable[str] = ()) -> None:
    """Make a new message findable; verbs call it in their transaction."""
    search.note_new(KIND, {message.pk: text_of(message, files)})


def forget_words(ids: Iterable[UUID]) -> None:
    """Make messages unfindable, before they are gone."""
    search.forget_notes(KIND, ids)


def messages_found(principal: Principal, sought: Sought, limit: int) -> list[Line]:
    """Those that hold the words, the latest first, one for each conversation."""
    if not (principal.may("conversation", "view") or principal.may("correspondence", "view")):
        return []
    seen = Message.objects.filter(conversation__in=Conversation.objects.visible_to(principal))
    hits = sought.ids(KIND, most=MOST_LOOKED_AT)
    if len(hits) > MOST_LOOKED_AT:
        latest = seen.order_by("-at", "-pk").values_list("pk", flat=True)[:LATEST]
        hits = list(notes_among(KIND, sought.stems, latest).values_list("object_id", flat=True))
    found = _one_a_talk(seen.filter(pk__in=hits), limit) if hits else []
    names = names_of(principal, {one.conversation.party_id for one in found if one.conversation.party_id})
    return [_line(one, names, sought.stems) for one in found]


def _one_a_talk(rows: QuerySet[Message], limit: int) -> list[Message]:
    found: dict[UUID, Message] = {}
    for message in rows.select_related("conversation").order_by("-at", "-pk")[: limit * FOR_EACH]:
        found.setdefault(message.conversation_id, message)
    return list(found.values())[:limit]


def _line(message: Message, names: dict[UUID, str], stems: Sequence[Group]) -> Line:
    talk = message.conversation
    party = talk.party_id if talk.party_id in names else None
    return Line(
        KIND,
        message.id,
        party,
        names[party] if party else talk.contact_name or talk.contact_address,
        _("Internal note") if message.kind == "note" else _("Message"),
        "sticky-note" if message.kind == "note" else "mail",
        excerpt(text_of(message), stems),
        f"/inbox/{talk.id}#m-{message.id}",
        message.at,
    )


def make_findable(after: UUID | None, number: int) -> list[UUID]:
    """The next messages in the order of their ids, locked; gives their ids."""
    rows = Message.objects.order_by("pk").select_for_update(no_key=True)
    found = list((rows.filter(pk__gt=after) if after else rows)[:number])
    files: dict[UUID, list[str]] = {}
    for row in MessageFile.objects.filter(message__in=found):
        files.setdefault(row.message_id, []).append(row.name)
    search.note(KIND, {one.pk: text_of(one, files.get(one.pk, [])) for one in found})
    return [one.pk for one in found]


def declare_words() -> None:
    """Called once, when the program starts."""
    register_source(KIND, messages_found)
    total = lambda: rows_about(Message) or Message.objects.count()  # noqa: E731
    register_filler(Filler(KIND, VERSION, total=total, fill=make_findable))
