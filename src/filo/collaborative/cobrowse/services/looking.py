"""A colleague asks to see the customer's page; the customer agrees or not, and stops it whenever he likes."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from filo.collaborative.chat.models import Chat
from filo.collaborative.cobrowse.events import LookingAgreed, LookingEnded
from filo.collaborative.cobrowse.models import Looking
from filo.collaborative.cobrowse.services.news import tell_both
from filo.collaborative.inbox.services.live import require_answering
from filo.collaborative.visitors.services.beginning import without_secrets
from filo.foundation import clock
from filo.foundation.access.principal import Principal, system
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, NotFound
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line
from filo.operational.parties.services.timeline import page_changed, tell, untell

CUSTOMER = system("customer")
MOST_PAGES = 200


class NobodyThere(DomainError):
    """The customer's page is gone."""

    code = "chat-over"


def ask_to_look(principal: Principal, chat: Chat) -> Looking:
    """Ask the customer whether his page may be seen; asked already, that stands. Raises `Forbidden`, `NobodyThere`."""
    require_answering(principal, chat.conversation)
    if chat.is_over or chat.visitor_id is None:
        raise NobodyThere(_("The customer is not on our pages any more."))
    try:
        with transaction.atomic():
            found = Looking.objects.create(chat=chat, operator_id=principal.user_id, asked_at=clock.now())
            record(principal, "cobrowse.ask", kind="conversation", object_id=chat.conversation_id, changes={})
            tell_both(chat, "looking", state="asked")
    except IntegrityError:
        found = Looking.objects.get(chat=chat, state__in=["asked", "active"])
    return found


def agree(looking: Looking) -> Looking:
    """The customer agrees, once. Raises `NotFound` where nothing is asked any more."""
    with transaction.atomic():
        asked = Looking.objects.filter(pk=looking.pk, state="asked")
        if not asked.update(state="active", began_at=clock.now()):
            raise NotFound
        found = Looking.objects.select_related("chat__conversation").get(pk=looking.pk)
        chat = found.chat
        record(CUSTOMER, "cobrowse.agree", kind="conversation", object_id=chat.conversation_id, changes={})
        announce(CUSTOMER, LookingAgreed(chat=chat.pk, party=chat.conversation.party_id, session=found.pk))
        tell_both(chat, "looking", state="active")
    return found


def refuse(looking: Looking) -> None:
    """The customer does not want it; he may be asked again later, and nothing else changes."""
    with transaction.atomic():
        if Looking.objects.filter(pk=looking.pk, state="asked").update(state="refused", ended_at=clock.now()):
            tell_both(looking.chat, "looking", state="refused")


def stop(looking: Looking, *, by: str) -> None:
    """It is over (by: customer, operator, chat); the story tells from when to when, and which pages were seen."""
    with transaction.atomic():
        found = Looking.objects.select_for_update(of=("self",)).select_related("chat__conversation").get(pk=looking.pk)
        if found.state not in ("asked", "active"):
            return
        was_active = found.state == "active"
        found.state, found.ended_at, found.ended_by = "ended", clock.now(), by
        found.save(update_fields=["state", "ended_at", "ended_by"])
        chat = found.chat
        record(
            CUSTOMER, "cobrowse.stop", kind="conversation", object_id=chat.conversation_id, changes={"by": (None, by)}
        )
        if was_active:
            announce(CUSTOMER, LookingEnded(chat=chat.pk, party=chat.conversation.party_id, session=found.pk, by=by))
            _tell_story(found)
        tell_both(chat, "looking", state="ended")


def end_of_chat(chat: Chat) -> None:
    """With the chat everything ends."""
    for looking in Looking.objects.filter(chat=chat, state__in=["asked", "active"]).select_related("chat"):
        stop(looking, by="chat")


def note_page(looking: Looking, path: str, title: str) -> None:
    """Which page the customer is on; only its address and title are kept."""
    path = without_secrets(path)
    pages = [*looking.pages, {"path": path, "title": clean_line(title, max_length=200)}]
    if looking.pages and looking.pages[-1]["path"] == path:
        return
    Looking.objects.filter(pk=looking.pk, state="active").update(pages=pages[-MOST_PAGES:])
    looking.pages = pages[-MOST_PAGES:]


def _tell_story(looking: Looking) -> None:
    conversation = looking.chat.conversation
    if conversation.party is None or looking.began_at is None:
        return
    untell("looking", looking.pk)
    titles = list(dict.fromkeys(str(one["title"] or one["path"]) for one in looking.pages))
    entries = tell(
        CUSTOMER,
        conversation.party,
        at=looking.began_at,
        kind="cobrowse.looked",
        object="conversation",
        channel="chat",
        summary=", ".join(titles)[:300],
        reference_kind="looking",
        reference_id=looking.pk,
        owner_id=conversation.assignee_id or conversation.owner_id,
        unit_id=conversation.unit_id,
        company_id=conversation.company_id,
        actor_id=looking.operator_id,
        actor_name=looking.operator.name if looking.operator else "",
        data={"conversation": str(conversation.pk)},
    )
    page_changed(CUSTOMER, [entry.party_id for entry in entries], "timeline")
