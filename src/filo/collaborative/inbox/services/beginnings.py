"""A conversation begins: with whom, and whose it is."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_noop

from filo.collaborative.inbox.models import Conversation
from filo.collaborative.inbox.queries.senders import Known
from filo.collaborative.inbox.queries.threads import Thread, bare_subject
from filo.collaborative.inbox.services.arrivals import Arrived
from filo.collaborative.inbox.services.linking import party_of
from filo.foundation.access.principal import Principal
from filo.foundation.folding import clean_line
from filo.operational.parties.queries.find import tie_with

# Whoever writes more new matters than this in so short a time has them all in one (mail bombs; safety 15 and 16).
MOST_NEW, WITHIN = 5, timedelta(minutes=10)
STRANGER = gettext_noop("It names a conversation of somebody else: who writes is not one of those who took part.")


def locked_talk(conversation: Conversation) -> Conversation:
    """The conversation as it is now, locked until the transaction ends."""
    rows = Conversation.objects.select_for_update(of=("self",))
    return rows.select_related("party", "ticket", "company").get(pk=conversation.pk)


def begin(principal: Principal, arrived: Arrived, thread: Thread, *, private: bool) -> Conversation:
    """A new conversation; who writes very many in a short time has them all in one."""
    if arrived.kind == "message" and not arrived.old and (flooded := _flooded(arrived)):
        return locked_talk(flooded)
    company = arrived.mailbox.company if arrived.mailbox else None
    known = _whose(principal, arrived)
    before = known.party is not None and not known.is_new
    tie = tie_with(known.party, company.id if company else None) if known.party else None
    group = arrived.group or (arrived.mailbox.group if arrived.mailbox else None)
    owner = arrived.mailbox.owner_id if private and arrived.mailbox else tie.owner_id if tie else None
    return Conversation.objects.create(
        subject=clean_line(bare_subject(arrived.subject), max_length=300),
        channel=arrived.channel,
        mailbox=arrived.mailbox,
        party=known.party,
        contact_name=clean_line(arrived.sender.name, max_length=200),
        contact_address=arrived.sender.address,
        group=group,
        assignee_id=owner if private else None,
        owner_id=owner,
        unit_id=tie.unit_id if tie and tie.unit_id else group.unit_id if group else None,
        company_id=company.id if company else tie.company_id if tie else None,
        language=arrived.language,
        state="open" if arrived.kind == "message" and not arrived.old else "done",
        private=private,
        needs_sorting=known.party is None and arrived.kind == "message",
        caution=arrived.caution or (STRANGER if thread.named else ""),
        proved=(arrived.proved or before or arrived.party is not None) and not arrived.caution,
        refers_to=thread.named,
        started_at=arrived.at,
        last_at=arrived.at,
        tags=list(arrived.tags),
    )


def _whose(principal: Principal, arrived: Arrived) -> Known:
    if arrived.party is not None:
        return Known(arrived.party)
    if arrived.kind != "message" or not arrived.sender.address:
        return Known(None)  # nobody becomes a customer by a newsletter
    company = arrived.mailbox.company if arrived.mailbox else None
    return party_of(principal, arrived.sender, language=arrived.language, company=company, source=arrived.channel)


def _flooded(arrived: Arrived) -> Conversation | None:
    rows = Conversation.objects.filter(
        contact_address=arrived.sender.address, started_at__gt=arrived.at - WITHIN, merged_into=None
    )
    found = list(rows.order_by("-started_at")[:MOST_NEW]) if arrived.sender.address else []
    return found[0] if len(found) == MOST_NEW else None
