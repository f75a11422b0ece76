"""A call that is over stands on the card, once, and those for whom it rings look again."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from filo.collaborative.telephony.models import PhoneCall
from filo.foundation.access.principal import system
from filo.foundation.push.services import publish
from filo.operational.parties.models import Party, TimelineEntry
from filo.operational.parties.services.timeline import note_contact, page_changed, tell, untell
from filo.operational.service.queries.finding import members_of

EXCHANGE = system("telephone")


def tell_over(call: PhoneCall) -> None:
    """One line for a call that is over and whose customer is known; what was written up of it has a line already."""
    party: Party | None = call.party
    if party is None or not call.is_over or (call.call is not None and call.call.state == "saved"):
        return
    if TimelineEntry.objects.filter(reference_kind="phone-call", reference_id=call.pk).exists():
        return
    spoken = call.state == "ended"
    entries = tell(
        EXCHANGE,
        party,
        at=call.began_at,
        kind=f"phone.{'spoken' if spoken else 'missed'}-{call.direction}",
        object="interaction",
        channel="call",
        direction=call.direction,
        actor_id=call.person_id,
        actor_name=party.display_name if call.direction == "in" else (call.person.name if call.person else ""),
        reference_kind="phone-call",
        reference_id=call.pk,
        unit_id=call.unit_id,
        data={"seconds": call.seconds} if spoken else {},
    )
    if spoken:
        note_contact(entries)
    page_changed(EXCHANGE, [entry.party_id for entry in entries], "timeline")


def is_written_up(interactions_call: UUID) -> None:
    """What was written up of a call stands on the card instead of the line that the exchange's end left there."""
    for found in PhoneCall.objects.filter(call=interactions_call):
        untell("phone-call", found.pk)
        if found.party_id:
            page_changed(EXCHANGE, [found.party_id], "timeline")


def tell_pages(call: PhoneCall) -> None:
    """Those for whom it rings, or rang, look again."""
    people: Iterable[UUID | None] = {call.person_id, *(members_of(call.group) if call.direction == "in" else ())}
    for person in people:
        if person is not None:
            publish(f"user:{person}", "phone", call=str(call.pk))
