"""What ends sequences by itself, and who is told."""

from __future__ import annotations

from django.db.models import Q

from filo.collaborative.inbox.events import ConversationChanged, MessageNotDelivered, MessageReceived
from filo.collaborative.sequences.events import SequenceStopped
from filo.collaborative.sequences.models import Enrolment
from filo.collaborative.sequences.services.stopping import look_again
from filo.collaborative.sequences.words import STOPPED
from filo.foundation.access.principal import system
from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on
from filo.foundation.notices.services.telling import Subject, is_news, notify
from filo.operational.consents.events import ConsentWithdrawn
from filo.operational.parties.events import PartiesMerged, PartyDeleted
from filo.operational.service.events import TicketChanged, TicketSolved

MACHINE = system("sequences")


@on(MessageReceived)
def stop_when_he_answers(event: MessageReceived, _meta: EventMeta) -> None:
    """Whatever he writes about."""
    look_again(MACHINE, Q(conversation=event.conversation) | Q(party=event.party, party__isnull=False))


@on(MessageNotDelivered)
def stop_when_it_came_back(event: MessageNotDelivered, _meta: EventMeta) -> None:
    """An address that is none gets no further mail."""
    look_again(MACHINE, Q(conversation=event.conversation))


@on(ConversationChanged)
def stop_when_the_talk_is_over(event: ConversationChanged, _meta: EventMeta) -> None:
    """It is done, or with somebody else."""
    look_again(MACHINE, Q(conversation=event.conversation))


@on(TicketSolved)
def stop_when_it_is_solved(event: TicketSolved, _meta: EventMeta) -> None:
    """There is nothing to follow up."""
    look_again(MACHINE, Q(conversation__ticket=event.ticket))


@on(TicketChanged)
def stop_when_it_is_closed(event: TicketChanged, _meta: EventMeta) -> None:
    """The same, in other ways."""
    look_again(MACHINE, Q(conversation__ticket=event.ticket))


@on(ConsentWithdrawn)
def stop_when_he_takes_it_back(event: ConsentWithdrawn, _meta: EventMeta) -> None:
    """Who wants no news and offers by mail gets no more of them."""
    if event.purpose == "marketing_mail":
        look_again(MACHINE, Q(party=event.party))


@on(PartyDeleted)
def stop_when_he_is_gone(event: PartyDeleted, _meta: EventMeta) -> None:
    """Nobody writes to who is in the bin."""
    look_again(MACHINE, Q(party=event.party))


@on(PartiesMerged)
def stop_what_runs_twice(event: PartiesMerged, _meta: EventMeta) -> None:
    """What ran for the other card runs for this one now; the same sequence only once."""
    look_again(MACHINE, Q(party=event.party))


@on(SequenceStopped)
def tell_who_started_it(event: SequenceStopped, meta: EventMeta) -> None:
    """Not of what he did himself, and of an answer he hears anyway."""
    enrolment = Enrolment.objects.select_related("conversation").filter(pk=event.enrolment).first()
    if enrolment is None or event.reason in ("hand", "answered") or not is_news(meta.time):
        return
    talk = enrolment.conversation_id
    subject = Subject("conversation", talk) if talk else Subject("party", enrolment.party_id)
    url = f"/inbox/{talk}" if talk else f"/parties/{enrolment.party_id}"
    data = {"reason": enrolment.reason, "detail": enrolment.detail}
    notify(STOPPED, [enrolment.starter_id], subject=subject, url=url, data=data)
