"""A live talk begins as a conversation with its request, or goes on with one; what was said is told when it pauses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from filo.collaborative.inbox.events import MessageReceived
from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.queries.senders import Sender, known_sender
from filo.collaborative.inbox.services.linking import party_of
from filo.collaborative.inbox.services.live import keep_live_words
from filo.collaborative.inbox.services.telling import EXCERPT, conversation_changed
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line
from filo.foundation.organisation.models import SellingCompany
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import tie_with
from filo.operational.parties.services.timeline import note_contact, page_changed, tell, untell
from filo.operational.service.models import ServiceGroup
from filo.operational.service.services import note_customer_wrote, open_ticket

UNPROVED = gettext_noop("The address was given in a chat: it is not proved that it is his.")


@dataclass(frozen=True)
class Caller:
    """Who begins a live talk. party: only where a link or a sign-in proved it; name and address are what he says."""

    party: Party | None = None
    name: str = ""
    address: str = ""
    language: str = "it"


def begin_live(
    principal: Principal, caller: Caller, *, subject: str, group: ServiceGroup | None, company: SellingCompany | None
) -> Conversation:
    """A conversation by chat with its request and number."""
    party, caution = caller.party, ""
    if party is None and caller.address:
        sender = Sender(caller.address.strip().casefold(), clean_line(caller.name, max_length=200))
        caution = UNPROVED if known_sender(sender).party else ""
        party = party_of(principal, sender, language=caller.language, company=company, source="chat").party
    tie = tie_with(party, company.id if company else None) if party else None
    moment = clock.now()
    with transaction.atomic():
        found = Conversation.objects.create(
            subject=clean_line(subject, max_length=300),
            channel="chat",
            party=party,
            contact_name=clean_line(caller.name, max_length=200) or (party.display_name[:200] if party else ""),
            contact_address=caller.address.strip().casefold()[:320],
            group=group,
            owner_id=tie.owner_id if tie else None,
            unit_id=tie.unit_id if tie and tie.unit_id else group.unit_id if group else None,
            company_id=company.id if company else tie.company_id if tie else None,
            language=caller.language,
            caution=caution,
            proved=caller.party is not None,
            started_at=moment,
            last_at=moment,
        )
        with override(caller.language):
            found.ticket = open_ticket(
                principal,
                subject=found.subject or _("Chat"),
                party=party,
                group=group,
                company=company,
                channel="chat",
                language=caller.language,
                contact_address=found.contact_address,
            )
        found.save(update_fields=["ticket"])
        record(principal, "conversation.begin", kind="conversation", object_id=found.id, changes={})
        conversation_changed(principal, found)
    return found


def tell_live(principal: Principal, conversation: Conversation, chat_id: object, since: datetime) -> None:
    """One line on the card for a live talk so far, and its words for the search; telling it again replaces the line."""
    rows = list(Message.objects.filter(conversation=conversation, channel="chat", at__gte=since).order_by("at", "id"))
    said = [row for row in rows if row.kind == "message"]
    if not said:
        return
    keep_live_words(conversation, since)
    if conversation.party is None:
        return
    with transaction.atomic():
        untell("chat", chat_id)  # type: ignore[arg-type]  # a UUID
        with_names = "\n".join(f"{row.author_name}: {row.told}" for row in said)
        answered = next((row for row in reversed(said) if row.author_id), None)
        entries = tell(
            principal,
            conversation.party,
            at=said[0].at,
            kind="message.chat",
            object="conversation",
            channel="chat",
            direction="in",
            summary=(conversation.subject or said[0].text)[:300],
            excerpt=with_names[:EXCERPT],
            reference_kind="chat",
            reference_id=chat_id,
            owner_id=conversation.assignee_id or conversation.owner_id,
            unit_id=conversation.unit_id,
            company_id=conversation.company_id,
            actor_id=answered.author_id if answered else None,
            actor_name=answered.author_name if answered else said[0].author_name,
            data={"conversation": str(conversation.id), "messages": len(said)},
        )
        note_contact(entries)
    page_changed(principal, [entry.party_id for entry in entries], "timeline")


def hear_live(principal: Principal, conversation: Conversation, message: Message, *, first: bool) -> None:
    """A customer said something after a silence: whoever listens hears of it, and his request's clock runs."""
    if conversation.ticket:
        note_customer_wrote(principal, conversation.ticket, at=message.at)
    announce(
        principal,
        MessageReceived(
            conversation=conversation.id,
            message=message.id,
            party=conversation.party_id,
            ticket=conversation.ticket_id,
            channel="chat",
            first=first,
        ),
    )


def wish_person(conversation: Conversation) -> None:
    """He waits for a person; said when a chat begins, over with the first answer of one."""
    Conversation.objects.filter(pk=conversation.pk).update(wants_person=True)


def rest_live(conversation: Conversation) -> None:
    """The live talk is over, and was answered: now the customer is waited for."""
    rows = Conversation.objects.filter(pk=conversation.pk, state="open")
    rows.update(state="waiting", wants_person=False, waiting_since=None)
